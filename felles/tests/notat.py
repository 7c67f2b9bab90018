"""A table of its own for the tests of the fields. Its label is no installed app, so that no migration is wanted."""

from django.db import models

from felles.felt import Epostadresse, Innhold, Linje, Maskinkode, Nettadresse, Slug, Tekst


class Notat(models.Model):
    tittel = Linje("tittel", max_length=200, blank=True)
    tekst = Tekst("brødtekst", blank=True)
    epost = Epostadresse(blank=True)
    lenke = Nettadresse(blank=True)
    navn_i_adressen = Slug(blank=True)
    innhold = Innhold(null=True, blank=True)
    kode = Maskinkode(max_length=64, blank=True)

    class Meta:
        app_label = "prove"
        managed = False

    def __str__(self):
        return self.tittel
