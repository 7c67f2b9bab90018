"""The Django admin of the portal: who comes in is answered by our own rules, and only scoped pages are shown."""

from typing import Any
from urllib.parse import unquote

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from felles.tid import i_dag
from organisering.rules.administrasjon import kan_apne_admin

IKKE_I_BRUK = {"view_on_site", "password_change_done"}  # the first would tell the address of any row at all

NULLTEGN = "\0"


class Adminside(AdminSite):
    site_header = _("SLT-portalen")
    site_title = _("SLT-portalen")
    index_title = _("Medlemmer og roller")
    site_url = "/min-side/"
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Takes only pages that stand behind our wall; what other packages register by themselves stays out."""
        if getattr(admin_class, "bak_veggen", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return kan_apne_admin(request.user, i_dag())

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Who is logged in and may not enter is told so, instead of being sent to log in again."""
        indre = super().admin_view(view, cacheable)

        def vakt(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            if NULLTEGN in unquote(request.META.get("QUERY_STRING", "")):
                raise Http404  # the lists ask the database with whatever the address says, and PostgreSQL refuses it
            svar: HttpResponse = indre(request, *args, **kwargs)
            return svar

        return vakt

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one way in to the portal."""
        if request.user.is_authenticated:
            return redirect("admin:index")
        neste = request.GET.get("next", "")
        return redirect_to_login(neste if neste.startswith("/admin/") else "/admin/")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout", preserve_request=True)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [rute for rute in super().get_urls() if getattr(rute, "name", None) not in IKKE_I_BRUK]
