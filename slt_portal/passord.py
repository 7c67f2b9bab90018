from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class Lengde(MinimumLengthValidator):
    """A minimum length, said in Norwegian: Django's own sentence has lost its translation in 5.2."""

    def get_error_message(self) -> str:
        return _("Passordet er for kort. Det må ha minst %(antall)d tegn.") % {"antall": self.min_length}

    def get_help_text(self) -> str:
        return _("Passordet må ha minst %(antall)d tegn.") % {"antall": self.min_length}
