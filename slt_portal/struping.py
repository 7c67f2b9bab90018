"""How often one may knock: counted in the shared cache, so that all processes count together."""

import hashlib
import logging
import time
from dataclasses import dataclass

from django.core.cache import cache

logg = logging.getLogger(__name__)


@dataclass(frozen=True)
class Grense:
    """At most `antall` in each stretch of `sekunder`, for each who or what is counted."""

    navn: str
    antall: int
    sekunder: int

    def passert(self, hva: str) -> bool:
        """Counts one more, and says whether it was too many. While the cache is away nobody is shut out."""
        fingeravtrykk = hashlib.sha256(hva.encode()).hexdigest()[:32]  # an address or a token is kept nowhere as it is
        nokkel = f"struping:{self.navn}:{int(time.time()) // self.sekunder}:{fingeravtrykk}"
        try:
            cache.add(nokkel, 0, self.sekunder)
            antall = cache.incr(nokkel)
            cache.touch(nokkel, self.sekunder)
        except Exception as feil:  # each kind of cache has its own; a reader must get in all the same
            logg.warning("Mellomlageret svarer ikke: %s", type(feil).__name__)
            return False
        return antall > self.antall
