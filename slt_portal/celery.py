"""The Celery application. Schedules stand in settings, each with its reason."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

from slt_portal.logg import LOGGING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt_portal.settings")

app = Celery("slt_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def samme_logg(**_: Any) -> None:
    """Worker and beat write as the web process does; Celery's own set-up would undo the cleaning."""
    logging.config.dictConfig(LOGGING)
