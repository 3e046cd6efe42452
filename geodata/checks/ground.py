"""The linked grid as the checks look at it, and what a district expects of it."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pydantic import BaseModel, ConfigDict

from geodata import projecting
from geodata.chains import Chains, Rows, Shapes

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Expectations(BaseModel):
    """What a district expects of its grid; a recipe may set each of these.

    Ground counts as an overlap, a gap or an overhang from `area_m2` on, unless it is narrower
    than `register_m` in the mean: outlines of different registers differ by such threads.
    A part of a unit narrower than `sliver_m` is a sliver. Mean width is 2 · area / perimeter.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Levels whose units together fill the units above them.
    filled_by: tuple[int, ...] = (2, 3)
    # Levels at which every unit has a number of households.
    households: tuple[int, ...] = ()
    area_m2: float = 0.01
    register_m: float = 0.0
    sliver_m: float = 0.3
    # How far a grid in an unnoticed Chinese datum lies from where it belongs.
    datum_shift_m: tuple[float, float] = (300.0, 700.0)


class Ground(NamedTuple):
    """n linked units: their rows, shapes in degrees and metres (n,), chains and direct parents.

    `levels` and `codes` are the columns of `units` as arrays (n,).
    """

    units: pd.DataFrame
    levels: npt.NDArray[np.int64]
    codes: npt.NDArray[Any]
    degrees: Shapes
    metres: Shapes
    chains: Chains
    parents: Rows
    metric_srid: int
    expected: Expectations

    def named(self, row: int) -> str:
        """A unit as people speak of it: “名称”（编码）."""
        return f"“{self.units['name'].iloc[row]}”（{self.units['code'].iloc[row]}）"

    def called(self, row: int) -> str:
        """The same in English: name (code)."""
        return f"{self.units['name'].iloc[row]} ({self.units['code'].iloc[row]})"

    def place(self, metres: Any) -> Any:
        """A shape measured in metres, back in degrees, so that it can be drawn."""
        return projecting.to_degrees(np.array([metres], dtype=object), self.metric_srid)[0]

    def counts(self, metres: Shapes) -> Flags:
        """Which pieces of ground (n,) are more than rounding and register threads."""
        return (shapely.area(metres) >= self.expected.area_m2) & (
            mean_width(metres) >= self.expected.register_m
        )


def survey(
    units: pd.DataFrame,
    degrees: Shapes,
    chains: Chains,
    metric_srid: int,
    expected: Expectations,
) -> Ground:
    """The linked units laid flat in the district's metric CRS."""
    metres = projecting.to_metres(degrees, metric_srid)
    levels, codes = units["level"].to_numpy(np.int64), units["code"].to_numpy(object)
    parents = chains.parents()
    return Ground(units, levels, codes, degrees, metres, chains, parents, metric_srid, expected)


def mean_width(shapes: Shapes) -> Floats:
    """2 · area / perimeter of each shape (n,): exact for a long strip, 0 for what has no area."""
    round_ = shapely.length(shapes)
    return np.divide(2 * shapely.area(shapes), round_, out=np.zeros(len(shapes)), where=round_ > 0)
