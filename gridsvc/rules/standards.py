"""Standards as their sources print them, and whether they are met (domain rules 35 to 37).

A standard that cannot be answered from what is known is neither met nor missed: it cannot be told.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gridsvc.words import Words


class Standard(NamedTuple):
    """One standard; `measure` None where our data cannot answer, `reading` says what is missing
    or how we read what the source leaves open."""

    code: str
    name: Words
    measure: str | None
    types: tuple[str, ...]
    community_kind: str | None
    comparator: str
    threshold: float | None
    upper: float | None
    unit: str
    scope: str
    deadline: str | None
    strength: str
    reading: Words
    source: str


class Verdict(NamedTuple):
    """`value` in `unit`; of `total` units `lacking` miss it and `unknown` cannot be
    told, each by code; the rest have it. `met` None: it cannot be told, and `why` says why."""

    value: float | None
    met: bool | None
    total: int = 0
    lacking: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    why: Words | None = None
    unit: str = "percent"

    @property
    def having(self) -> int:
        return self.total - len(self.lacking) - len(self.unknown)


def holds(standard: Standard, value: float | None) -> bool | None:
    """Whether a value meets the standard; None where either cannot be told."""
    if value is None or standard.threshold is None:
        return None
    match standard.comparator:
        case ">=":
            return value >= standard.threshold
        case "<=":
            return value <= standard.threshold
        case ">":
            return value > standard.threshold
        case "between":
            return standard.upper is not None and standard.threshold <= value <= standard.upper
    return value == standard.threshold


def of_each(standard: Standard, values: Mapping[str, float | None]) -> Verdict:
    """A standard for every unit by itself; its value is the share of units that meet it, in
    percent."""
    if not values:
        return nobody()
    told = {code: holds(standard, value) for code, value in values.items()}
    lacking = tuple(code for code, met in told.items() if met is False)
    unknown = tuple(code for code, met in told.items() if met is None)
    met = False if lacking else None if unknown else True
    having = len(told) - len(lacking) - len(unknown)
    share = having / len(told) * 100 if not unknown else None
    why = None
    if met is None:
        why = Words("有的单元没有数据。", "Some units have no data.")
    return Verdict(share, met, len(told), lacking, unknown, why)


def of_share(standard: Standard, has: Mapping[str, bool]) -> Verdict:
    """A standard for the share of units that have something, in percent."""
    if not has:
        return nobody()
    lacking = tuple(code for code, one in has.items() if not one)
    share = (len(has) - len(lacking)) / len(has) * 100
    return Verdict(share, holds(standard, share), len(has), lacking)


def of_sum(standard: Standard, value: float, total: int, lacking: Sequence[str] = ()) -> Verdict:
    """A standard for one figure of the whole district."""
    met = holds(standard, value)
    return Verdict(value, met, total, tuple(lacking), unit=standard.unit)


def nobody() -> Verdict:
    why = Words("网格中没有这类单元。", "The grid has no such unit.")
    return Verdict(None, None, why=why)


def never_registered() -> Verdict:
    why = Words(
        "没有登记过这类设施：没有数据，不是零。",
        "No such facility was ever registered: no data, which is not zero.",
    )
    return Verdict(None, None, why=why)


def unmeasured() -> Verdict:
    why = Words(
        "网格没有楼栋或地址点，无法量步行时间。",
        "The grid has neither buildings nor address points, so that no walk can be measured.",
    )
    return Verdict(None, None, why=why)


def unanswerable(standard: Standard) -> Verdict:
    why = Words(f"需要：{standard.reading.zh}。", f"Needs {standard.reading.en}.")
    return Verdict(None, None, why=why)
