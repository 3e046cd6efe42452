"""Tables of responsibility: what has been handed in, what is wrong with it, and which one answers.

A table is staged, tried over past cases (see trial), and published with the day from which it
holds. What is staged answers nothing, what is published never changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row as Line
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from gridsvc.errors import (
    BadInput,
    TablePublished,
    TableRefused,
    TableUnsound,
    TableUntried,
    UnknownDistrict,
    UnknownTable,
)
from gridsvc.gridindex import COMMUNITY
from gridsvc.permit import Account, check
from gridsvc.rulereader import row_of
from gridsvc.rules import committee, responsibility
from gridsvc.rules.orphans import Claim, Ground, Orphan, orphans
from gridsvc.rules.responsibility import Row, Table
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District
from gridsvc.tables.rules import Responsibility, RuleTable
from gridsvc.words import Words

# The columns of a table as people read them.
COLUMNS = {
    "no": Words("序号", "No."),
    "category": Words("类别", "Category"),
    "unit": Words("网格单元", "Unit"),
    "community_kind": Words("社区类型", "Kind of community"),
    "lead": Words("牵头部门", "Lead"),
    "supporting": Words("配合部门", "Supporting"),
    "valid_from": Words("起始日期", "From"),
    "valid_to": Words("截止日期", "To"),
    "basis": Words("依据", "Basis"),
    "conditions": Words("经费与条件", "Funds and conditions"),
}
MOST_ROWS = 20_000
# Whoever has more mends these first.
MOST_FAULTS = 50
MOST_NAMED = 3

HEADS = text("""
    SELECT held.*, (SELECT count(*) FROM responsibility row
                    WHERE row.district_code = held.district_code AND row.table_no = held.no) AS rows
    FROM rule_table held WHERE held.district_code = :district ORDER BY held.no DESC
""")

# Children that cover 99 % of a unit leave no ground that a report could mean.
GROUNDS = text("""
    WITH unit AS MATERIALIZED (
        SELECT code, level, kind, area_m2, chain[cardinality(chain) - 1] AS parent
        FROM grid_unit WHERE district_code = :district AND edition_no = :edition
    ), below AS (
        SELECT parent, sum(area_m2) AS area_m2 FROM unit GROUP BY parent
    )
    SELECT unit.code, unit.parent, CASE WHEN unit.level = :community THEN unit.kind END AS kind,
           coalesce(below.area_m2 < 0.99 * unit.area_m2, true) AS ends
    FROM unit LEFT JOIN below ON below.parent = unit.code
    ORDER BY unit.level, unit.code
""")


class Fault(NamedTuple):
    """What is wrong with one cell: the row's line in the file, the column, and why."""

    line: int
    column: str
    text: Words

    def out(self, columns: Mapping[str, Words]) -> dict[str, Any]:
        """The fault in words; `columns` are what the codes of columns are called."""
        head = columns.get(self.column, Words(self.column, self.column))
        return {
            "line": self.line,
            "column": self.column,
            "zh": f"第{self.line}行“{head.zh}”：{self.text.zh}",
            "en": f"line {self.line}, {head.en}: {self.text.en}",
        }


class Draft(NamedTuple):
    """A table as it was handed in; `lines` are the rows' places in the file."""

    title: str
    note: str | None
    rows: Sequence[Row]
    lines: Sequence[int]


class Publication(NamedTuple):
    """From which day a table shall hold, and why."""

    holds_from: date
    reason: str


class Head(NamedTuple):
    """A table without its rows. `state` is staged, waiting, answering or former."""

    line: Line[Any]
    state: str


def refuse(faults: Sequence[Fault], columns: Mapping[str, Words] = COLUMNS) -> TableRefused:
    """The error that tells of all faults."""
    told = [fault.out(columns) for fault in faults[:MOST_FAULTS]]
    return TableRefused(count=len(faults), faults=told)


