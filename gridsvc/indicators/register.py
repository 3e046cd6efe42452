"""Indicators by year and scope: what was entered, by whom, and what stood there before.

Entries are only ever added. An indicator without an entry has none: an empty cell is never zero.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from gridsvc.errors import BadField, UnknownIndicator
from gridsvc.permit import Account, check
from gridsvc.snapshot import Snapshot
from gridsvc.tables.indicators import Indicator, IndicatorValue

SCOPES = ("city", "district")
PARTS = ("current", "target")
LONGEST = 100
FIRST_YEAR, LAST_YEAR = 1990, 2100

ANSWERING = text("""
    SELECT DISTINCT ON (indicator_code, scope, part) * FROM indicator_value
    WHERE district_code = :district AND year = :year
    ORDER BY indicator_code, scope, part, no DESC
""")


class Entry(NamedTuple):
    """A value as it is handed in. `behind` is what a computed one was counted from."""

    indicator: str
    year: int
    scope: str
    part: str
    value: str | None
    uncertain: bool = False
    note: str | None = None
    behind: dict[str, Any] | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.indicator, self.scope, self.part


def catalogue(session: Session, district: str) -> Sequence[Indicator]:
    """The indicators of the district in their order."""
    owned = select(Indicator).where(Indicator.district_code == district)
    return session.scalars(owned.order_by(Indicator.no)).all()


def answering(
    session: Session, district: str, year: int
) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The newest entry of each indicator, scope and part; none where it was taken back."""
    rows = session.execute(ANSWERING, {"district": district, "year": year})
    return {
        (row.indicator_code, row.scope, row.part): dict(row._mapping)
        for row in rows
        if row.value is not None
    }


def history(session: Session, district: str, code: str) -> Sequence[IndicatorValue]:
    """Every entry of an indicator, the newest first. Raises UnknownIndicator."""
    if session.get(Indicator, (district, code)) is None:
        raise UnknownIndicator(indicator=code)
    owned = IndicatorValue.district_code == district, IndicatorValue.indicator_code == code
    return session.scalars(
        select(IndicatorValue).where(*owned).order_by(IndicatorValue.no.desc())
    ).all()


def enter(
    session: Session,
    facts: Snapshot,
    account: Account,
    entries: Iterable[Entry],
    origin: str,
    now: datetime,
) -> int:
    """Add entries that say something new; returns how many. Whole or not at all.

    Raises NotPermitted, UnknownIndicator, BadField.
    """
    check(account, "indicator.write")
    wanted = [fit(facts, entry) for entry in entries]
    known = {one.code for one in catalogue(session, account.district)}
    held: dict[int, dict[tuple[str, str, str], dict[str, Any]]] = {}
    added = 0
    for entry in wanted:
        if entry.indicator not in known:
            raise UnknownIndicator(indicator=entry.indicator)
        if entry.year not in held:
            held[entry.year] = answering(session, account.district, entry.year)
        if _same(held[entry.year].get(entry.key), entry, origin):
            continue
        session.add(_row(account, entry, origin, now))
        added += 1
    session.flush()
    return added


def fit(facts: Snapshot, entry: Entry) -> Entry:
    """The entry with its value trimmed, or BadField for a scope, part, year or value that is
    none."""
    if entry.scope not in SCOPES and facts.grid.unit(entry.scope) is None:
        raise BadField(field="scope", want="city, district, unit")
    if entry.part not in PARTS:
        raise BadField(field="part", want=", ".join(PARTS))
    if not FIRST_YEAR <= entry.year <= LAST_YEAR:
        raise BadField(field="year", want=f"{FIRST_YEAR}-{LAST_YEAR}")
    value = (entry.value or "").strip() or None
    if value and len(value) > LONGEST:
        raise BadField(field="value", want=f"<= {LONGEST}")
    return entry._replace(value=value)


def number(value: str | None) -> float | None:
    """The value as a number where it is a plain one; 大于60 is none."""
    try:
        read = float((value or "").replace(",", ""))
    except ValueError:
        return None
    return read if abs(read) < 1e15 else None


def _same(held: dict[str, Any] | None, entry: Entry, origin: str) -> bool:
    if held is None:
        return entry.value is None
    told = held["value"], held["uncertain"], held["note"], held["behind"]
    return told == (entry.value, entry.uncertain, entry.note, entry.behind) and (
        held["origin"] == origin or origin == "xlsx"
    )


def _row(account: Account, entry: Entry, origin: str, now: datetime) -> IndicatorValue:
    return IndicatorValue(
        district_code=account.district,
        indicator_code=entry.indicator,
        year=entry.year,
        scope=entry.scope,
        part=entry.part,
        value=entry.value,
        number=number(entry.value),
        uncertain=entry.uncertain,
        note=entry.note,
        origin=origin,
        behind=entry.behind,
        entered_by=account.name,
        entered_at=now,
    )
