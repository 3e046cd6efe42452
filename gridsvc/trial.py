"""Run a table of responsibility over past cases: which of them would have gone elsewhere.

Cases that the rows cannot tell apart share one decision: they have the same category, the same of
those units that any row names, the same kind of community, and no row begins or ends between
their days. So a hundred thousand cases need a few thousand decisions.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row as Line
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import ruletables
from gridsvc.gridindex import COMMUNITY
from gridsvc.judge import answer
from gridsvc.permit import Account, check
from gridsvc.rulebook import Question
from gridsvc.rules.responsibility import Row, Table
from gridsvc.snapshot import Snapshot
from gridsvc.tables.rules import RuleTable

USUAL_DAYS, MOST_CASES = 90, 200_000

PAST = text("""
    SELECT case_no, category_code, chain, edition_no,
           CAST(opened_at AT TIME ZONE :zone AS date) AS day
    FROM case_
    WHERE district_code = :district AND opened_at >= :since AND opened_at < :until
    ORDER BY opened_at DESC, case_no DESC LIMIT :limit
""")

KINDS = text("""
    SELECT edition_no, code, kind FROM grid_unit
    WHERE district_code = :district AND level = :level AND kind IS NOT NULL
      AND edition_no = ANY(:editions)
""")

TEXTS = text("""
    SELECT case_no, text, ST_X(place) AS lon, ST_Y(place) AS lat FROM case_
    WHERE district_code = :district AND case_no = ANY(:cases)
