"""Facility area per 100 households against a standard (domain rule 35)."""

from typing import NamedTuple


class Coverage(NamedTuple):
    """What a unit has, in square metres per 100 households. None: it cannot be said."""

    per_100_households: float | None
    met: bool | None
    shortfall_m2: float | None
    no_data: str | None


def measure(area_m2: float | None, households: int | None, standard: float) -> Coverage:
    """area / households x 100. "No data" is not zero, and no households is not infinity."""
    if households is None:
        return Coverage(None, None, None, "households_unknown")
    if households == 0:
        return Coverage(None, None, None, "no_households")
    if area_m2 is None:
        return Coverage(None, None, None, "area_unknown")
    have = area_m2 / households * 100
    return Coverage(have, have >= standard, max(0.0, standard * households / 100 - area_m2), None)
