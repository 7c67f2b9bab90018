"""How the installation is doing, for machines that watch it. Names jobs and counts; never people or addresses."""

import datetime as dt

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.tid import OSLO
from varsling.models import Epost, Kjoring

LENGST_MELLOM = dt.timedelta(hours=26)  # a daily job, and two hours for a late start
LENGST_I_KO = dt.timedelta(hours=1)
GLEMT = dt.timedelta(days=60)  # a job unseen for so long is no longer part of the portal


def etterslep(naa: dt.datetime) -> list[str]:
    """What is late at the moment `naa`, a sentence each; empty when all is well. Two queries."""
    return [*_jobber(naa), *_ko(naa)]


def _jobber(naa: dt.datetime) -> list[str]:
    jobber = list(
        Kjoring.objects.filter(startet__gt=naa - GLEMT)
        .order_by("jobb")
        .values("jobb")
        .annotate(forst=Min("startet"), sist_ferdig=Max("ferdig", filter=Q(feil="")))
    )
    if not jobber:
        return [_("Ingen jobb har kjørt ennå. Går «worker»?")]
    linjer = []
    if any(naa - jobb["forst"] > LENGST_MELLOM for jobb in jobber):  # long enough for each plan to have been run
        aldri = set(settings.PLANJOBBER) - {jobb["jobb"] for jobb in jobber}
        linjer += [_("%(jobb)s har aldri kjørt ferdig.") % {"jobb": jobb} for jobb in sorted(aldri)]
    for jobb in jobber:
        sist = jobb["sist_ferdig"]
        if sist is None:
            linjer.append(_("%(jobb)s har aldri kjørt ferdig.") % jobb)
        elif naa - sist > LENGST_MELLOM:
            linjer.append(
                _("%(jobb)s har ikke kjørt ferdig siden %(tid)s.") % {"jobb": jobb["jobb"], "tid": _tid(sist)}
            )
    return linjer


def _ko(naa: dt.datetime) -> list[str]:
    venter = Epost.objects.filter(
        tilstand__in=[Epost.Tilstand.VENTER, Epost.Tilstand.SENDES], opprettet__lt=naa - LENGST_I_KO
    ).aggregate(antall=Count("pk"), eldst=Min("opprettet"))
    if not venter["antall"]:
        return []
    linje = ngettext(
        "%(antall)s e-post har ventet på å bli sendt siden %(tid)s.",
        "%(antall)s e-poster har ventet på å bli sendt, den eldste siden %(tid)s.",
        venter["antall"],
    )
    return [linje % {"antall": venter["antall"], "tid": _tid(venter["eldst"])}]


def _tid(tid: dt.datetime) -> str:
    return tid.astimezone(OSLO).strftime("%d.%m.%Y kl. %H.%M")
