"""The admission register: what may be handed to a community, and how it came to be so."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class AdmissionItem(Base):
    """One application: who wants which work done by communities, on what terms, and its state.

    That its term is over is not stored: it follows from `ends`.
    """

    __tablename__ = "admission_item"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    category_code: Mapped[str] = mapped_column(Text)
    unit_code: Mapped[str | None] = mapped_column(Text)
    # 权限、对象、权力、经费: what an approval must state besides its term.
    authority: Mapped[str | None] = mapped_column(Text)
    object: Mapped[str | None] = mapped_column(Text)
    power: Mapped[str | None] = mapped_column(Text)
    funds: Mapped[str | None] = mapped_column(Text)
    exemption: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    starts: Mapped[date]
    ends: Mapped[date | None]
    applied_by: Mapped[str] = mapped_column(Text)
    applied_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    # When the first review must be done; None where none is needed.
    review_due: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class AdmissionEvent(Base):
    """One step of an application: apply, review, approve or refuse; by whom and in which words."""

    __tablename__ = "admission_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "item_no"], ["admission_item.district_code", "admission_item.no"]
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    item_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    account_id: Mapped[UUID]
    by_name: Mapped[str] = mapped_column(Text)
    by_post: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
