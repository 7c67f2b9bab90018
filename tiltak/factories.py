import datetime as dt

import factory

from felles.tid import OSLO, naa
from organisering.factories import PersonFactory, SamarbeidFactory
from tiltak import models
from tiltak.lesing import les_tekst, som_json


class HandlingsplanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Handlingsplan

    samarbeid = factory.SubFactory(SamarbeidFactory)
    navn = factory.Sequence(lambda n: f"Handlingsplan {n}")


class ImportkladdFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Importkladd

    samarbeid = factory.SubFactory(SamarbeidFactory)
    plannavn = "Handlingsplan"
    person = factory.SubFactory(PersonFactory)
    form = "limt"
    opprettet = factory.LazyFunction(naa)
    tabeller = factory.LazyFunction(lambda: som_json(les_tekst("Tiltak\tAnsvar\nNatteravner\tFrivillige")))


class PlanutgaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Planutgave

    plan = factory.SubFactory(HandlingsplanFactory)
    samarbeid = factory.SelfAttribute("plan.samarbeid")
    hovednummer = factory.Sequence(lambda n: n + 1)
    tittel = "Handlingsplan"
    vedtatt_utenfor = True


class PlandelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Plandel

    utgave = factory.SubFactory(PlanutgaveFactory)
    samarbeid = factory.SelfAttribute("utgave.samarbeid")
    overskrift = "Bakgrunn"
    tekst = "Arbeidet er en del av kommunens satsing på barn og unge."


class MalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Mal

    samarbeid = factory.SubFactory(SamarbeidFactory)
    slag = models.Mal.Slag.HOVEDMAL
    tekst = factory.Sequence(lambda n: f"Trygge oppvekstmiljø {n}")


class MalgruppeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Malgruppe

    samarbeid = factory.SubFactory(SamarbeidFactory)
    tekst = "Barn og unge"


class TiltakFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Tiltak

    plan = factory.SubFactory(HandlingsplanFactory)
    samarbeid = factory.SelfAttribute("plan.samarbeid")
    nummer = factory.Sequence(lambda n: n + 1)
    tittel = factory.Sequence(lambda n: f"Natteravner {n}")


class DelpunktFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Delpunkt

    tiltak = factory.SubFactory(TiltakFactory)
    samarbeid = factory.SelfAttribute("tiltak.samarbeid")
    tekst = "Gruppetilbud"


class AnsvarFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Ansvar

    tiltak = factory.SubFactory(TiltakFactory)
    samarbeid = factory.SelfAttribute("tiltak.samarbeid")
    kildeord = "skolen"


class StatusmeldingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Statusmelding

    tiltak = factory.SubFactory(TiltakFactory)
    samarbeid = factory.SelfAttribute("tiltak.samarbeid")
    meldt = dt.datetime(2026, 3, 2, 9, 0, tzinfo=OSLO)
    status = models.Statusmelding.Status.I_GANG


class VisningFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Visning

    samarbeid = factory.SubFactory(SamarbeidFactory)
    person = factory.SubFactory(PersonFactory)
    navn = factory.Sequence(lambda n: f"Visning {n}")
