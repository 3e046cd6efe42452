"""Units by the names they had in the edition that a case was judged by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.geo import UnitName
from gridsvc.snapshot import Snapshot

FORMER = text("""
    SELECT edition_no, code, level, name FROM grid_unit
    WHERE district_code = :district AND edition_no = ANY(:editions) AND code = ANY(:codes)
""")


class Names:
    """Names of units: those of the current edition from memory, others as they were read."""

    def __init__(self, facts: Snapshot, former: Mapping[tuple[int, str], UnitName]) -> None:
        self.facts, self.former = facts, former

    def unit(self, edition: int, code: str) -> UnitName:
        """The unit as that edition names it; a code that nobody knows stands for itself."""
        known = self.former.get((edition, code))
        if known is None and edition == self.facts.grid.edition:
            known = self.facts.grid.unit(code)
        return known or UnitName(0, code, code)

    def chain(self, edition: int, codes: Sequence[str]) -> list[dict[str, Any]]:
        """A chain as it is told."""
        return [self.unit(edition, code)._asdict() for code in codes]


def read(session: Session, facts: Snapshot, wanted: Iterable[tuple[int, Sequence[str]]]) -> Names:
    """Names for chains, each with its edition: one statement if any edition is not current."""
    others = [(edition, codes) for edition, codes in wanted if edition != facts.grid.edition]
    if not others:
        return Names(facts, {})
    values = {
        "district": facts.district,
        "editions": list({edition for edition, _ in others}),
        "codes": list({code for _, codes in others for code in codes}),
    }
    rows = session.execute(FORMER, values)
    return Names(
        facts, {(row.edition_no, row.code): UnitName(row.level, row.code, row.name) for row in rows}
    )
