"""Communities over the standard of m² per 100 households (domain rule 35), and what sites add."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.errors import BadField
from gridsvc.planning import coverage
from gridsvc.planning.ground import COMMUNITY
from gridsvc.siting import greedy, model
from gridsvc.siting.candidates import Kept
from gridsvc.siting.model import Floats, Sites, Solution
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

if TYPE_CHECKING:
    from gridsvc.siting.plans import Wish

MOST_STANDARD = 10_000


class Standard:
    """The candidates that serve a community today, against what each community lacks."""

    def __init__(
        self,
        session: Session,
        facts: Snapshot,
        kept: list[Kept],
        day: date,
        standard: float | None,
    ) -> None:
        if standard is not None and not 0 < standard <= MOST_STANDARD:
            raise BadField(field="standard", want=f"0–{MOST_STANDARD}")
        given = coverage.given(session, facts, day, deepest=COMMUNITY)
        # Whoever plans says that what is not registered is not there.
        given = given._replace(standard=standard or given.standard, registered=True)
        self.kept = [one for one in kept if one.community is not None]
        self.left_out = [one.site.code for one in kept if one.community is None]
        self.lines = [
            coverage.line(given, row) for row in coverage.rows_of(given.units, COMMUNITY, None)
        ]
        at = {line["code"]: row for row, line in enumerate(self.lines)}
        self.sites = Sites(
            np.array([one.site.floor_area_m2 for one in self.kept], dtype=float),
            np.array([one.site.cost for one in self.kept], dtype=float),
            np.array([at[one.community] for one in self.kept], dtype=np.int64),
        )
        self.short: Floats = np.array([_short(line) for line in self.lines], dtype=float)
        self.worth: Floats = np.array([line["households"] or 0 for line in self.lines], dtype=float)
        told = ~np.isnan(self.short)
        self.households = float(self.worth[told].sum())
        self.before = float(self.worth[self.short == 0].sum())
        self.beyond = list(self._beyond())
        self.untold = [_told(self.lines[row]) for row in np.flatnonzero(~told).tolist()]
        self.note = Words(
            f"标准：每百户{given.standard:g}平方米；候选的面积全部计入其服务的社区。{coverage.NOTE.zh}",
            f"Standard: {given.standard:g} m² per 100 households; a candidate's whole area goes to "
            f"the community that it serves. {coverage.NOTE.en}",
        )

    def best(self, wish: "Wish", seconds: float) -> Solution:
        if wish.question == "cheapest":
            return model.cheapest(self.sites, self.short, seconds)
        return model.over_standard(self.sites, self.short, self.worth, wish.budget, seconds)

    def greedy(self, wish: "Wish") -> list[int]:
        if wish.question == "cheapest":
            return greedy.cheapest(self.sites, self.short)
        return greedy.over_standard(self.sites, self.short, self.worth, wish.budget)

    def newly(self, rows: Sequence[int]) -> float:
        return float(self.worth[self._over(self._added(rows))].sum())

    def changes(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        added = self._added(rows)
        over = self._over(added)
        return [
            _told(line)
            | {
                "before": line["per_100_households"],
                "after": _per_100(line, float(added[at])),
                "added_m2": float(added[at]),
                "missing_m2": max(0.0, float(self.short[at] - added[at])),
                "over": bool(over[at]),
            }
            for at, line in enumerate(self.lines)
            if added[at] > 0
        ]

    def _added(self, rows: Sequence[int]) -> Floats:
        some = np.asarray(rows, dtype=np.int64)
        areas = np.bincount(
            self.sites.community[some], self.sites.areas[some], minlength=len(self.lines)
        )
        return areas.astype(np.float64)

    def _over(self, added: Floats) -> "np.typing.NDArray[np.bool_]":
        short = np.nan_to_num(self.short)
        return np.asarray((short > 0) & (added >= short * (1 - model.GRAIN)), dtype=bool)

    def _beyond(self) -> "list[dict[str, Any]]":
        """Communities below the standard that all their candidates together leave below it."""
        offered = self._added(range(len(self.kept)))
        short = np.nan_to_num(self.short)
        left = np.flatnonzero((short > 0) & ~self._over(offered))
        return [
            _told(self.lines[row]) | {"missing_m2": float(short[row] - offered[row])}
            for row in left.tolist()
        ]


def _short(line: dict[str, Any]) -> float:
    """m² that a community lacks, NaN where it cannot be told."""
    if line["shortfall_m2"] is not None:
        return float(line["shortfall_m2"])
    return 0.0 if line["met"] else np.nan


def _told(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in ("code", "name", "households")}


def _per_100(line: dict[str, Any], added: float) -> float | None:
    have = line["per_100_households"]
    return None if have is None else have + added / line["households"] * 100
