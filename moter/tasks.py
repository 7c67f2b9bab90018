from celery import shared_task

from felles.tid import naa
from moter.services import varsling
from varsling.services import dagens


@shared_task
def varsle_motehyppighet() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("moter.tasks.varsle_motehyppighet", naa(), varsling.varsle_motehyppighet)
