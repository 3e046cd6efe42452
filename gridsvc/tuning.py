"""What a district may set itself: working hours, days, limits, supervision, precedence, settings.

A table is changed as a whole: all its rows are checked, what differs is written, and every row that
was added, changed or taken away goes into a log that is never changed. Clocks that run keep the
figures they started with (`case_clock`); what begins from now on reads the new rows.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from gridsvc import changelog, snapshot, tuned
from gridsvc.changelog import Differing, plain
from gridsvc.db import Base
from gridsvc.errors import RulebookMovedOn, UnknownDistrict
from gridsvc.permit import Account, check
from gridsvc.rulebook import Rulebook
from gridsvc.ruletables import Fault, refuse
from gridsvc.tables.catalogue import CalendarDay, OpeningHours, Setting, Supervision, TimeLimit
from gridsvc.tables.grid import District
from gridsvc.tables.rules import Precedence
from gridsvc.tuned import SUBJECTS, Row

TABLES: dict[str, type[Base]] = {
    "hours": OpeningHours,
    "days": CalendarDay,
    "limits": TimeLimit,
    "supervision": Supervision,
    "precedence": Precedence,
    "settings": Setting,
}


class Tuning(NamedTuple):
    """Every table as it holds now, and the number of the rulebook it was read with."""

    rulebook: int
    tables: dict[str, list[Row]]


def read(session: Session, rules: Rulebook) -> Tuning:
    """What holds now; where the district has no rows of its own, what ships."""
    return Tuning(rules.no, {subject: rows(session, rules, subject) for subject in SUBJECTS})


def rows(session: Session, rules: Rulebook, subject: str) -> list[Row]:
    """The rows of one table that hold now, in their order."""
    table, fields = TABLES[subject], SUBJECTS[subject].fields
    owned = select(table).where(table.__table__.c.district_code == rules.district)
    own = [
        {name: getattr(row, name) for name in fields}
        for row in session.scalars(owned.order_by(*table.__table__.primary_key))
    ]
    return tuned.effective(subject, own)


class Wish(NamedTuple):
    """The rows that shall hold, why, and the rulebook they were changed by. `lines`: where each row
    stands in the file that it came from."""

    rows: Sequence[Row]
    rulebook: int
    reason: str
    lines: Sequence[int] | None = None


def replace(session: Session, account: Account, subject: str, wish: Wish, now: datetime) -> int:
    """Let these rows hold instead of the present ones; returns how many differ.

    Raises NotPermitted, RulebookMovedOn when something was changed since that rulebook, and
    TableRefused with line, column and reason of every cell that does not fit; then nothing was
    written.
    """
    check(account, "settings.change")
    district = session.get(
        District, account.district, with_for_update={"key_share": True}, populate_existing=True
    )
    if district is None:
        raise UnknownDistrict(code=account.district)
    if district.rulebook_no != wish.rulebook:
        raise RulebookMovedOn()
    rules = snapshot.rules(session, account.district)
    wanted = wish.rows
    numbers = wish.lines or range(1, len(wanted) + 1)
    faults = list(tuned.faults(subject, wanted, list(numbers), rules))
    if faults:
        raise refuse([Fault(*fault) for fault in faults], SUBJECTS[subject].columns)
    changed = list(differing(subject, rows(session, rules, subject), wanted))
    if not changed:
        return 0
    table = TABLES[subject]
    session.execute(delete(table).where(table.__table__.c.district_code == account.district))
    if wanted:
        session.execute(
            insert(table), [{"district_code": account.district, **row} for row in wanted]
        )
    changelog.log(session, account, subject, changed, wish.reason.strip(), now)
    district.rulebook_no += 1
    session.flush()
    return len(changed)


def differing(subject: str, before: Iterable[Row], after: Iterable[Row]) -> Iterable[Differing]:
    """Each key with its row before and after, where they are not equal."""
    key = SUBJECTS[subject].key
    old, new = ({_key(key, row): row for row in side} for side in (before, after))
    for one in sorted(old.keys() | new.keys()):
        if old.get(one) != new.get(one):
            yield one, old.get(one), new.get(one)


def _key(names: Sequence[str], row: Row) -> str:
    return " ".join(plain(row[name]) for name in names)
