import datetime as dt

import factory

from felles.tid import OSLO
from moter import models
from organisering.factories import GruppeFactory


class MoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Mote

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    start = dt.datetime(2026, 9, 2, 12, 30, tzinfo=OSLO)
    slutt = factory.LazyAttribute(lambda mote: mote.start + dt.timedelta(hours=1, minutes=30))


class SakFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Sak

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    tittel = factory.Sequence(lambda n: f"Sak {n}")


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
