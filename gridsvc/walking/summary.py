"""Questions about walking as people ask them: a type, a day, minutes; every type in one table."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.errors import BadField, BadInput
from gridsvc.snapshot import Snapshot
from gridsvc.walking import reach, services, walk
from gridsvc.walking.pressure import Pressure, two_steps
from gridsvc.walking.reach import Figures, Reach
from gridsvc.walking.themes import Asked
from gridsvc.walking.ways import BASES
from gridsvc.words import Words

MOST_MINUTES = 120
COUNTED = Words("计入标准的全部设施", "All facilities that count toward the standard")


class Question(NamedTuple):
    """A day, and how many minutes are within reach (None: as the district has set it)."""

    day: date
    minutes: float | None = None


class Line(NamedTuple):
    """One type: its code and name, how many are open, and whom they serve."""

    type: str
    name: Words
    open: int
    figures: Figures


class Summary(NamedTuple):
    lines: list[Line]
    basis: Words


def by_type(session: Session, facts: Snapshot, asked: Question, only: str | None = None) -> Summary:
    """Every type of facility in its order, those without a single open one included. BadField."""
    held, how = walk.current(session, facts), walk.pace(facts)
    names = services.types(session, facts.district)
    if only is not None:
        names = {only: services.named(session, facts.district, only)}
    standing = services.open_on(session, facts.district, asked.day)
    lines = []
    for code, name in names.items():
        mine = [one for one in standing if one.type == code]
        found = reach.measure(held, how, mine, _limit(facts, asked))
        lines.append(Line(code, name, len(mine), reach.figures(held, found)))
    return Summary(lines, BASES[held.ways.basis])


def reach_of(session: Session, facts: Snapshot, type_: str, asked: Question) -> tuple[Reach, Asked]:
    """The reach of a type's open facilities, and what was asked in words. BadField."""
    name = services.named(session, facts.district, type_)
    held, how, limit = walk.current(session, facts), walk.pace(facts), _limit(facts, asked)
    mine = [
        one for one in services.open_on(session, facts.district, asked.day) if one.type == type_
    ]
    return reach.measure(held, how, mine, limit), Asked(name, asked.day, how, limit)


def pressure_of(
    session: Session, facts: Snapshot, type_: str | None, asked: Question
) -> tuple[Pressure, Asked]:
    """Floor area against households within reach, of one type or of all that count. BadField."""
    held, how, limit = walk.current(session, facts), walk.pace(facts), _limit(facts, asked)
    standing = services.open_on(session, facts.district, asked.day)
    if type_ is None:
        name, wanted = COUNTED, services.counted(session, facts.district)
    else:
        name, wanted = services.named(session, facts.district, type_), {type_}
    mine = [one for one in standing if one.type in wanted]
    pairs = held.ways.pairs(held.places(mine), how.metres(limit))
    found = two_steps(pairs, services.areas(mine), held.homes.households)
    return found, Asked(name, asked.day, how, limit)


def _limit(facts: Snapshot, asked: Question) -> float:
    limit = walk.pace(facts).minutes if asked.minutes is None else asked.minutes
    if not 0 < limit <= MOST_MINUTES:
        raise BadField(field="minutes", want=f"0–{MOST_MINUTES}")
    return limit


def farthest(
    session: Session, facts: Snapshot, types: Sequence[str], day: date, level: int
) -> dict[str, float | None] | None:
    """Minutes that the farthest household of each unit of a level walks to the nearest open
    facility of the types, by code.

    Infinite where no way leads there; None where a household has no street near it, or nobody
    counted any. None altogether for a grid without homes.
    """
    try:
        held = walk.current(session, facts)
    except BadInput:
        return None
    how = walk.pace(facts)
    mine = [one for one in services.open_on(session, facts.district, day) if one.type in types]
    found = reach.measure(held, how, mine, how.minutes)
    lived_in = np.nan_to_num(held.homes.households) > 0
    units = held.homes.units(held.grid, level)
    here = lived_in & (units >= 0)
    rows, at = np.unique(units[here], return_inverse=True)
    longest, untold = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    np.maximum.at(longest, at, found.minutes[here])
    np.logical_or.at(untold, at, found.untold[here])
    return {
        held.grid.codes[row]: None if dark else minutes
        for row, minutes, dark in zip(rows.tolist(), longest.tolist(), untold.tolist(), strict=True)
    }
