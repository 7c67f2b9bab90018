from django.apps import AppConfig


class SltPortalConfig(AppConfig):
    name = "slt_portal"
    verbose_name = "SLT-portalen"
    default_auto_field = "django.db.models.BigAutoField"
