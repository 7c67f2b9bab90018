from django.urls import path

from moter.views import moter, planlegging, vedtak

app_name = "moter"

urlpatterns = [
    path("moter/", moter.Moteliste.as_view(), name="liste"),
    path("moter/<int:pk>/", moter.Moteside.as_view(), name="mote"),
    path("moter/nytt/", planlegging.Velggruppe.as_view(), name="velg_gruppe"),
    path("moter/nytt/<int:pk>/", planlegging.NyttMote.as_view(), name="nytt"),
    path("moter/nytt/<int:pk>/holdt/", planlegging.RegistrerHoldt.as_view(), name="registrer"),
    path("moter/<int:pk>/flytt/", planlegging.FlyttMote.as_view(), name="flytt"),
    path("moter/<int:pk>/avlys/", planlegging.AvlysMote.as_view(), name="avlys"),
    path("moter/<int:pk>/holdt/", planlegging.MarkerHoldt.as_view(), name="holdt"),
    path("moter/<int:pk>/ikke-holdt/", planlegging.AngreHoldt.as_view(), name="ikke_holdt"),
    path("vedtak/", vedtak.Vedtaksliste.as_view(), name="vedtak_liste"),
    path("vedtak/<int:pk>/", vedtak.Vedtaksside.as_view(), name="vedtak"),
]
