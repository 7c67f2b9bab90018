"""All addresses. Fixed ones first; `<slug>` patterns stand last."""

from django.contrib import admin
from django.urls import include, path

from moter.views.kalender import Kalenderside, TrekkAbonnement, kalenderstrom
from slt_portal.views import varsler
from slt_portal.views.arshjul import Arshjul
from slt_portal.views.helse import helse
from slt_portal.views.ikke_levert import IkkeLevert, ProvIgjen
from slt_portal.views.min_side import MinSide
from slt_portal.views.offentlig import (
    Forside,
    OffentligPlan,
    OffentligPlanfil,
    OffentligSamarbeid,
    Personvern,
    Tilgjengelighet,
)
from slt_portal.views.oversikt import Oversikt
from slt_portal.views.sok import Sok
from slt_portal.views.sprak import velg_sprak
from slt_portal.views.svar import Avmeldingsside, Nylenke, Svarangre, Svarmer, Svarside

urlpatterns = [
    path("", Forside.as_view(), name="forside"),
    path("konto/", include("slt_portal.urls_konto")),
    path("min-side/", MinSide.as_view(), name="min_side"),
    path("svar/<str:token>/", Svarside.as_view(), name="svar"),
    path("svar/<str:token>/angre/", Svarangre.as_view(), name="svar_angre"),
    path("svar/<str:token>/mer/", Svarmer.as_view(), name="svar_mer"),
    path("svar/<str:token>/ny/", Nylenke.as_view(), name="svar_ny"),
    path("avmelding/<str:token>/", Avmeldingsside.as_view(), name="avmelding"),
    path("kalender/", Kalenderside.as_view(), name="kalender"),
    path("kalender/<str:nokkel>.ics", kalenderstrom, name="kalenderstrom"),
    path("kalender/<int:pk>/trekk/", TrekkAbonnement.as_view(), name="kalender_trekk"),
    path("helse/", helse, name="helse"),
    path("personvern/", Personvern.as_view(), name="personvern"),
    path("tilgjengelighet/", Tilgjengelighet.as_view(), name="tilgjengelighet"),
    path("sprak/<slug:kode>/", velg_sprak, name="velg_sprak"),
    path("admin/", admin.site.urls),
    path("<slug:slug>/", OffentligSamarbeid.as_view(), name="samarbeid"),
    path("<slug:slug>/plan/", OffentligPlan.as_view(), name="offentlig_plan"),
    path("<slug:slug>/plan.pdf", OffentligPlanfil.as_view(), name="offentlig_plan_pdf"),
    path("<slug:slug>/plan.docx", OffentligPlanfil.as_view(endelse="docx"), name="offentlig_plan_docx"),
    path("<slug:slug>/arshjul/", Arshjul.as_view(), name="arshjul"),
    path("<slug:slug>/sok/", Sok.as_view(), name="sok"),
    path("<slug:slug>/oversikt/", Oversikt.as_view(), name="oversikt"),
    path("<slug:slug>/varsler/", varsler.Varsler.as_view(), name="varsler"),
    path("<slug:slug>/varsler/regn-ut/", varsler.RegnUt.as_view(), name="varsler_regn_ut"),
    path("<slug:slug>/varsler/sendt/", varsler.Sendt.as_view(), name="varsler_sendt"),
    path("<slug:slug>/varsler/personer/<int:pk>/", varsler.Personside.as_view(), name="varsler_person"),
    path("<slug:slug>/varsler/pauser/<int:pk>/avslutt/", varsler.AvsluttPause.as_view(), name="pause_avslutt"),
    path("<slug:slug>/tiltak/<int:pk>/paminn/", varsler.Paminn.as_view(slag="tiltak"), name="paminn_tiltak"),
    path("<slug:slug>/moter/<int:pk>/paminn/", varsler.Paminn.as_view(slag="mote"), name="paminn_mote"),
    path("<slug:slug>/grupper/<int:pk>/paminn/", varsler.Paminn.as_view(slag="gruppe"), name="paminn_gruppe"),
    path("<slug:slug>/tiltak/<int:pk>/pause/", varsler.NyPause.as_view(slag="tiltak"), name="pause_tiltak"),
    path("<slug:slug>/grupper/<int:pk>/pause/", varsler.NyPause.as_view(slag="gruppe"), name="pause_gruppe"),
    path("<slug:slug>/varsler/ikke-levert/", IkkeLevert.as_view(), name="ikke_levert"),
    path("<slug:slug>/varsler/adresser/<int:pk>/prov-igjen/", ProvIgjen.as_view(), name="prov_igjen"),
    path("<slug:slug>/", include("organisering.urls")),
    path("<slug:slug>/", include("tiltak.urls")),
    path("<slug:slug>/", include("moter.urls")),
]
