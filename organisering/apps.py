from django.apps import AppConfig


class OrganiseringConfig(AppConfig):
    name = "organisering"
    verbose_name = "Organisering"
    default_auto_field = "django.db.models.BigAutoField"
