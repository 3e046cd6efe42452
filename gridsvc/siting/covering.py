"""Households within reach of a type of facility on foot, and those that sites would add."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.gridindex import COMMUNITY
from gridsvc.siting import greedy, model
from gridsvc.siting.candidates import Kept
from gridsvc.siting.model import Floats, Ints, Solution
from gridsvc.snapshot import Snapshot
from gridsvc.walking import summary, themes, walk

if TYPE_CHECKING:
    from gridsvc.siting.plans import Wish


class Covering:
    """The homes that each candidate would newly bring within reach."""

    def __init__(
        self,
        session: Session,
        facts: Snapshot,
        kept: list[Kept],
        type_: str,
        day: date,
        minutes: float | None,
    ) -> None:
        found, asked = summary.reach_of(session, facts, type_, summary.Question(day, minutes))
        self.walk = walk.current(session, facts)
        homes = self.walk.homes
        places = self.walk.metres(
            np.array([one.site.lon for one in kept], dtype=float),
            np.array([one.site.lat for one in kept], dtype=float),
        )
        apart = self.walk.ways.apart(places)
        self.kept = [one for one, far in zip(kept, apart.tolist(), strict=True) if not far]
        self.left_out = [one.site.code for one, far in zip(kept, apart, strict=True) if far]
        self.costs: Floats = np.array([one.site.cost for one in self.kept], dtype=float)
        self.worth: Floats = np.nan_to_num(homes.households)
        self.reached = self._reached(places[~apart], asked.pace.metres(asked.limit), found.reached)
        told = ~found.untold
        self.households = float(self.worth[told].sum())
        self.before = float(self.worth[found.reached].sum())
        self.units = homes.units(self.walk.grid, COMMUNITY)
        self.unserved = found.unserved
        anybody = np.zeros(len(self.worth), dtype=bool)
        for rows in self.reached:
            anybody[rows] = True
        self.beyond = self._by_community(np.flatnonzero(self.unserved & ~anybody), "missing")
        self.untold = self._by_community(np.flatnonzero(found.untold), "untold")
        self.note = themes.note(self.walk, asked)

    def best(self, wish: "Wish", seconds: float) -> Solution:
        return model.covering(self.reached, self.worth, self.costs, wish.budget, seconds)

    def greedy(self, wish: "Wish") -> list[int]:
        return greedy.covering(self.reached, self.worth, self.costs, wish.budget)

    def newly(self, rows: Sequence[int]) -> float:
        return float(self.worth[self._served(rows)].sum())

    def changes(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        return self._by_community(self._served(rows), "added")

    def _served(self, rows: Sequence[int]) -> Ints:
        return np.unique(
            np.concatenate([np.empty(0, dtype=np.int64), *(self.reached[row] for row in rows)])
        ).astype(np.int64)

    def _reached(self, places: Floats, limit: float, already: Any) -> list[Ints]:
        """For each candidate the homes that it reaches and that nothing reaches yet."""
        found: list[Ints] = [np.empty(0, dtype=np.int64)] * len(places)
        for some in self.walk.ways.pairs(places, limit):
            fresh = ~already[some.home]
            place, home = some.place[fresh], some.home[fresh]
            for row in np.unique(place).tolist():
                found[row] = home[place == row]
        return found

    def _by_community(self, homes: Ints, what: str) -> list[dict[str, Any]]:
        """Households of some homes by community, the most first."""
        units = self.units[homes]
        homes, units = homes[units >= 0], units[units >= 0]
        rows, at = np.unique(units, return_inverse=True)
        sums = np.bincount(at.reshape(-1), self.worth[homes], minlength=len(rows))
        grid = self.walk.grid
        told = [
            {"code": grid.codes[row], "name": grid.names[row], what: round(some)}
            for row, some in zip(rows.tolist(), sums.tolist(), strict=True)
            if some > 0
        ]
        return sorted(told, key=lambda one: (-one[what], one["code"]))
