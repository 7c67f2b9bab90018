"""For machines that watch the portal."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from felles.tid import naa
from slt_portal.helse import etterslep


@never_cache
@require_safe
def helse(request: HttpRequest) -> JsonResponse:
    """200 while the web process and its database answer, 503 when the database does not."""
    try:
        sent_ute = etterslep(naa())
    except DatabaseError:
        return svar("nede", [_("Databasen svarer ikke.")], status=503)
    return svar("etterslep" if sent_ute else "ok", sent_ute)


def svar(tilstand: str, meldinger: list[str], status: int = 200) -> JsonResponse:
    return JsonResponse(
        {"tilstand": tilstand, "meldinger": meldinger}, status=status, json_dumps_params={"ensure_ascii": False}
    )
