from tiltak.services.ansvar import avklar
from tiltak.services.status import angre_status, meld_status

__all__ = ["angre_status", "avklar", "meld_status"]
