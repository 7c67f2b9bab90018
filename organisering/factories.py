import datetime as dt

import factory
from django.contrib.auth.hashers import make_password

from organisering import models

PASSORD = "blåbær-og-fjell-7"


class SamarbeidFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Samarbeid

    navn = factory.Sequence(lambda n: f"Fjellbygd {n}")
    slug = factory.Sequence(lambda n: f"fjellbygd-{n}")
    oppfolging_fra = dt.date(2026, 1, 1)


class KildeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Kilde

    samarbeid = factory.SubFactory(SamarbeidFactory)
    tittel = factory.Sequence(lambda n: f"Handlingsplan {n}")


class NivaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Niva

    samarbeid = factory.SubFactory(SamarbeidFactory)
    navn = factory.Sequence(lambda n: f"Nivå {n}")
    slag = models.Niva.Slag.KOORDINERENDE
    rekkefolge = factory.Sequence(int)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Person

    navn = factory.Sequence(lambda n: f"Eksempelperson {n}")
    epost = factory.Sequence(lambda n: f"person{n}@slt.example")
    password = factory.LazyFunction(lambda: make_password(PASSORD))


class RolletildelingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Rolletildeling

    samarbeid = factory.SubFactory(SamarbeidFactory)
    person = factory.SubFactory(PersonFactory)
    rolle = models.Rolletildeling.Rolle.KOORDINATOR
    fra = dt.date(2026, 1, 1)


class KoordinatorpostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Koordinatorpost

    samarbeid = factory.SubFactory(SamarbeidFactory)
    tittel = "SLT-koordinator"


class EnhetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Enhet

    samarbeid = factory.SubFactory(SamarbeidFactory)
    navn = factory.Sequence(lambda n: f"Enhet {n}")


class EnhetskontaktFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Enhetskontakt

    enhet = factory.SubFactory(EnhetFactory)
    samarbeid = factory.SelfAttribute("enhet.samarbeid")
    person = factory.SubFactory(PersonFactory)
    fra = dt.date(2026, 1, 1)


class GruppeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Gruppe
        skip_postgeneration_save = True

    samarbeid = factory.SubFactory(SamarbeidFactory)
    navn = factory.Sequence(lambda n: f"Gruppe {n}")
    saksprefiks = "KG"

    @factory.post_generation
    def nivaer(self, create, extracted, **kwargs):
        if create and extracted:
            self.nivaer.set(extracted)


class MandatpunktFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Mandatpunkt

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    ordlyd = factory.Sequence(lambda n: f"Sikre samarbeid {n}.")
    rekkefolge = factory.Sequence(int)


class PlassFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Plass

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    tittel = factory.Sequence(lambda n: f"Representant {n}")


class MedlemskapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Medlemskap

    plass = factory.SubFactory(PlassFactory)
    samarbeid = factory.SelfAttribute("plass.samarbeid")
    person = factory.SubFactory(PersonFactory)
    fra = dt.date(2026, 1, 1)


class VervFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Verv

    plass = factory.SubFactory(PlassFactory)
    gruppe = factory.SelfAttribute("plass.gruppe")
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    slag = models.Verv.Slag.LEDER


class MotekravFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Motekrav

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    slag = models.Motekrav.Slag.ANTALL
    kalender = models.Motekrav.Kalender.HALVAR
    minst = 1
    ordlyd = "Gruppa har minst ett møte i halvåret."


class FullmaktFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Fullmakt

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    gjelder = models.Fullmakt.Gjelder.PENGER
    ordlyd = "Kan ta beslutninger på bruk av midler."


class FridagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Fridag

    samarbeid = factory.SubFactory(SamarbeidFactory)
    navn = "Vinterferie"
    fra = dt.date(2026, 2, 23)
    til = dt.date(2026, 2, 27)


class ArshjulpunktFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Arshjulpunkt

    samarbeid = factory.SubFactory(SamarbeidFactory)
    tekst = "Søke om tilskudd"
    nar = models.Arshjulpunkt.Nar.DATO
    dag = 1
    maned = 12


class AvtaleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Avtale

    samarbeid = factory.SubFactory(SamarbeidFactory)
    navn = "Samarbeidsavtale"
    inngatt = dt.date(2025, 1, 15)
    fornyes_maneder = 24


class InvitasjonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Invitasjon

    samarbeid = factory.SubFactory(SamarbeidFactory)
    epost = factory.Sequence(lambda n: f"invitert{n}@slt.example")
    rolle = models.Rolletildeling.Rolle.LESER
    nokkel_hash = factory.Sequence(lambda n: f"{n:064x}")
    sendt = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)
    utloper = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


class GruppeforslagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Gruppeforslag

    gruppe = factory.SubFactory(GruppeFactory)
    samarbeid = factory.SelfAttribute("gruppe.samarbeid")
    navn = factory.Sequence(lambda n: f"Arbeidsgruppe {n}")
    foreslatt = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)


class ForesporselFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Foresporsel

    forslag = factory.SubFactory(GruppeforslagFactory)
    samarbeid = factory.SelfAttribute("forslag.samarbeid")
    person = factory.SubFactory(PersonFactory)
    spurt = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)
