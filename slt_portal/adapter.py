"""How the login speaks and sends: no sign-up, our words, and mail through the portal's own queue."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.tid import naa
from organisering.models import Person
from varsling.services import Brev, legg_i_ko, skriv


class Kontoadapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Kontoen er stengt."),
        "email_password_mismatch": _("E-postadressen eller passordet er feil."),
        "enter_current_password": _("Skriv passordet du har nå."),
        "incorrect_password": _("Passordet er feil."),
        "invalid_login": _("E-postadressen eller passordet er feil."),
        "invalid_password_reset": _("Lenka virker ikke lenger. Be om en ny."),
        "too_many_login_attempts": _("Du har prøvd for mange ganger. Vent noen minutter, og prøv igjen."),
        "rate_limited": _("Du har prøvd for mange ganger. Vent noen minutter, og prøv igjen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a person comes in by invitation."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The portal's own address, whatever host name the request claims."""
        uid, _skille, nokkel = key.partition("-")
        return settings.ADRESSE + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": nokkel})

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        brev = skriv("nytt_passord", {"lenke": context["password_reset_url"]}, sprak=user.sprak)
        self._legg_i_ko(brev, regel="nytt_passord", adresse=user.epost or email, person=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Whatever else the login sends: in the queue, so that no page waits for the mail server."""
        melding = self.render_mail(template_prefix, email, {"email": email, "current_site": None, **context})
        self._legg_i_ko(Brev(melding.subject, str(melding.body)), regel="konto", adresse=email, person=None)

    def _legg_i_ko(self, brev: Brev, *, regel: str, adresse: str, person: Person | None) -> None:
        # The key says nothing but that the mail is one of its own: each request is a new one.
        nokkel = f"{regel}:{secrets.token_hex(16)}"
        legg_i_ko(brev, adresse=adresse, nokkel=nokkel, regel=regel, naa=naa(), person=person, gjelder=brev.emne)
