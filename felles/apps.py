from django.apps import AppConfig


class FellesConfig(AppConfig):
    name = "felles"
    verbose_name = "Felles"
    default_auto_field = "django.db.models.BigAutoField"
