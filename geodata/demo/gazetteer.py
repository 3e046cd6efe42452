"""What a name can mean in a generated district: units, house numbers and named places by name."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from geodata.demo.boundaries import LEVELS
from geodata.demo.folder import Folder, root_of

# Near enough for a reach of some metres at any latitude where the district may lie.
DEGREES_PER_M = 1 / 100_000
LEAST_LETTERS = 3


class Named(NamedTuple):
    """One named place: the unit it belongs to, and where it is."""

    unit: str
    point: Any


class Gazetteer:
    """Everything that can be named, each name with all that it may mean."""

    def __init__(
        self, folder: Folder, units: gpd.GeoDataFrame, points: pd.DataFrame, names: gpd.GeoDataFrame
    ) -> None:
        self.parent: dict[str, str] = dict(zip(units["code"], units["parent_code"], strict=True))
        self.level: dict[str, int] = dict(zip(units["code"], units["level"], strict=True))
        self.name: dict[str, str] = dict(zip(units["code"], units["name"], strict=True))
        self.shape = dict(zip(units["code"], units.geometry, strict=True))
        self.shorter: dict[str, str] = {}
        self.areas: dict[str, set[str]] = defaultdict(set)
        self.former: dict[str, list[str]] = defaultdict(list)
        self.popular: dict[str, list[str]] = defaultdict(list)
        self.named: dict[str, list[Named]] = defaultdict(list)
        self.buildings: dict[str, dict[str, str]] = defaultdict(dict)
        self._read_units(folder, units)
        self._read_names(names)
        self._read_points(points)
        self._communities = units[units["level"] == LEVELS["community"]]
        self._tree = shapely.STRtree(self._communities.geometry.to_numpy())
        self._known = {*self.areas, *self.named, *self.roads}
        self._names = sorted(self._known)
        self._by_length = _by_length(self._known)

    def chain(self, code: str) -> list[str]:
        """The unit and all above it, from the unit upwards."""
        found: list[str] = []
        while isinstance(code, str):
            found.append(code)
            code = self.parent[code]
        return found

    def above(self, code: str, level: int) -> str | None:
        """The unit of that level that holds the unit, itself included; None where none does."""
        return next((one for one in self.chain(code) if self.level[one] == level), None)

    def communities_near(self, shape: Any, metres: float) -> list[str]:
        """The communities that reach within so many metres of the shape (degrees)."""
        rows = self._tree.query(shape, "dwithin", distance=metres * DEGREES_PER_M)
        return sorted(self._communities["code"].iloc[rows])

    def similar(self, name: str, differing: int) -> list[str]:
        """The known names of the same length that differ in at most so many characters."""
        known, letters = self._by_length.get(len(name), ([], np.empty((0, len(name)))))
        unlike = (letters != np.array(list(name))).sum(axis=1)
        return [known[row] for row in np.flatnonzero(unlike <= differing)]

    def beginning(self, start: str) -> set[str]:
        """The compounds with any name that begins so."""
        return {
            code
            for name, codes in self.areas.items()
            if name.startswith(start)
            for code in codes
            if self.level[code] == LEVELS["compound"]
        }

    def stretches(self, road: str) -> list[str]:
        """The road itself and its parts: 中段 and the like behind its name."""
        return [
            name for name in self.roads if name == road or (name[:-2] == road and name[-1] == "段")
        ]

    def close(self, name: str, edits: int) -> list[str]:
        """The known names that so many letters put in, left out or changed make of this one."""
        found = process.extract(
            name, self._names, scorer=Levenshtein.distance, score_cutoff=edits, limit=None
        )
        return [one for one, _, _ in found]

    def read_in(self, text: str) -> set[str]:
        """The known names of at least LEAST_LETTERS characters that stand in the text."""
        longest = max(self._by_length)
        return {
            text[start:end]
            for start in range(len(text))
            for end in range(start + LEAST_LETTERS, min(len(text), start + longest) + 1)
            if text[start:end] in self._known
        }

    def _read_units(self, folder: Folder, units: gpd.GeoDataFrame) -> None:
        suffixes = folder.places["unit_suffixes"]
        for code, name, level in zip(units["code"], units["name"], units["level"], strict=True):
            if level == LEVELS["building"]:
                number = "".join(one for one in name if one.isdigit())
                self.buildings[self.parent[code]][number] = code
                continue
            self.areas[name].add(code)
            if level < LEVELS["compound"]:
                self.shorter[code] = root_of(name, suffixes[str(level)])
                self.areas[self.shorter[code]].add(code)

    def _read_names(self, names: gpd.GeoDataFrame) -> None:
        for kind, name, code, ended, point in zip(
            names["kind"],
            names["name"],
            names["unit_code"],
            names["valid_to"].notna(),
            names.geometry,
            strict=True,
        ):
            if kind == "poi":
                self.named[name].append(Named(code, point))
            elif self.level[code] == LEVELS["building"]:
                self.buildings[self.parent[code]][name] = code
            else:
                self.areas[name].add(code)
                (self.former if ended else self.popular)[code].append(name)

    def _read_points(self, points: pd.DataFrame) -> None:
        self.houses: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.roads: dict[str, set[str]] = defaultdict(set)
        self.plates: list[tuple[str, str, str]] = list(
            zip(points["road"], points["house_number"], points["unit_code"], strict=True)
        )
        for road, plate, code in self.plates:
            self.houses[road, plate].append(code)
            self.roads[road].add(self.parent[self.parent[code]])


def _by_length(names: Iterable[str]) -> dict[int, tuple[list[str], npt.NDArray[np.str_]]]:
    found: dict[int, list[str]] = defaultdict(list)
    for name in sorted(set(names)):
        found[len(name)].append(name)
    return {
        length: (known, np.array([list(name) for name in known])) for length, known in found.items()
    }
