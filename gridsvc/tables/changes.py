"""What was changed in the district's settings and registers, by whom and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class Change(Base):
    """One row that was added, changed or taken away. Never changed itself."""

    __tablename__ = "change_log"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # hours, days, limits, supervision, precedence, settings; facility, facility_type.
    subject: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    account_id: Mapped[UUID]
    by_name: Mapped[str] = mapped_column(Text)
    by_post: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
