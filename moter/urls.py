from django.urls import path

from moter.views import moter, vedtak

app_name = "moter"

urlpatterns = [
    path("moter/", moter.Moteliste.as_view(), name="liste"),
    path("moter/<int:pk>/", moter.Moteside.as_view(), name="mote"),
    path("vedtak/", vedtak.Vedtaksliste.as_view(), name="vedtak_liste"),
    path("vedtak/<int:pk>/", vedtak.Vedtaksside.as_view(), name="vedtak"),
]
