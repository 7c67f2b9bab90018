from celery import shared_task

from felles.tid import naa
from varsling import services


@shared_task
def lever() -> int:
    """Sends the mails that wait. Twice sends nothing twice: each mail is claimed by one worker."""
    return services.lever(naa()).levert


@shared_task
def samle(jobber: list[str]) -> int:
    """Makes today's digests when the plans of `jobber` are in. Twice makes nothing twice: one mail a person and day."""
    return services.samle_nar_klart(jobber, naa())
