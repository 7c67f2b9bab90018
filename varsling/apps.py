from django.apps import AppConfig


class VarslingConfig(AppConfig):
    name = "varsling"
    verbose_name = "Varsling"
    default_auto_field = "django.db.models.BigAutoField"
