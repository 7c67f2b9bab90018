from django.urls import path

from organisering.views import enheter, grupper, invitasjoner

app_name = "organisering"

urlpatterns = [
    path("grupper/", grupper.Gruppeliste.as_view(), name="gruppe_liste"),
    path("grupper/<int:pk>/", grupper.Gruppeside.as_view(), name="gruppe"),
    path("enheter/", enheter.Enhetsliste.as_view(), name="enhet_liste"),
    path("enheter/<int:pk>/", enheter.Enhetsside.as_view(), name="enhet"),
    path("invitasjoner/", invitasjoner.Invitasjonsliste.as_view(), name="invitasjon_liste"),
    path("invitasjoner/<int:pk>/trekk/", invitasjoner.Trekk.as_view(), name="invitasjon_trekk"),
]
