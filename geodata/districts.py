"""Lay down what a district is besides its grid: departments, categories, rules, limits, hours."""

from datetime import date, time
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.assessments import SHARE
from gridsvc.db import Base
from gridsvc.messages import READER
from gridsvc.rules.assessment import check_share
from gridsvc.tables import catalogue, facilities, indicators, parties
from gridsvc.tables.cases import FeedHead
from gridsvc.tables.grid import District
from gridsvc.tables.messages import FeedReader
from gridsvc.tables.rules import Responsibility, RuleTable


class DistrictIn(BaseModel):
    """A district's own facts, as a recipe or a district folder states them."""

    model_config = ConfigDict(extra="ignore")

    code: str
    name_zh: str
    name_en: str
    metric_srid: int
    time_zone: str
    notice_zh: str | None = None
    notice_en: str | None = None
    language: Literal["zh", "en"] = "zh"


def lay_down(session: Session, facts: DistrictIn) -> District:
    """The district's row, new or brought up to date, locked for the rest of the transaction."""
    values = facts.model_dump()
    statement = insert(District).values(**values, rulebook_no=1)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["code"],
            set_={name: value for name, value in values.items() if name != "code"},
        )
    )
    session.execute(
        insert(FeedHead).values(district_code=facts.code, last_no=0).on_conflict_do_nothing()
    )
    session.execute(
        insert(FeedReader)
        .values(district_code=facts.code, name=READER, last_no=0)
        .on_conflict_do_nothing()
    )
    # Not FOR UPDATE: reports refer to this row and must not wait for an import.
    return session.get_one(
        District, facts.code, with_for_update={"key_share": True}, populate_existing=True
    )


# The tables of a district folder: file name, table, and how a cell is read (default: text).
FILES: dict[str, tuple[type[Base], dict[str, Any]]] = {
    "departments.csv": (
        parties.Department,
        {"aliases": "list", "valid_from": date.fromisoformat, "valid_to": date.fromisoformat},
    ),
    "categories.csv": (
        catalogue.Category,
        {"committee_may_lead": "bool", "photo_required": "bool"},
    ),
    "responsibility.csv": (
        Responsibility,
        {
            "no": int,
            "supporting": "list",
            "valid_from": date.fromisoformat,
            "valid_to": date.fromisoformat,
        },
    ),
    "limits.csv": (catalogue.TimeLimit, {"no": int, "step": int, "amount": float}),
    "supervision.csv": (catalogue.Supervision, {"no": int, "amount": float}),
    "settings.csv": (catalogue.Setting, {"value": float}),
    "hours.csv": (
        catalogue.OpeningHours,
        {"weekday": int, "opens": time.fromisoformat, "closes": time.fromisoformat},
    ),
    "calendar.csv": (
        catalogue.CalendarDay,
        {"day": date.fromisoformat, "working": "bool"},
    ),
    "indicators.csv": (
        indicators.Indicator,
        {"no": int, "departments": "list", "uncertain": "bool"},
    ),
    "facility_types.csv": (facilities.FacilityType, {"counts_toward_standard": "bool"}),
    "coverage_standards.csv": (
        facilities.CoverageStandard,
        {"threshold": float, "upper": float},
    ),
}
POSITIONED = (catalogue.Category, facilities.FacilityType, facilities.CoverageStandard)


def read_folder(session: Session, district: District, folder: Path) -> dict[str, int]:
    """Replace the district's rules by the CSV files of the folder; absent files change nothing."""
    return {
        name: read_file(session, district, folder, name)
        for name in FILES
        if (folder / name).is_file()
    }


def read_file(session: Session, district: District, folder: Path, name: str) -> int:
    """Replace one of the district's tables by the CSV file of that name."""
    table, kinds = FILES[name]
    cells = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    rows = [
        {str(column): _read(value, kinds.get(str(column))) for column, value in row.items()}
        for row in cells.to_dict("records")
    ]
    for row in rows:
        if row.get("name") == SHARE:
            check_share(row["value"])
    return replace(session, district, table, rows)


def default_clock(session: Session, district: District) -> None:
    """Our own limits and opening hours, for a district that has none of its own yet."""
    folder = Path(__file__).parent / "defaults"
    tables: tuple[tuple[str, Any], ...] = (
        ("limits.csv", catalogue.TimeLimit),
        ("hours.csv", catalogue.OpeningHours),
    )
    for name, table in tables:
        owned = select(table).where(table.district_code == district.code).limit(1)
        if session.execute(owned).first() is None:
            read_file(session, district, folder, name)


def replace(session: Session, district: District, table: Any, rows: list[dict[str, Any]]) -> int:
    """These rows instead of the district's present ones; processes notice by the rulebook's number.

    A column that the file does not have becomes NULL. Rows of responsibility become the next
    table, for the decisions of the former ones must stay explicable.
    """
    common: dict[str, Any] = {"district_code": district.code}
    if table is Responsibility:
        common["table_no"] = _next_table(session, district).no
    else:
        session.execute(delete(table).where(table.district_code == district.code))
    for place, row in enumerate(rows, 1):
        row.update(common)
        if table in POSITIONED:
            row["position"] = place
    if rows:
        session.execute(insert(table), rows)
    district.rulebook_no += 1
    return len(rows)


def _next_table(session: Session, district: District) -> RuleTable:
    """A published table without rows that answers at once, on every day the last one does."""
    owned = RuleTable.district_code == district.code
    published = owned, RuleTable.published_at.is_not(None)
    since = session.scalar(select(func.max(RuleTable.holds_from)).where(*published))
    last = session.scalar(select(func.max(RuleTable.no)).where(owned)) or 0
    made = RuleTable(
        district_code=district.code,
        no=last + 1,
        title=f"职责表 {last + 1}",
        staged_by="import",
        staged_at=func.now(),
        published_by="import",
        published_at=func.now(),
        holds_from=since,
    )
    session.add(made)
    session.flush()
    return made


def _read(value: str, kind: Any) -> Any:
    if kind == "list":
        return value.split("|") if value else []
    if value == "":
        return None
    if kind == "bool":
        return value == "true"
    return kind(value) if kind else value
