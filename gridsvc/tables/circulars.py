"""Circulars that were made and kept, and when the next ones are made."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class CircularSchedule(Base):
    """When a kind of document is made: on the `day`-th day after its span, at a local time, for
    spans that end on `since` or later. Without a row the shipped one holds."""

    __tablename__ = "circular_schedule"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[time]
    since: Mapped[date]
    active: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Circular(Base):
    """One document of a kind, a span and a part of the district: there is never a second one.

    `figures` is everything that it says; `unit_code` is empty for the whole district.
    """

    __tablename__ = "circular"
    __table_args__ = (
        Index("circular_key", "district_code", "kind", "unit_code", "span", unique=True),
    )
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    unit_code: Mapped[str] = mapped_column(Text)
    span: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    # Who asked for it; None: the schedule.
    made_by: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CircularFile(Base):
    """The document in one format, byte for byte as it was made, with its SHA-256."""

    __tablename__ = "circular_file"
    __table_args__ = (
        ForeignKeyConstraint(["district_code", "no"], ["circular.district_code", "circular.no"]),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    format: Mapped[str] = mapped_column(Text, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
