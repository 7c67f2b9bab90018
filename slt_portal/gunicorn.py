"""How the web process is run. Read by gunicorn: `--config python:slt_portal.gunicorn`."""

import os
from typing import Any

from slt_portal.logg import LOGGING
from slt_portal.oppstart import vert_og_port

_vert, _port = vert_og_port()
bind = f"[{_vert}]:{_port}" if ":" in _vert else f"{_vert}:{_port}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
timeout = 60  # seconds; a large import is read in the request
preload_app = True  # one import for all workers: quicker start, less memory
max_requests = 5000  # a leak never grows for weeks
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # a slow disk must not look like a hung worker
accesslog = None  # the addresses of answer links and calendars are secrets
loglevel = "warning"
logconfig_dict = LOGGING


def when_ready(server: Any) -> None:
    """The line that a person who started it by hand waits for."""
    print("Portalen svarer.", flush=True)
