"""What was more than usual on a day, and what people made of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, ForeignKey, Identity, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class AlertDay(Base):
    """A local day that was looked at: once, whatever was found."""

    __tablename__ = "alert_day"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    compared: Mapped[int]


class Alert(Base):
    """So many cases on the last days where fewer are usual. Never deleted."""

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "alert_subject_key",
            "district_code",
            "day",
            "scope",
            "code",
            "days",
            unique=True,
        ),
    )
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    # The last of the days that were counted, and how many: 1 or 7.
    day: Mapped[date] = mapped_column(Date)
    days: Mapped[int]
    # unit (a community), category, or district with an empty code.
    scope: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    cases: Mapped[int]
    usual: Mapped[float]
    # What is still usual, and how likely so many are by chance, before and after the correction.
    most: Mapped[int]
    p: Mapped[float]
    q: Mapped[float]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    dismissed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    dismissed_by: Mapped[UUID | None]
    dismissed_name: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    # The dismissed alert of the days before that this one says nothing new about.
    covered_by: Mapped[int | None] = mapped_column(BigInteger)