def stage(session: Session, facts: Snapshot, account: Account, draft: Draft, now: datetime) -> int:
    """Keep the table for being tried; returns its number. Nothing that answers changes.

    Raises NotPermitted, TableRefused; then nothing was written.
    """
    check(account, "rules.stage")
    faults = list(faults_of(facts, draft, now))
    if faults:
        raise refuse(faults)
    _lock(session, account.district)
    owned = select(func.max(RuleTable.no)).where(RuleTable.district_code == account.district)
    no = (session.scalar(owned) or 0) + 1
    session.add(
        RuleTable(
            district_code=account.district,
            no=no,
            title=draft.title,
            note=draft.note,
            staged_by=account.name,
            staged_at=now,
        )
    )
    session.flush()
    if draft.rows:
        rows = [_stored(account.district, no, row) for row in draft.rows]
        session.execute(insert(Responsibility), rows)
    return no


def publish(
    session: Session, facts: Snapshot, account: Account, no: int, wish: Publication, now: datetime
) -> None:
    """Let the table answer from a day on, today or later.

    Raises NotPermitted, UnknownTable, TablePublished; TableUntried if it was not tried by the
    rulebook of now, TableUnsound for contradictions, TableRefused if the district has changed
    so that rows no longer fit, BadInput for a day that is past. Then nothing is changed.
    """
    check(account, "rules.publish")
    district = _lock(session, account.district)
    head = session.get(RuleTable, (account.district, no), populate_existing=True)
    if head is None:
        raise UnknownTable(table=no)
    if head.published_at is not None:
        raise TablePublished(table=no)
    if head.tried is None or head.tried["rulebook"] != district.rulebook_no:
        raise TableUntried(table=no)
    table = read(session, account.district, no)
    lines = [row.no for row in table.rows]
    if faults := list(faults_of(facts, Draft(head.title, None, table.rows, lines), now)):
        raise refuse(faults)
    if found := responsibility.contradictions(table.rows):
        raise TableUnsound(table=no, count=len(found))
    if wish.holds_from < _today(facts, now):
        raise BadInput(
            zh="执行日期不能早于今天：已作出的决定不能改变。没有发布。",
            en="A table cannot hold from a day that is past. Nothing was published.",
        )
    head.published_by, head.published_at = account.name, now
    head.holds_from, head.reason = wish.holds_from, wish.reason
    district.rulebook_no += 1
    session.flush()


def listed(session: Session, facts: Snapshot, now: datetime) -> list[Head]:
    """All tables of the district, the newest first."""
    answers = facts.rules.table(_today(facts, now))
    today = _today(facts, now)

    def state(line: Line[Any]) -> str:
        if line.published_at is None:
            return "staged"
        if answers and line.no == answers.no:
            return "answering"
        return "waiting" if line.holds_from and line.holds_from > today else "former"

    lines = session.execute(HEADS, {"district": facts.district})
    return [Head(line, state(line)) for line in lines]


def read(session: Session, district: str, no: int) -> Table:
    """The table with its rows, whether published or not. Raises UnknownTable."""
    head = session.get(RuleTable, (district, no))
    if head is None:
        raise UnknownTable(table=no)
    rows = select(Responsibility).where(
        Responsibility.district_code == district, Responsibility.table_no == no
    )
    kept = map(row_of, session.scalars(rows.order_by(Responsibility.no)))
    return responsibility.table(no, head.title, head.holds_from, kept)


def gaps(session: Session, facts: Snapshot, table: Table, day: date) -> list[Orphan]:
    """Every category and the units of the answering edition in which nobody answers that day."""
    asked = {
        "district": facts.district,
        "edition": facts.grid.edition,
        "community": COMMUNITY,
    }
    grounds = [Ground(*row) for row in session.execute(GROUNDS, asked)]
    claims = (
        Claim(row.category, row.unit, row.community_kind) for row in table.rows if row.holds(day)
    )
    lineages = {code: facts.rules.lineage(code) for code in facts.rules.categories}
    return orphans(claims, lineages, grounds)


