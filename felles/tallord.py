"""Small numbers in words, as a person would write them in a sentence."""

from django.utils.translation import gettext, ngettext

HOYEST = 12


def tallord(antall: int, *, kjonn: str = "felles") -> str:
    """«fire», «12» in words up to twelve, figures above. `kjonn` is «felles» (én uke) or «intet» (ett møte)."""
    if antall == 1:
        return gettext("ett") if kjonn == "intet" else gettext("én")
    ord = {
        0: gettext("ingen"),
        2: gettext("to"),
        3: gettext("tre"),
        4: gettext("fire"),
        5: gettext("fem"),
        6: gettext("seks"),
        7: gettext("sju"),
        8: gettext("åtte"),
        9: gettext("ni"),
        10: gettext("ti"),
        11: gettext("elleve"),
        12: gettext("tolv"),
    }
    return ord.get(antall, str(antall))


def moteord(antall: int) -> str:
    """«ett møte», «to møter»."""
    return ngettext("%(antall)s møte", "%(antall)s møter", antall) % {"antall": tallord(antall, kjonn="intet")}
