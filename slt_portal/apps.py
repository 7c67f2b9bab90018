from django.apps import AppConfig

from slt_portal import kontroll as kontroll  # registers the system checks


class SltPortalConfig(AppConfig):
    name = "slt_portal"
    verbose_name = "SLT-portalen"
    default_auto_field = "django.db.models.BigAutoField"
