from celery import shared_task

from felles.tid import naa
from slt_portal import framsyn
from varsling.services import dagens


@shared_task
def se_framover() -> int:
    """Once a day. Twice makes the same outlook twice."""
    return dagens("slt_portal.tasks.se_framover", naa(), framsyn.se_framover)
