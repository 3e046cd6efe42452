"""Who answers: tables of responsibility in versions, and which owner comes first."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, DateTime, ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class RuleTable(Base):
    """One version of the table of responsibility: staged, tried, and then published with a date.

    A staged table answers nothing. A published one never changes, so that every decision that
    names it can be made again.
    """

    __tablename__ = "rule_table"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    staged_by: Mapped[str] = mapped_column(Text)
    staged_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    # What came of running it over past cases: period and counts; None: not tried yet.
    tried: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    published_by: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str | None] = mapped_column(Text)
    # The first day it holds; None on a published table: since ever.
    holds_from: Mapped[date | None]


class Responsibility(Base):
    """Who leads and who supports, for a category (or its group) in a unit and all below it.

    An empty category, unit or kind of community means any. `basis` says where the row comes from;
    `conditions` are the funds and conditions on which a community body assists.
    """

    __tablename__ = "responsibility"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "table_no"], ["rule_table.district_code", "rule_table.no"]
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    table_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    category_code: Mapped[str | None] = mapped_column(Text)
    unit_code: Mapped[str | None] = mapped_column(Text)
    community_kind: Mapped[str | None] = mapped_column(Text)
    lead_department: Mapped[str] = mapped_column(Text)
    supporting: Mapped[list[str]] = mapped_column(ARRAY(Text))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    basis: Mapped[str] = mapped_column(Text)
    conditions: Mapped[str | None] = mapped_column(Text)


class Precedence(Base):
    """Which of the two owners comes first for a matter; a row here stands before our default."""

    __tablename__ = "precedence"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    matter: Mapped[str] = mapped_column(Text, primary_key=True)
    # line 属主 or territory 属地.
    first_owner: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
