"""The addresses under /konto/. Only what we support of the login's own; the rest of allauth answers 404.

A person's address changes through one service alone, so its page of addresses is not among them.
"""

from allauth.account import views as allauth
from django.urls import path, re_path

from slt_portal.views import konto
from slt_portal.views.varselvalg import Varselvalgside

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", konto.lukket, name="account_signup"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("meg/", konto.Meg.as_view(), name="meg"),
    path("varsler/", Varselvalgside.as_view(), name="varselvalg"),
    path("invitasjon/", konto.Invitasjonssvar.as_view(), name="invitasjon_svar"),
    path("invitasjon/<str:token>/", konto.apne_invitasjon, name="invitasjon"),
]
