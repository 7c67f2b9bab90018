"""The floor: what a page costs in Django before it does anything of ours."""

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates

RADER = 20
MALER = DjangoTemplates(
    {
        "NAME": "gulv",
        "DIRS": [Path(__file__).parent / "maler"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
)


@login_required
def gulv(request: HttpRequest) -> HttpResponse:
    """A person logged in, one query of its own, a table of rows that every installation has."""
    rader = ContentType.objects.order_by("pk")[:RADER]
    return HttpResponse(MALER.get_template("gulv.html").render({"rader": rader}, request))
