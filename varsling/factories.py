import datetime as dt

import factory

from varsling import models


class EpostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Epost

    adresse = factory.Sequence(lambda n: f"mottaker{n}@slt.example")
    dag = dt.date(2026, 9, 2)
    straks = True
    message_id = factory.Sequence(lambda n: f"<{n}@slt.example>")
    emne = "Du er invitert"
    tekst = "Hei!"


class VarselFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Varsel

    nokkel = factory.Sequence(lambda n: f"regel:{n}")
    regel = "invitasjon"
    gjelder = "Du er invitert"


class KjoringFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Kjoring

    jobb = "varsling.tasks.lever"
    dag = dt.date(2026, 9, 2)
    startet = dt.datetime(2026, 9, 2, 6, 0, tzinfo=dt.UTC)


class PauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Pause

    om = "tiltak-1"
    gjelder = "Et tiltak"
    fra = dt.date(2026, 1, 1)
    til = dt.date(2099, 1, 1)
    grunn = "Skolen flytter."
