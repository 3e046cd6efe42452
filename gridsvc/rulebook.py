"""The rows a decision needs, read once per version: who answers, by when, in which words."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc import defaults
from gridsvc.clock import Calendar, Opening, TimeUnit
from gridsvc.errors import UnknownCategory, UnknownChannel, UnknownDepartment
from gridsvc.rules.deadlines import Clock, Limit, Urging
from gridsvc.rules.responsibility import Row
from gridsvc.tables import catalogue, parties
from gridsvc.tables.grid import District
from gridsvc.words import Words


class Category(NamedTuple):
    code: str
    parent: str | None
    name: Words
    kind: str | None
    photo_required: bool = False


class Department(NamedTuple):
    code: str
    name: Words
    short: str | None
    valid_from: date | None
    valid_to: date | None


class Officer(NamedTuple):
    """Who answers for a unit."""

    id: UUID
    name: str
    post: str
    unit: str
    phone: str | None
    valid_from: date | None
    valid_to: date | None


class Rulebook(NamedTuple):
    """Everything about a district that a decision reads, as of `no`."""

    district: str
    no: int
    categories: dict[str, Category]
    departments: dict[str, Department]
    officers: dict[str, list[Officer]]
    responsibility: list[Row]
    limits: list[Limit]
    urgings: list[Urging]
    settings: dict[str, float]
    calendar: Calendar
    terms: dict[str, dict[str, Words]]

    def lineage(self, category: str | None) -> list[str]:
        """The category and the groups above it, nearest first. UnknownCategory if it is none."""
        codes: list[str] = []
        while category is not None and category not in codes:
            if category not in self.categories:
                raise UnknownCategory(category=category)
            codes.append(category)
            category = self.categories[category].parent
        return codes

    def department(self, code: str, day: date) -> Department:
        """The department, or UnknownDepartment when there is none valid on that day."""
        found = self.departments.get(code)
        if found is None or not _valid(found, day):
            raise UnknownDepartment(department=code)
        return found

    def department_name(self, code: str) -> Words:
        """What a department is called; the code of one that is gone stands for itself."""
        found = self.departments.get(code)
        return found.name if found else Words(code, code)

    def officer(self, unit: str, day: date) -> Officer | None:
        """Who answers for the unit on that day: the first of its officers in post."""
        held = (one for one in self.officers.get(unit, ()) if _valid(one, day))
        return next(held, None)

    def check_channel(self, code: str) -> None:
        if code not in self.terms["channel"]:
            raise UnknownChannel(channel=code)

    def setting(self, name: str) -> float:
        """A figure of the district, or the one that ships with the product."""
        return self.settings[name]

    def say(self, list_name: str, code: str) -> Words:
        """The name of a code of one of the word lists; the code itself where it has none."""
        return self.terms.get(list_name, {}).get(code, Words(code, code))


def _valid(party: Department | Officer, day: date) -> bool:
    return (party.valid_from is None or party.valid_from <= day) and (
        party.valid_to is None or day <= party.valid_to
    )


# A unit may have several officers; the one nearest to its daily work answers for it.
ANSWERING_POSTS = (
    "grid_worker",
    "grid_head",
    "community_secretary",
    "street_party_secretary",
)


def load(session: Session, district: District) -> Rulebook:
    """All rows of the district, one statement a table."""
    code = district.code
    limits = session.scalars(
        select(catalogue.TimeLimit).where(catalogue.TimeLimit.district_code == code)
    )
    rows = session.scalars(
        select(catalogue.Responsibility).where(catalogue.Responsibility.district_code == code)
    )
    return Rulebook(
        district=code,
        no=district.rulebook_no,
        categories=_categories(session, code),
        departments=_departments(session, code),
        officers=_officers(session, code),
        responsibility=[
            Row(
                row.no,
                row.category_code,
                row.unit_code,
                row.lead_department,
                tuple(row.supporting),
                row.valid_from,
                row.valid_to,
                row.basis,
            )
            for row in rows
        ],
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
        settings=_settings(session, code),
        calendar=_calendar(session, district),
        terms=_terms(session),
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


def _settings(session: Session, district: str) -> dict[str, float]:
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
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    }


def _officers(session: Session, district: str) -> dict[str, list[Officer]]:
    table = parties.Officer
    rows = session.scalars(
        select(table).where(table.district_code == district).order_by(table.unit_code, table.id)
    )
    officers: dict[str, list[Officer]] = defaultdict(list)
    for row in rows:
        officers[row.unit_code].append(
            Officer(
                row.id,
                row.name,
                row.post,
                row.unit_code,
                row.phone,
                row.valid_from,
                row.valid_to,
            )
        )
    posts = {post: place for place, post in enumerate(ANSWERING_POSTS)}
    for held in officers.values():
        held.sort(key=lambda officer: posts.get(officer.post, len(posts)))
    return dict(officers)


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
