"""String foreign keys are invisible to import-linter, so the relations themselves are walked."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.test.utils import isolate_apps

from slt_portal.vegger import EGNE_APPER, egne_modeller

TILLATT_OPP = {settings.AUTH_USER_MODEL}
TILLATT_OPP_FRA_VARSLING = {"organisering.Samarbeid"}


def relasjoner_oppover(modeller):
    """Each relation that points from a lower app to a higher one; a generic one may point anywhere."""
    return sorted(
        f"{modell._meta.label}.{felt.name} → {mal}"
        for modell in modeller
        for felt in modell._meta.get_fields()
        for mal in _mal(felt)
        if _peker_opp(modell._meta.app_label, mal)
    )


def _mal(felt):
    if isinstance(felt, GenericForeignKey):
        return ["*"]
    if isinstance(felt, models.ForeignKey | models.ManyToManyField):
        mal = felt.remote_field.model
        return [mal if isinstance(mal, str) else mal._meta.label]
    return []


def _peker_opp(fra, mal):
    tillatt = TILLATT_OPP | (TILLATT_OPP_FRA_VARSLING if fra == "varsling" else set())
    app = mal.split(".")[0]
    if mal == "*":
        return True
    return app in EGNE_APPER and mal not in tillatt and EGNE_APPER.index(app) < EGNE_APPER.index(fra)


def test_ingen_relasjon_peker_opp():
    assert relasjoner_oppover(egne_modeller()) == []


def test_historikken_og_mange_til_mange_er_med():
    navn = {modell._meta.label for modell in egne_modeller()}
    assert {"organisering.HistoricalEnhet", "organisering.Gruppe_nivaer"} <= navn


@isolate_apps("varsling", "tiltak", "organisering")
def test_en_relasjon_oppover_blir_funnet():
    class Nedenfra(models.Model):
        tiltak = models.ForeignKey("tiltak.Tiltak", on_delete=models.CASCADE)
        moter = models.ManyToManyField("moter.Mote")
        samarbeid = models.ForeignKey("organisering.Samarbeid", on_delete=models.CASCADE)
        person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

        class Meta:
            app_label = "varsling"

    class Ovenfra(models.Model):
        gruppe = models.ForeignKey("organisering.Gruppe", on_delete=models.CASCADE)
        selv = models.ForeignKey("self", on_delete=models.CASCADE)

        class Meta:
            app_label = "tiltak"

    class Midt(models.Model):
        tiltak = models.OneToOneField("tiltak.Tiltak", on_delete=models.CASCADE)

        class Meta:
            app_label = "organisering"

    assert relasjoner_oppover([Nedenfra, Ovenfra, Midt]) == [
        "organisering.Midt.tiltak → tiltak.Tiltak",
        "varsling.Nedenfra.moter → moter.Mote",
        "varsling.Nedenfra.tiltak → tiltak.Tiltak",
    ]
