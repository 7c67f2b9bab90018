"""A row under another under itself: the tree of units or groups would have no top."""

from typing import Any

from django.utils.translation import gettext_lazy as _

RING = _("Den du valgte, ligger selv under denne. Velg en annen, eller la feltet stå tomt.")
DYPEST = 100  # rows upwards; no real tree is near it


def danner_ring(rad: Any) -> bool:
    """Whether `rad`, with the parent it has now, stands under itself. At most one query a step up the tree."""
    if rad.pk is None or getattr(rad, "overordnet_id", None) is None:
        return False
    over, sett = rad.overordnet_id, {rad.pk}
    while over is not None and len(sett) < DYPEST:
        if over in sett:
            return True
        sett.add(over)
        over = type(rad)._base_manager.filter(pk=over).values_list("overordnet_id", flat=True).first()
    return over is not None
