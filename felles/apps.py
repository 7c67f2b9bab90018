from django.apps import AppConfig
from django.db.backends.signals import connection_created

from felles.sortering import gjor_sqlite_norsk, registrer_sok


class FellesConfig(AppConfig):
    name = "felles"
    verbose_name = "Felles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(gjor_sqlite_norsk, dispatch_uid="felles.norsk")
        registrer_sok()
