from django.urls import path

from organisering.views import arshjul, enheter, grupper, invitasjoner

app_name = "organisering"

urlpatterns = [
    path("grupper/", grupper.Gruppeliste.as_view(), name="gruppe_liste"),
    path("grupper/<int:pk>/", grupper.Gruppeside.as_view(), name="gruppe"),
    path("enheter/", enheter.Enhetsliste.as_view(), name="enhet_liste"),
    path("enheter/<int:pk>/", enheter.Enhetsside.as_view(), name="enhet"),
    path("invitasjoner/", invitasjoner.Invitasjonsliste.as_view(), name="invitasjon_liste"),
    path("invitasjoner/<int:pk>/trekk/", invitasjoner.Trekk.as_view(), name="invitasjon_trekk"),
    path("faste-oppgaver/", arshjul.Faste.as_view(), name="faste"),
    path("faste-oppgaver/ny/", arshjul.Punktside.as_view(), name="punkt_ny"),
    path("faste-oppgaver/<int:pk>/", arshjul.Punktside.as_view(), name="punkt_endre"),
    path("avtaler/ny/", arshjul.Avtaleside.as_view(), name="avtale_ny"),
    path("avtaler/<int:pk>/", arshjul.Avtaleside.as_view(), name="avtale_endre"),
    path("fridager/ny/", arshjul.Fridagside.as_view(), name="fridag_ny"),
    path("fridager/<int:pk>/", arshjul.Fridagside.as_view(), name="fridag_endre"),
    path("fridager/<int:pk>/fjern/", arshjul.FjernFridag.as_view(), name="fridag_fjern"),
]
