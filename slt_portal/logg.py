"""What the processes write to the terminal: one form for web, worker and commands, and never a secret."""

import logging
import re
from typing import Any

# The rest of the path after these words is a secret that opens something without a login.
_I_STI = re.compile(r"(/(?:svar|avmelding|kalender|invitasjon|reset/key|confirm-email|bekreft)/)[^/\s\"'<>,)\]?]+")
_I_SPORRING = re.compile(r"([?&](?:token|nokkel|key|code|state|sesame)=)[^&\s\"'<>,)\]]+")
_I_ADRESSE = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s/@]+(@)", re.IGNORECASE)  # scheme://user:password@host
# A national identity number is never logged, also as an address writes the sign in its middle.
_ELLEVE_SIFRE = re.compile(r"(?<!\d)\d{6}(?:[\s.+-]|%(?:20|2B|2D|2E|C2%A0))?\d{5}(?!\d)", re.IGNORECASE)


def skjul(linje: str) -> str:
    """The line without tokens, passwords and national identity numbers."""
    linje = _I_STI.sub(r"\1…", linje)
    linje = _I_SPORRING.sub(r"\1…", linje)
    linje = _I_ADRESSE.sub(r"\1…\2", linje)
    return _ELLEVE_SIFRE.sub("…", linje)


class Linje(logging.Formatter):
    """One line per event. Works on the finished text, so that a traceback is cleaned too."""

    def format(self, record: logging.LogRecord) -> str:
        return skjul(super().format(record))


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "linje": {"()": "slt_portal.logg.Linje", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "linje"}},
    "root": {"handlers": ["terminal"], "level": "INFO"},
    "loggers": {
        # Their own handlers would write the line a second time, uncleaned.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "WARNING", "propagate": True},
        "celery": {"handlers": [], "level": "WARNING", "propagate": True},
        "kombu": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # robots guess host names all day long
        "fontTools": {"level": "WARNING"},
    },
}
