"""The reader's choice of bokmål or nynorsk where nobody is logged in."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

ET_AR = 365 * 24 * 3600


@never_cache
@require_safe
def velg_sprak(request: HttpRequest, kode: str) -> HttpResponse:
    """Keeps the choice in a cookie and goes back. A link, since public pages have no form."""
    if kode not in dict(settings.LANGUAGES):
        raise Http404
    neste = request.GET.get("neste", "")
    # A path and nothing else: redirect() takes a bare word for the name of a page, and fails when there is none.
    egen = neste.startswith("/") and url_has_allowed_host_and_scheme(
        neste, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(neste if egen else "forside")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        kode,
        max_age=ET_AR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
