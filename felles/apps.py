from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from felles.frys import etter_migrering, for_migrering
from felles.sortering import gjor_sqlite_norsk, registrer_sok


class FellesConfig(AppConfig):
    name = "felles"
    verbose_name = "Felles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(gjor_sqlite_norsk, dispatch_uid="felles.norsk")
        # Once for each migration, not once for each app; an app without models, such as this one, gets no such signal.
        forste = next(app for app in apps.get_app_configs() if app.models_module)
        pre_migrate.connect(for_migrering, sender=forste, dispatch_uid="felles.frys")
        post_migrate.connect(etter_migrering, sender=forste, dispatch_uid="felles.frys")
        registrer_sok()
