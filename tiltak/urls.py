from django.urls import path

from tiltak.views import planer, tiltak

app_name = "tiltak"

urlpatterns = [
    path("tiltak/", tiltak.Tiltaksliste.as_view(), name="liste"),
    path("tiltak/<int:pk>/", tiltak.Tiltaksside.as_view(), name="tiltak"),
    path("planer/", planer.Planliste.as_view(), name="plan_liste"),
    path("planer/<int:pk>/", planer.Planside.as_view(), name="plan"),
    path("planer/utgaver/<int:pk>/", planer.Utgaveside.as_view(), name="utgave"),
]
