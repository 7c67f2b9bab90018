from django.apps import AppConfig
from django.contrib.admin import apps as admin

from slt_portal import kontroll as kontroll  # registers the system checks


class SltPortalConfig(AppConfig):
    name = "slt_portal"
    verbose_name = "SLT-portalen"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from slt_portal.svar.register import registrer  # noqa: PLC0415 - the models must be there

        registrer()


class Adminkonfigurasjon(admin.AdminConfig):
    default = False
    default_site = "slt_portal.adminside.Adminside"
