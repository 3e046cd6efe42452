"""What departments say of whistles, appeals against assessments, and months that are frozen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Double, ForeignKey, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class WhistleRating(Base):
    """What one department says of the whistle that called it: each from 0 to 100, said once."""

    __tablename__ = "whistle_rating"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no"], ["case_.district_code", "case_.case_no"]
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    department_code: Mapped[str] = mapped_column(Text, primary_key=True)
    proper: Mapped[int]
    described: Mapped[int]
    help: Mapped[int]
    note: Mapped[str] = mapped_column(Text)
    rated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    rated_by: Mapped[UUID]
    by_name: Mapped[str] = mapped_column(Text)


class AssessmentAppeal(Base):
    """One figure of one assessment, or a fault mark, that a department or street objects to.

    `body` is the department's code or the street's. Upheld, the figure is `points`.
    """

    __tablename__ = "assessment_appeal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no"], ["case_.district_code", "case_.case_no"]
        ),
        Index(
            "assessment_appeal_figure_idx",
            "district_code",
            "case_no",
            "body",
            "figure",
            unique=True,
        ),
        Index(
            "assessment_appeal_open_idx",
            "district_code",
            "asked_at",
            postgresql_where=text("decided_at IS NULL"),
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_no: Mapped[str] = mapped_column(Text)
    # department or street.
    side: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    figure: Mapped[str] = mapped_column(Text)
    # What the figure was when it was appealed against.
    was: Mapped[float] = mapped_column(Double)
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[UUID]
    asked_name: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    decided_by: Mapped[UUID | None]
    decided_name: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    upheld: Mapped[bool | None]
    points: Mapped[float | None] = mapped_column(Double)
    answer: Mapped[str | None] = mapped_column(Text)


class AssessmentCutoff(Base):
    """The moment from which a month's assessments stand; without a row so many days after it ends.

    `month` is written 2026-10.
    """

    __tablename__ = "assessment_cutoff"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    month: Mapped[str] = mapped_column(Text, primary_key=True)
    cut_off: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    set_by: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class AssessmentFrozen(Base):
    """A month's assessments as they were, with all that they were counted from. Never changed: a
    trigger of the database refuses it."""

    __tablename__ = "assessment_frozen"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    month: Mapped[str] = mapped_column(Text, primary_key=True)
    cut_off: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    frozen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    frozen_by: Mapped[str] = mapped_column(Text)
    # Weights, deductions and share as they were.
    scales: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # Each assessment: its facts, what appeals said, and what came of it.
    kept: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
