from django.urls import path

from moter.views import arbeidsgrupper, gjennomforing, moteplan, moter, oppheving, planlegging, saker, vedtak

app_name = "moter"

urlpatterns = [
    path("moter/", moter.Moteliste.as_view(), name="liste"),
    path("moter/<int:pk>/", moter.Moteside.as_view(), name="mote"),
    path("moter/plan/", moteplan.Foresla.as_view(), name="plan"),
    path("moter/nytt/", planlegging.Velggruppe.as_view(), name="velg_gruppe"),
    path("moter/nytt/<int:pk>/", planlegging.NyttMote.as_view(), name="nytt"),
    path("moter/nytt/<int:pk>/holdt/", planlegging.RegistrerHoldt.as_view(), name="registrer"),
    path("moter/<int:pk>/flytt/", planlegging.FlyttMote.as_view(), name="flytt"),
    path("moter/<int:pk>/avlys/", planlegging.AvlysMote.as_view(), name="avlys"),
    path("moter/<int:pk>/holdt/", planlegging.MarkerHoldt.as_view(), name="holdt"),
    path("moter/<int:pk>/ikke-holdt/", planlegging.AngreHoldt.as_view(), name="ikke_holdt"),
    path("moter/<int:pk>/ny-sak/", saker.NySak.as_view(), name="sak_ny"),
    path("moter/<int:pk>/gjennomfor/", gjennomforing.Gjennomfor.as_view(), name="gjennomfor"),
    path("moter/<int:pk>/oppmote/", gjennomforing.Oppmote.as_view(), name="oppmote"),
    path("moter/<int:pk>/referat/", gjennomforing.Referat.as_view(), name="referat"),
    path("moter/ko/<int:pk>/", saker.Ko.as_view(), name="ko"),
    path("moter/ko/<int:pk>/ny/", saker.NySakIKo.as_view(), name="sak_ny_i_ko"),
    path("moter/saker/<int:pk>/endre/", saker.EndreSak.as_view(), name="sak_endre"),
    path("moter/saker/<int:pk>/plass/", saker.FlyttTrinn.as_view(), name="sak_trinn"),
    path("moter/saker/<int:pk>/flytt/", saker.FlyttSak.as_view(), name="sak_flytt"),
    path("moter/saker/<int:pk>/trekk/", saker.TrekkSak.as_view(), name="sak_trekk"),
    path("moter/saker/<int:pk>/behandle/", gjennomforing.Behandle.as_view(), name="behandle"),
    path("moter/saker/<int:pk>/oppfolging/", gjennomforing.NyOppfolging.as_view(), name="oppfolging_ny"),
    path("moter/oppfolging/<int:pk>/gjort/", gjennomforing.OppfolgingGjort.as_view(), name="oppfolging_gjort"),
    path("grupper/<int:pk>/arbeidsgruppe/", arbeidsgrupper.NyttForslag.as_view(), name="forslag_ny"),
    path("grupper/<int:pk>/opplos/", arbeidsgrupper.Opplos.as_view(), name="opplos"),
    path("arbeidsgrupper/<int:pk>/", arbeidsgrupper.Forslagsside.as_view(), name="forslag"),
    path("arbeidsgrupper/<int:pk>/sporsmal/", arbeidsgrupper.Sporsmalet.as_view(), name="forslag_sporsmal"),
    path("foresporsler/<int:pk>/", arbeidsgrupper.Foresporselside.as_view(), name="foresporsel"),
    path("vedtak/<int:pk>/opphev/", oppheving.Opphev.as_view(), name="opphev"),
    path("vedtak/", vedtak.Vedtaksliste.as_view(), name="vedtak_liste"),
    path("vedtak/<int:pk>/", vedtak.Vedtaksside.as_view(), name="vedtak"),
]
