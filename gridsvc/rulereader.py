"""A district's rulebook, read from its rows, one statement a table."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc import defaults, rulebook
from gridsvc.clock import Calendar, Opening, TimeUnit
from gridsvc.rulebook import Category, Department, Officer, Rulebook
from gridsvc.rules import responsibility
from gridsvc.rules.admission import Item, State
from gridsvc.rules.deadlines import Clock, Limit, Urging
from gridsvc.rules.precedence import USUAL, Owner
from gridsvc.rules.responsibility import Row, Table
from gridsvc.tables import catalogue, parties
from gridsvc.tables.admissions import AdmissionItem
from gridsvc.tables.grid import District
from gridsvc.tables.rules import Precedence, Responsibility, RuleTable
from gridsvc.words import Words


def load(session: Session, district: District) -> Rulebook:
    """All rows of the district, one statement a table."""
    code = district.code
    officers = _officers(session, code)
    limits = session.scalars(
        select(catalogue.TimeLimit).where(catalogue.TimeLimit.district_code == code)
    )
    return Rulebook(
        district=code,
        no=district.rulebook_no,
        categories=_categories(session, code),
        departments=_departments(session, code),
        officers=_by(officers, lambda one: one.unit),
        staff=_by(officers, lambda one: one.department),
        tables=_tables(session, code),
        limits=[
            Limit(
                row.no,
                row.category_code,
                row.whistle_kind,
                row.amount,
                TimeUnit(row.unit),
                row.basis,
                Clock(row.clock),
                row.step,
                Words(row.name_zh, row.name_en or row.name_zh) if row.name_zh else None,
            )
            for row in limits
        ],
        urgings=_urgings(session, code),
        settings=settings(session, code),
        calendar=_calendar(session, district),
        terms=_terms(session),
        precedence=_precedence(session, code),
        admitted=_admitted(session, code),
    )


def _precedence(session: Session, district: str) -> dict[str, Owner]:
    """Our order, and the district's own where it has laid one down."""
    rows = session.scalars(select(Precedence).where(Precedence.district_code == district))
    return {**USUAL, **{row.matter: Owner(row.first_owner) for row in rows}}


def _tables(session: Session, district: str) -> tuple[Table, ...]:
    """Every published table, also those that answered in the past or will in future."""
    published = select(RuleTable).where(
        RuleTable.district_code == district, RuleTable.published_at.is_not(None)
    )
    heads = session.scalars(published.order_by(RuleTable.no)).all()
    rows = select(Responsibility).where(
        Responsibility.district_code == district,
        Responsibility.table_no.in_([head.no for head in heads]),
    )
    by_table: dict[int, list[Row]] = defaultdict(list)
    for row in session.scalars(rows.order_by(Responsibility.no)):
        by_table[row.table_no].append(row_of(row))
    return tuple(
        responsibility.table(head.no, head.title, head.holds_from, by_table[head.no])
        for head in heads
    )


def row_of(stored: Responsibility) -> Row:
    """A stored row as the rules read it."""
    return Row(
        stored.no,
        stored.category_code,
        stored.unit_code,
        stored.lead_department,
        tuple(stored.supporting),
        stored.valid_from,
        stored.valid_to,
        stored.basis,
        stored.community_kind,
        stored.conditions,
    )


def _admitted(session: Session, district: str) -> tuple[Item, ...]:
    """What was ever approved as work of communities; each entry knows its days."""
    approved = select(AdmissionItem).where(
        AdmissionItem.district_code == district, AdmissionItem.state == State.APPROVED
    )
    return tuple(map(admitted_of, session.scalars(approved.order_by(AdmissionItem.no))))


def admitted_of(stored: AdmissionItem) -> Item:
    """A stored entry as the rules read it."""
    return Item(
        stored.no,
        stored.category_code,
        stored.unit_code,
        State(stored.state),
        stored.starts,
        stored.ends,
    )


def _urgings(session: Session, district: str) -> list[Urging]:
    table = catalogue.Supervision
    rows: Iterable[Any] = session.scalars(select(table).where(table.district_code == district))
    return [
        Urging(
            row.no,
            Clock(row.clock) if row.clock else None,
            row.amount,
            TimeUnit(row.unit),
            row.level,
            row.tells_post,
        )
        for row in list(rows) or defaults.supervision()
    ]


def settings(session: Session, district: str) -> dict[str, float]:
    """Every figure: the district's own, else ours."""
    table = catalogue.Setting
    own = session.scalars(select(table).where(table.district_code == district))
    return defaults.settings() | {row.name: row.value for row in own}


def _categories(session: Session, district: str) -> dict[str, Category]:
    table = catalogue.Category
    rows = session.scalars(
        select(table).where(table.district_code == district).order_by(table.position)
    )
    return {
        row.code: Category(
            row.code,
            row.parent_code,
            Words(row.name_zh, row.name_en),
            row.whistle_kind,
            row.matter,
            row.committee_may_lead,
            row.photo_required,
        )
        for row in rows
    }


def _departments(session: Session, district: str) -> dict[str, Department]:
    table = parties.Department
    rows = session.scalars(
        select(table).where(table.district_code == district).order_by(table.code)
    )
    return {
        row.code: Department(
            row.code,
            Words(row.name_zh, row.name_en),
            row.short_zh,
            row.kind,
            row.valid_from,
            row.valid_to,
            row.successor_code,
        )
        for row in rows
    }


def _officers(session: Session, district: str) -> list[Officer]:
    """Everybody in any post at any time, those first who are nearest to the daily work."""
    table = parties.Officer
    rows = session.scalars(
        select(table).where(table.district_code == district).order_by(table.unit_code, table.id)
    )
    posts = {post: place for place, post in enumerate(rulebook.ANSWERING_POSTS)}
    held = [
        Officer(
            row.id,
            row.name,
            row.post,
            row.unit_code,
            row.phone,
            row.valid_from,
            row.valid_to,
            row.department_code,
            row.email,
        )
        for row in rows
    ]
    return sorted(held, key=lambda officer: posts.get(officer.post, len(posts)))


def _by(
    officers: Iterable[Officer], where: Callable[[Officer], str | None]
) -> dict[str, list[Officer]]:
    found: dict[str, list[Officer]] = defaultdict(list)
    for officer in officers:
        if (code := where(officer)) is not None:
            found[code].append(officer)
    return dict(found)


def _calendar(session: Session, district: District) -> Calendar:
    hours, days = catalogue.OpeningHours, catalogue.CalendarDay
    week: dict[int, list[Opening]] = defaultdict(list)
    for row in session.scalars(
        select(hours).where(hours.district_code == district.code).order_by(hours.opens)
    ):
        week[row.weekday].append(Opening(row.opens, row.closes))
    exceptions = session.scalars(select(days).where(days.district_code == district.code))
    return Calendar(
        ZoneInfo(district.time_zone),
        dict(week),
        {row.day: row.working for row in exceptions},
    )


def _terms(session: Session) -> dict[str, dict[str, Words]]:
    table = catalogue.Term
    terms: dict[str, dict[str, Words]] = defaultdict(dict)
    for row in session.scalars(select(table).order_by(table.catalogue, table.position)):
        terms[row.catalogue][row.code] = Words(row.name_zh, row.name_en)
    return dict(terms)
