import datetime as dt

import factory
from django.core.files.base import ContentFile

from felles.frys import kontrollsum
from felles.tid import OSLO
from moter import models
from moter.rules.innkalling import fakta
from organisering.factories import GruppeFactory, PersonFactory


class MoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Mote

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    start = dt.datetime(2026, 9, 2, 12, 30, tzinfo=OSLO)
    slutt = factory.LazyAttribute(lambda mote: mote.start + dt.timedelta(hours=1, minutes=30))


class InnkallingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Innkalling

    mote = factory.SubFactory(MoteFactory)
    samarbeid = factory.SelfAttribute("mote.samarbeid")
    utgave = 1
    sendt = dt.datetime(2026, 8, 20, 9, 0, tzinfo=OSLO)
    innhold = factory.LazyAttribute(lambda rad: {"utgave": rad.utgave, "fakta": fakta(rad.mote, []), "dokument": {}})
    innhold_sha256 = factory.LazyAttribute(lambda rad: kontrollsum(rad.innhold))
    pdf = b"%PDF-1.7"
    pdf_sha256 = factory.LazyAttribute(lambda rad: kontrollsum(rad.pdf))


class SakFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Sak

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    tittel = factory.Sequence(lambda n: f"Sak {n}")


class VedleggFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Vedlegg
        exclude = ["innhold"]

    innhold = b"Referatet fra skoledagen."
    sak = factory.SubFactory(SakFactory)
    samarbeid = factory.SelfAttribute("sak.samarbeid")
    fil = factory.LazyAttribute(lambda rad: ContentFile(rad.innhold, name=f"papir.{rad.innholdstype}"))
    tittel = factory.Sequence(lambda n: f"Papir {n}")
    innholdstype = "txt"
    storrelse = factory.LazyAttribute(lambda rad: len(rad.innhold))
    sha256 = factory.LazyAttribute(lambda rad: kontrollsum(rad.innhold))
    lagt_inn_av = factory.SubFactory(PersonFactory)
    opprettet = dt.datetime(2026, 8, 20, 9, 0, tzinfo=OSLO)


class DeltakelseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Deltakelse

    mote = factory.SubFactory(MoteFactory)
    samarbeid = factory.SelfAttribute("mote.samarbeid")
    gjest_rolle = factory.Maybe("person", "", "Rådgiver")
    person = None


class OppfolgingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Oppfolging

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    tekst = "Kalle inn foreldreutvalget"


class VedtakFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Vedtak

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    dato = dt.date(2026, 9, 2)
    tekst = factory.Sequence(lambda n: f"Gruppa støtter opplegget {n}.")
