"""A national set of synthetic data: as many Samarbeid, people, meetings and measures as the whole country may have.

Everything is invented. The same `fro` (seed) and the same day give the same rows; each Samarbeid has a stream of its
own, so that the first three of 357 are the same as the first three of three.
"""

from slt_portal.landsdata.lag import Landsdata, er_landsdata, fremmede_data, lag

__all__ = ["Landsdata", "er_landsdata", "fremmede_data", "lag"]
