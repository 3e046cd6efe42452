"""The governance indicators: what they are, and every value that was ever entered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, DateTime, Double, ForeignKey, Identity, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class Indicator(Base):
    """One indicator as the source prints it: a printed value of unknown place stays unknown.

    `computation` names how the service counts it from its own records, `needs_*` what it lacks.
    """

    __tablename__ = "indicator"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int]
    level1: Mapped[str] = mapped_column(Text)
    level2: Mapped[str] = mapped_column(Text)
    level3: Mapped[str] = mapped_column(Text)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(Text)
    # binding 约束性 or expected 预期性.
    constraint_kind: Mapped[str | None] = mapped_column(Text)
    departments: Mapped[list[str]] = mapped_column(ARRAY(Text))
    source_zh: Mapped[str | None] = mapped_column(Text)
    current_city: Mapped[str | None] = mapped_column(Text)
    current_district: Mapped[str | None] = mapped_column(Text)
    target_city: Mapped[str | None] = mapped_column(Text)
    target_district: Mapped[str | None] = mapped_column(Text)
    # Printed without saying whose value it is, or in which column it stands.
    current_unknown: Mapped[str | None] = mapped_column(Text)
    target_unknown: Mapped[str | None] = mapped_column(Text)
    value_unknown: Mapped[str | None] = mapped_column(Text)
    uncertain: Mapped[bool]
    uncertain_note: Mapped[str | None] = mapped_column(Text)
    computation: Mapped[str | None] = mapped_column(Text)
    computation_of: Mapped[str | None] = mapped_column(Text)
    needs_zh: Mapped[str | None] = mapped_column(Text)
    needs_en: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)


class IndicatorValue(Base):
    """One entry for an indicator, a year, a scope and a part. Entries are only added: the one with
    the highest number answers, the others are its history. An empty value takes back."""

    __tablename__ = "indicator_value"
    __table_args__ = (
        Index("indicator_value_key", "district_code", "year", "indicator_code", "scope", "part"),
    )
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    indicator_code: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    # city, district, or the code of a unit.
    scope: Mapped[str] = mapped_column(Text)
    # current or target.
    part: Mapped[str] = mapped_column(Text)
    value: Mapped[str | None] = mapped_column(Text)
    # The value where it is a plain number.
    number: Mapped[float | None] = mapped_column(Double)
    uncertain: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Text)
    # manual, xlsx or computed.
    origin: Mapped[str] = mapped_column(Text)
    # What a computed value was counted from.
    behind: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
