from django.urls import path

from tiltak.views import ansvar, flere, importen, planarbeid, planer, redigering, regneark, status, tiltak, visninger

app_name = "tiltak"

urlpatterns = [
    path("tiltak/", tiltak.Tiltaksliste.as_view(), name="liste"),
    path("tiltak/<int:pk>/", tiltak.Tiltaksside.as_view(), name="tiltak"),
    path("tiltak/<int:pk>/status/", status.Statusside.as_view(), name="status"),
    path("tiltak/<int:pk>/status/<int:melding>/", status.Kvittering.as_view(), name="status_sendt"),
    path("tiltak/<int:pk>/status/<int:melding>/angre/", status.Angre.as_view(), name="status_angre"),
    path("tiltak/tiltak.xlsx", regneark.Regneark.as_view(), name="regneark"),
    path("tiltak/tidslinje/", tiltak.Tidslinjeside.as_view(), name="tidslinje"),
    path("tiltak/flere/", flere.Flere.as_view(), name="flere"),
    path("tiltak/regneark/", regneark.Regnearkinn.as_view(), name="regneark_inn"),
    path("tiltak/regneark/lagre/", regneark.Regnearklagre.as_view(), name="regneark_lagre"),
    path("tiltak/visninger/ny/", visninger.NyVisning.as_view(), name="visning_ny"),
    path("tiltak/visninger/<int:pk>/fjern/", visninger.FjernVisning.as_view(), name="visning_fjern"),
    path("tiltak/nytt/", redigering.NyttTiltak.as_view(), name="nytt"),
    path("tiltak/<int:pk>/rediger/", redigering.RedigerTiltak.as_view(), name="rediger"),
    path("tiltak/<int:pk>/delpunkter/", redigering.Delpunktside.as_view(), name="delpunkter"),
    path("tiltak/<int:pk>/avslutt/", redigering.AvsluttTiltak.as_view(), name="avslutt"),
    path("tiltak/<int:pk>/gjenoppta/", redigering.Gjenoppta.as_view(), name="gjenoppta"),
    path("tiltak/<int:pk>/endring/<int:endring>/", redigering.TaTilbake.as_view(), name="ta_tilbake"),
    path("tiltak/<int:pk>/ansvar/", ansvar.Ansvarsliste.as_view(), name="ansvar"),
    path("tiltak/<int:pk>/ansvar/<int:ansvar>/", ansvar.Ansvarsside.as_view(), name="ansvar_endre"),
    path("tiltak/<int:pk>/ansvar/<int:ansvar>/avklar/", ansvar.Avklar.as_view(), name="ansvar_avklar"),
    path("tiltak/<int:pk>/ansvar/<int:ansvar>/fjern/", ansvar.Fjern.as_view(), name="ansvar_fjern"),
    path("planer/", planer.Planliste.as_view(), name="plan_liste"),
    path("planer/importer/", importen.Import.as_view(), name="import"),
    path("planer/importer/<int:pk>/", importen.Importsjekk.as_view(), name="import_sjekk"),
    path("planer/importer/<int:pk>/bekreft/", importen.Importbekreft.as_view(), name="import_bekreft"),
    path("planer/importer/<int:pk>/forkast/", importen.Importforkast.as_view(), name="import_forkast"),
    path("planer/<int:pk>/", planer.Planside.as_view(), name="plan"),
    path("planer/<int:pk>/rediger/", planarbeid.RedigerPlan.as_view(), name="plan_rediger"),
    path("planer/<int:pk>/gjennomgang/", planarbeid.Gjennomgang.as_view(), name="plan_gjennomgang"),
    path("planer/utgaver/<int:pk>/", planer.Utgaveside.as_view(), name="utgave"),
    path("planer/utgaver/<int:pk>/plan.pdf", planer.Utgavefil.as_view(), name="utgave_pdf"),
    path("planer/utgaver/<int:pk>/plan.docx", planer.Utgavefil.as_view(endelse="docx"), name="utgave_docx"),
]