def faults_of(facts: Snapshot, draft: Draft, now: datetime) -> Iterator[Fault]:
    """Everything that does not fit the district: each cell with the reason."""
    today = _today(facts, now)
    numbers: set[int] = set()
    for line, row in zip(draft.lines, draft.rows, strict=True):
        for column, words in _row_faults(facts, row, today):
            yield Fault(line, column, words)
        if row.no in numbers:
            yield Fault(line, "no", Words(f"序号{row.no}重复", f"number {row.no} twice"))
        numbers.add(row.no)


def _row_faults(facts: Snapshot, row: Row, today: date) -> Iterator[tuple[str, Words]]:
    rules = facts.rules
    if row.category is not None and row.category not in rules.categories:
        yield "category", _none_such("类别", "category", row.category)
    if row.unit is not None and facts.grid.unit(row.unit) is None:
        yield "unit", _none_such("网格单元", "unit", row.unit)
    kinds = rules.terms.get("community_kind", {})
    if row.community_kind is not None and row.community_kind not in kinds:
        yield "community_kind", _none_such("社区类型", "kind of community", row.community_kind)
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield "valid_to", Words("早于起始日期", "before the first day")
    yield from _body_faults(facts, row, today)


def _body_faults(facts: Snapshot, row: Row, today: date) -> Iterator[tuple[str, Words]]:
    """Bodies that are not there by now, or stand twice."""
    for column, codes in (("lead", (row.lead,)), ("supporting", row.supporting)):
        for code in codes:
            body = facts.rules.departments.get(code)
            if body is None or (body.valid_to is not None and body.valid_to < today):
                yield column, _none_such("部门", "department", code)
    yield from _community_faults(facts, row)
    if row.lead in row.supporting or len(set(row.supporting)) < len(row.supporting):
        yield "supporting", Words("部门重复", "a department is named twice")


def _community_faults(facts: Snapshot, row: Row) -> Iterator[tuple[str, Words]]:
    """Community bodies that would be made responsible, or assist without means."""
    rules = facts.rules
    if barred := rules.barred(row.lead, row.category):
        names = [rules.categories[code].name for code in barred[:MOST_NAMED]]
        zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
        more = ("等", " and others") if len(barred) > MOST_NAMED else ("", "")
        lead = rules.department_name(row.lead)
        yield (
            "lead",
            Words(
                f"规则28：{lead.zh}属社区组织，不得作为“{zh}”{more[0]}事项的责任主体",
                f"rule 28: {lead.en} is a community body and may not be responsible for "
                f"{en}{more[1]}",
            ),
        )
    kinds = [rules.body_kind(code) for code in row.supporting]
    if committee.lacks_conditions(kinds, row.conditions):
        yield (
            "conditions",
            Words(
                "规则29：社区组织配合，应写明经费与条件",
                "rule 29: a community body assists only with funds and conditions stated",
            ),
        )


def _none_such(zh: str, en: str, code: str) -> Words:
    return Words(f"没有{zh}“{code}”", f"there is no {en} {code}")


def _lock(session: Session, code: str) -> District:
    """The district's row: two people wait for each other, reports do not."""
    held = session.get(District, code, with_for_update={"key_share": True}, populate_existing=True)
    if held is None:
        raise UnknownDistrict(code=code)
    return held


def _today(facts: Snapshot, now: datetime) -> date:
    return now.astimezone(facts.rules.calendar.zone).date()


def _stored(district: str, no: int, row: Row) -> dict[str, Any]:
    return {
        "district_code": district,
        "table_no": no,
        "no": row.no,
        "category_code": row.category,
        "unit_code": row.unit,
        "community_kind": row.community_kind,
        "lead_department": row.lead,
        "supporting": list(row.supporting),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "basis": row.basis,
        "conditions": row.conditions,
    }
