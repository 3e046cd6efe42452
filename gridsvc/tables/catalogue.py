"""Words, kinds of matter, and the rows that decide who answers and by when."""

from datetime import date, time

from sqlalchemy import Double, ForeignKey, Numeric, SmallInteger, Text, false
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
    # Whether the work and its verification must be shown in photos.
    photo_required: Mapped[bool] = mapped_column(default=False, server_default=false())
    source: Mapped[str] = mapped_column(Text)


class TimeLimit(Base):
    """How long a case of a category and whistle kind may take; empty means any.

    `clock` says what is limited: the whole case, or review, report_in, handle, verify, reply; or a
    `step` of the work, which has a number and a name and counts from the dispatch.
    """

    __tablename__ = "time_limit"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    category_code: Mapped[str | None] = mapped_column(Text)
    whistle_kind: Mapped[str | None] = mapped_column(Text)
    clock: Mapped[str] = mapped_column(Text, default="case")
    step: Mapped[int | None]
    name_zh: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[float] = mapped_column(Numeric(6, 2, asdecimal=False))
    unit: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)


class Supervision(Base):
    """When a clock reminds, and when and how hard the case is then urged on.

    `amount` of `unit` before the clock runs out where it is negative, after it where it is not. An
    empty clock means any.
    """

    __tablename__ = "supervision"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    clock: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[float] = mapped_column(Numeric(6, 2, asdecimal=False))
    unit: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    tells_post: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)


class Setting(Base):
    """A figure that the source does not give: the district's own, or our default."""

    __tablename__ = "setting"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[float] = mapped_column(Double)
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
