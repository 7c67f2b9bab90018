"""What every answer gets on its way out: the reader's language, and headers that keep pages private."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from organisering.models import Person
from organisering.views.felles import med_slug

Videre = Callable[[HttpRequest], HttpResponse]
SPRAK = {kode for kode, _navn in settings.LANGUAGES}


def innlogget(request: HttpRequest) -> Person | None:
    """Who is logged in; asks neither session nor database when no session cookie came."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return request.user


class Sprakvalg:
    """Language: the person's own, else the cookie's, else the Samarbeid's in the address, else bokmål.

    The Samarbeid is asked for once and left on the request for the view, so that the language costs no query.
    """

    def __init__(self, get_response: Videre) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        valgt = self.lesers_valg(request)
        self.merk(request, valgt)
        with translation.override(valgt or settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Takes the Samarbeid's language, now that the address is read."""
        if "slug" not in kwargs or self.lesers_valg(request):
            return
        samarbeid = next(iter(med_slug(kwargs["slug"])), None)
        if samarbeid is not None:
            request.samarbeid_i_adressen = samarbeid  # type: ignore[attr-defined]
            translation.activate(samarbeid.malform)
            self.merk(request, samarbeid.malform)

    @staticmethod
    def lesers_valg(request: HttpRequest) -> str:
        """What the reader has chosen, or an empty text."""
        person = innlogget(request)
        valgt = (person.sprak if person else "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return valgt if valgt in SPRAK else ""

    @staticmethod
    def merk(request: HttpRequest, kode: str) -> None:
        request.LANGUAGE_CODE = kode or settings.LANGUAGE_CODE


class Personvern:
    """No cache keeps what somebody logged in was shown: a shared computer must not show it again."""

    RETTIGHETER = "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response: Videre) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.RETTIGHETER)
        if innlogget(request) and "private" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        return response
