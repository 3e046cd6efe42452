"""What a report is about, and how it speaks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from gridsvc import themeblocks, unitshapes
from gridsvc.documents.blocks import Map
from gridsvc.errors import Lang
from gridsvc.planning.ground import COMMUNITY, STREET
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District
from gridsvc.themes import Theme
from gridsvc.words import Words


class Subject(NamedTuple):
    """What the report is about: the whole district (`unit` None) or one street."""

    session: Session
    facts: Snapshot
    day: date
    now: datetime
    lang: Lang
    unit: str | None

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def words(self, words: Words) -> str:
        return words.say(self.lang)

    def joined(self, said: Sequence[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(said)

    def holds(self, code: str) -> bool:
        """Whether a unit belongs to the street."""
        grid = self.facts.grid
        return self.unit is None or self.unit in grid.chain_codes(grid.codes.row(code))


def within(about: Subject, theme: Theme) -> Theme:
    """Only the rows of the street."""
    kept = [row for row, one in enumerate(theme.rows) if about.holds(one["code"])]
    return theme._replace(rows=[theme.rows[row] for row in kept], shapes=theme.shapes[kept])


def drawn(about: Subject, theme: Theme) -> Map:
    """A theme with names: of the communities of a street, or of the streets of the district."""
    level = COMMUNITY if about.unit else STREET
    district = about.session.get_one(District, about.facts.district)
    units = unitshapes.of_level(about.session, about.facts, level)
    outlines: list[tuple[str, Any]] = [
        (name, shape)
        for code, name, shape in zip(units.codes, units.names, units.shapes, strict=True)
        if about.holds(code)
    ]
    return themeblocks.map_(theme, theme.shades[0], district.metric_srid, about.lang, outlines)
