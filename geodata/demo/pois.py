"""Schools, markets, gates and stops: where people say they are when they know no address."""

from typing import Any

import numpy as np
import pandas as pd

from geodata.demo.boundaries import LEVELS
from geodata.demo.chance import Floats, Ints, Shapes, points_inside, shares
from geodata.demo.folder import Folder, root_of
from geodata.demo.people import chinese_number

SPREAD = 0.5


def provide(
    folder: Folder,
    units: pd.DataFrame,
    shapes: Shapes,
    roads: dict[int, list[str]],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, Floats]:
    """Named places: name and unit_code, and their positions in metres.

    `shapes` are the compounds' outlines in their order, `roads` the roads that pass each. A place
    lies in a compound; what serves more than that compound belongs to its community.
    """
    compounds = units[units["level"] == LEVELS["compound"]].reset_index(drop=True)
    communities = units[units["level"] == LEVELS["community"]].set_index("code")["name"]
    busy = max(1.0, np.sqrt(len(compounds) / folder.district["compounds_per_60000_buildings"]))
    rows, chosen = [], []
    for kind in folder.places["pois"]:
        wanted = max(1, round(kind["per_community"] * len(communities) * busy))
        for place in _spread(wanted, compounds, rng):
            compound = compounds.iloc[place]
            community = communities[compound["parent_code"]]
            name = _name(folder, kind, (compound["name"], community), roads.get(place, []), rng)
            unit = compound["code"] if kind["unit"] == "compound" else compound["parent_code"]
            rows.append((name, unit))
            chosen.append(place)
    frame = pd.DataFrame(rows, columns=["name", "unit_code"])
    frame.insert(0, "place", chosen)
    # One name once in a unit: nobody could tell two of them apart.
    frame = frame.drop_duplicates(["name", "unit_code"], ignore_index=True)
    _, metres = points_inside(
        rng, shapes[frame["place"].to_numpy()], np.ones(len(frame), dtype=np.int64)
    )
    return frame.drop(columns="place"), metres


def _spread(wanted: int, compounds: pd.DataFrame, rng: np.random.Generator) -> Ints:
    """So many compounds, by chance, communities with few compounds not forgotten."""
    parents = compounds["parent_code"].to_numpy()
    _, community, held = np.unique(parents, return_inverse=True, return_counts=True)
    weight = (1 / held[community]) ** SPREAD * rng.lognormal(0, 0.3, len(parents))
    given = shares(wanted, weight * rng.exponential(1, len(parents)), least=0)
    return np.repeat(np.arange(len(parents)), given)


def _name(
    folder: Folder,
    kind: dict[str, Any],
    units: tuple[str, str],
    roads: list[str],
    rng: np.random.Generator,
) -> str:
    """A name by one of the kind's patterns; one that needs a road only where there is one."""
    words = folder.places
    patterns = [one for one in kind["names"] if roads or "{road}" not in one]
    compound, community = units

    def one(choices: Any) -> str:
        return str(choices[rng.integers(len(choices))])

    return one(patterns).format(
        community=root_of(community, words["unit_suffixes"][str(LEVELS["community"])]),
        compound=compound,
        road=one(roads) if roads else "",
        word=one(words["poi_words"]),
        surname=one(folder.words["surnames"]),
        side=one(words["sides"]),
        number=chinese_number(
            int(rng.integers(1, 20)), folder.words["numerals"], folder.words["ten"]
        ),
    )
