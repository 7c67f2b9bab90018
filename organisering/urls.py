from django.urls import path

from organisering.views import arshjul, enheter, gruppearbeid, grupper, invitasjoner, oppsett

app_name = "organisering"

urlpatterns = [
    path("grupper/", grupper.Gruppeliste.as_view(), name="gruppe_liste"),
    path("grupper/<int:pk>/", grupper.Gruppeside.as_view(), name="gruppe"),
    path("grupper/ny/", gruppearbeid.Gruppearbeid.as_view(), name="gruppe_ny"),
    path("grupper/<int:pk>/rediger/", gruppearbeid.Gruppearbeid.as_view(), name="gruppe_endre"),
    path("grupper/<int:pk>/mandat/", gruppearbeid.Mandatliste.as_view(), name="mandat"),
    path("grupper/<int:pk>/verv/", gruppearbeid.Vervliste.as_view(), name="verv"),
    path("grupper/<int:gruppe>/plasser/ny/", gruppearbeid.Plassarbeid.as_view(), name="plass_ny"),
    path("plasser/<int:pk>/", gruppearbeid.Plassarbeid.as_view(), name="plass_endre"),
    path("grupper/<int:gruppe>/moteregler/ny/", gruppearbeid.Kravarbeid.as_view(), name="krav_ny"),
    path("moteregler/<int:pk>/", gruppearbeid.Kravarbeid.as_view(), name="krav_endre"),
    path("grupper/<int:gruppe>/fullmakter/ny/", gruppearbeid.Fullmaktarbeid.as_view(), name="fullmakt_ny"),
    path("fullmakter/<int:pk>/", gruppearbeid.Fullmaktarbeid.as_view(), name="fullmakt_endre"),
    path("enheter/", enheter.Enhetsliste.as_view(), name="enhet_liste"),
    path("enheter/<int:pk>/", enheter.Enhetsside.as_view(), name="enhet"),
    path("enheter/ny/", oppsett.Enhetsarbeid.as_view(), name="enhet_ny"),
    path("enheter/<int:pk>/rediger/", oppsett.Enhetsarbeid.as_view(), name="enhet_endre"),
    path("enheter/<int:pk>/kontakter/", oppsett.Kontaktliste.as_view(), name="kontakter"),
    path("oppsett/", oppsett.Oppsett.as_view(), name="oppsett"),
    path("oppsett/nivaer/", oppsett.Nivaliste.as_view(), name="nivaer"),
    path("oppsett/kilder/", oppsett.Kildeliste.as_view(), name="kilder"),
    path("oppsett/stillinger/ny/", oppsett.Postarbeid.as_view(), name="post_ny"),
    path("oppsett/stillinger/<int:pk>/", oppsett.Postarbeid.as_view(), name="post_endre"),
    path("oppsett/stillinger/<int:pk>/oppgaver/", oppsett.Oppgaveliste.as_view(), name="oppgaver"),
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
