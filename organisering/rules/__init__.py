from organisering.rules.tilgang import Tilgang, kan_administrere, kan_redigere, kan_se_penger, tilgang

__all__ = ["Tilgang", "kan_administrere", "kan_redigere", "kan_se_penger", "tilgang"]
