from varsling.services.brev import Brev, skriv
from varsling.services.ko import legg_i_ko, trekk
from varsling.services.levering import Leveranse, lever

__all__ = ["Brev", "Leveranse", "legg_i_ko", "lever", "skriv", "trekk"]
