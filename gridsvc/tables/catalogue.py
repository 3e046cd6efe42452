"""Words, kinds of matter, and the rows that decide who answers and by when."""

from datetime import date, time

from sqlalchemy import ForeignKey, Numeric, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class Term(Base):
    """A word of the trade: a stage, a whistle kind, a channel, a level, a post."""

    __tablename__ = "term"
    catalogue: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)


class Category(Base):
    __tablename__ = "category"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int]
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    # asset 部件: owner before territory; event 事件: territory before owner.
    matter: Mapped[str] = mapped_column(Text, default="event")
    whistle_kind: Mapped[str | None] = mapped_column(Text)
    committee_may_lead: Mapped[bool | None]
    source: Mapped[str] = mapped_column(Text)


class TimeLimit(Base):
    """How long a case of a category and whistle kind may take; empty means any."""

    __tablename__ = "time_limit"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    category_code: Mapped[str | None] = mapped_column(Text)
    whistle_kind: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[float] = mapped_column(Numeric(6, 2, asdecimal=False))
    unit: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)


class OpeningHours(Base):
    """One stretch of work on a weekday (1 Monday to 7 Sunday), local time."""

    __tablename__ = "opening_hours"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    weekday: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    opens: Mapped[time] = mapped_column(primary_key=True)
    closes: Mapped[time]


class CalendarDay(Base):
    """A day that differs from its weekday: a holiday, or a make-up working day."""

    __tablename__ = "calendar_day"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
