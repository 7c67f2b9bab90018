"""Every text in the database stands behind the guard, the historical copies too."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.test.utils import isolate_apps

from felles.felt import Fil, Innhold, Linje, Maskinkode, Tekst, Vern
from slt_portal.vegger import egne_modeller

TEKSTFELT = (models.CharField, models.TextField, models.JSONField, models.FileField, models.FilePathField)


def nakne_felt(modeller):
    """Fields that take any text without the guard. Choices are no free text; codes and file names are the program's."""
    return sorted(
        f"{modell._meta.label}.{felt.name} ({type(felt).__name__})"
        for modell in modeller
        for felt in modell._meta.local_fields
        if isinstance(felt, TEKSTFELT) and not isinstance(felt, Vern | Maskinkode | Fil) and not felt.choices
        if not _kopi_av_filnavn(modell, felt)
        if not (issubclass(modell, AbstractBaseUser) and felt.name == "password")
    )


def _kopi_av_filnavn(modell, felt):
    """History keeps the name of a file as text."""
    opphav = getattr(modell, "instance_type", None)
    return opphav is not None and isinstance(_felt(opphav, felt.name), Fil)


def _felt(modell, navn):
    return next((felt for felt in modell._meta.local_fields if felt.name == navn), None)


def test_ingen_fritekst_star_uten_vern():
    assert nakne_felt(egne_modeller()) == []


@isolate_apps("tiltak")
def test_et_nakent_felt_blir_funnet():
    class Naken(models.Model):
        a_tegn = models.CharField(max_length=10)
        b_tekst = models.TextField()
        c_json = models.JSONField()
        d_epost = models.EmailField()
        e_adresse = models.URLField()
        f_slug = models.SlugField()
        g_fil = models.FileField()
        h_valg = models.CharField(max_length=1, choices=[("a", "A")])
        i_linje = Linje(max_length=10)
        j_tekst = Tekst()
        k_innhold = Innhold()
        l_kode = Maskinkode(max_length=64)
        n_fil = Fil()
        m_tall = models.IntegerField()
        password = models.CharField(max_length=10)

        class Meta:
            app_label = "tiltak"

        def __str__(self):
            return self.a_tegn

    assert nakne_felt([Naken]) == [
        "tiltak.Naken.a_tegn (CharField)",
        "tiltak.Naken.b_tekst (TextField)",
        "tiltak.Naken.c_json (JSONField)",
        "tiltak.Naken.d_epost (EmailField)",
        "tiltak.Naken.e_adresse (URLField)",
        "tiltak.Naken.f_slug (SlugField)",
        "tiltak.Naken.g_fil (FileField)",
        "tiltak.Naken.password (CharField)",
    ]