""")


class Period(NamedTuple):
    """Which cases: opened from `since` to before `until`, the newest `limit` of them. `as_if`:
    the table is asked as though they had come on that day; else each on its own day."""

    since: datetime
    until: datetime
    limit: int = MOST_CASES
    as_if: date | None = None


class Changed(NamedTuple):
    """A case that would have gone elsewhere, and the row that decided then and would now.

    None: nobody answers. `by` is the table that answered on its day.
    """

    case: Line[Any]
    by: int | None
    before: Row | None
    after: Row | None

    @property
    def lead_moves(self) -> bool:
        """Whether another body leads, or only the supporting ones differ."""
        return _lead(self.before) != _lead(self.after)


class Trial(NamedTuple):
    """A table over past cases: how many were judged, and those that change, newest first.

    `decisions` is how many differing questions the cases came down to.
    """

    table: int
    period: Period
    cases: int
    decisions: int
    changed: list[Changed]

    def counts(self) -> dict[str, int]:
        """How many are judged and change: to another lead, from a lead to nobody, from nobody."""
        return {
            "cases": self.cases,
            "changed": len(self.changed),
            "leads": sum(bool(one.before and one.after and one.lead_moves) for one in self.changed),
            "lost": sum(one.after is None for one in self.changed),
            "found": sum(one.before is None for one in self.changed),
        }

    def flows(self) -> list[tuple[str | None, str | None, int]]:
        """From which lead to which, and how many cases, the most first."""
        pairs = ((_lead(one.before), _lead(one.after)) for one in self.changed)
        return [(old, new, count) for (old, new), count in Counter(pairs).most_common()]


def usual(now: datetime) -> Period:
    """The last 90 days (ours)."""
    return Period(now - timedelta(days=USUAL_DAYS), now)


def last(session: Session, district: str, no: int) -> Period | None:
    """The period over which the table was tried last."""
    head = session.get(RuleTable, (district, no))
    if head is None or head.tried is None:
        return None
    said, as_if = head.tried, head.tried["as_if"]
    since, until = (datetime.fromisoformat(said[name]) for name in ("since", "until"))
    return Period(since, until, as_if=as_if and date.fromisoformat(as_if))


def run(session: Session, facts: Snapshot, table: Table, period: Period) -> Trial:
    """Judge past cases by the tables of their days and by this one. Nothing is written."""
    zone = facts.rules.calendar.zone.key
    asked = {"district": facts.district, "zone": zone, "limit": min(period.limit, MOST_CASES)}
    values = asked | {"since": period.since, "until": period.until}
    past = session.execute(PAST, values).all()
    kinds = _kinds(session, facts, {case.edition_no for case in past})
    after = _Decider(facts, (table._replace(holds_from=None),), kinds)
    before = _Decider(facts, facts.rules.tables, kinds)
    changed: list[Changed] = []
    for case in past:
        by, old = before.ask(case, case.day)
        _, new = after.ask(case, period.as_if or case.day)
        if (old and old.answer) != (new and new.answer):
            changed.append(Changed(case, by, old, new))
    decisions = len(before.known) + len(after.known)
    return Trial(table.no, period, len(past), decisions, changed)


def record(
    session: Session, account: Account, facts: Snapshot, no: int, period: Period, now: datetime
) -> Trial:
    """Try a staged table and write down that it was tried, and what came of it.

    Raises NotPermitted, UnknownTable.
    """
    check(account, "rules.stage")
    found = run(session, facts, ruletables.read(session, account.district, no), period)
    head = session.get_one(RuleTable, (account.district, no), with_for_update=True)
    head.tried = found.counts() | {
        "at": now,
        "by": account.name,
        "since": period.since,
        "until": period.until,
        "as_if": period.as_if,
        "rulebook": facts.rules.no,
    }
    session.flush()
    return found


def texts(session: Session, facts: Snapshot, changed: Sequence[Changed]) -> dict[str, Line[Any]]:
    """What the cases say and where they lie, by their numbers."""
    cases = [one.case.case_no for one in changed]
    rows = session.execute(TEXTS, {"district": facts.district, "cases": cases})
    return {row.case_no: row for row in rows}


class _Decider:
    """Asks the tables for cases, each differing question once."""

    def __init__(
        self, facts: Snapshot, tables: tuple[Table, ...], kinds: dict[tuple[int, str], str]
    ) -> None:
        rows = [row for table in tables for row in table.rows]
        self.facts, self.kinds = facts._replace(rules=facts.rules._replace(tables=tables)), kinds
        admitted = facts.rules.admitted
        self.named = {row.unit for row in rows} | {item.unit for item in admitted}
        begins = {row.valid_from for row in rows if row.valid_from}
        begins |= {table.holds_from for table in tables if table.holds_from}
        begins |= {row.valid_to + timedelta(1) for row in rows if row.valid_to}
        begins |= {item.starts for item in admitted}
        begins |= {item.ends + timedelta(1) for item in admitted if item.ends}
        self.turns = sorted(begins)
        self.known: dict[Any, tuple[int | None, Row | None]] = {}

    def ask(self, case: Line[Any], day: date) -> tuple[int | None, Row | None]:
        """The table that answers and the row that wins."""
        chain = [code for code in case.chain if code in self.named]
        kinds = (self.kinds.get((case.edition_no, code)) for code in case.chain)
        kind = next(filter(None, kinds), None)
        turn = bisect_right(self.turns, day)
        key = (case.category_code, *chain, kind, turn, not case.chain)
        if key not in self.known:
            self.known[key] = self._decide(case, kind, day)
        return self.known[key]

    def _decide(
        self, case: Line[Any], kind: str | None, day: date
    ) -> tuple[int | None, Row | None]:
        rules = self.facts.rules
        table = rules.table(day)
        # A category that is gone is asked like none.
        known = rules.categories.get(case.category_code or "")
        code, whistle = (known.code, known.kind) if known else (None, None)
        line = answer(rules, table, Question(code, whistle, case.chain, kind, day))
        return table and table.no, line.row


def _lead(row: Row | None) -> str | None:
    return row.lead if row else None


def _kinds(session: Session, facts: Snapshot, editions: set[int]) -> dict[tuple[int, str], str]:
    """The kinds of communities in the editions the cases were judged by."""
    asked = {"district": facts.district, "level": COMMUNITY, "editions": list(editions)}
    return {(row.edition_no, row.code): row.kind for row in session.execute(KINDS, asked)}
