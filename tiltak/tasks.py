from celery import shared_task

from felles.tid import naa
from tiltak.services import rydd_importkladder, tiltaksvarsling, varsling
from varsling.services import dagens


@shared_task
def varsle_revisjon() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("tiltak.tasks.varsle_revisjon", naa(), varsling.varsle_revisjon)


@shared_task
def varsle_frist() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("tiltak.tasks.varsle_frist", naa(), tiltaksvarsling.varsle_frist)


@shared_task
def varsle_status() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("tiltak.tasks.varsle_status", naa(), tiltaksvarsling.varsle_status)


@shared_task
def varsle_mangler() -> int:
    """Once a day. Twice plans nothing twice: each thing to tell has a key of its own."""
    return dagens("tiltak.tasks.varsle_mangler", naa(), tiltaksvarsling.varsle_mangler)


@shared_task
def rydd_importer() -> int:
    """Once a day. What was read and never confirmed is not kept."""
    return rydd_importkladder(naa())
