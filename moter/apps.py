from django.apps import AppConfig


class MoterConfig(AppConfig):
    name = "moter"
    verbose_name = "Møter"
    default_auto_field = "django.db.models.BigAutoField"
