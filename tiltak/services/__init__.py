from tiltak.services.status import meld_status

__all__ = ["meld_status"]
