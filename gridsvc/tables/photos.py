"""Photos, and the reports that show them. The pictures themselves are files (see photo/folder)."""

from datetime import datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import REAL, DateTime, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base
from gridsvc.geo import SRID


class Photo(Base):
    """One photo as it was sent: what it said, and the contents of the copies that are kept.

    The id follows from district, account, content and datum, so that sending again is harmless.
    """

    __tablename__ = "photo"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    format: Mapped[str] = mapped_column(Text)
    # Of the bytes that were sent, which are not kept: they may name a person's home or device.
    original_sha256: Mapped[str] = mapped_column(Text)
    original_bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    copy_sha256: Mapped[str] = mapped_column(Text)
    thumbnail_sha256: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # The datum the coordinates were read in; `place` is WGS 84, None for the `reason`.
    datum: Mapped[str] = mapped_column(Text)
    place: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", SRID, spatial_index=False))
    reason: Mapped[str | None] = mapped_column(Text)
    accuracy_m: Mapped[float | None] = mapped_column(REAL)
    heading: Mapped[float | None] = mapped_column(REAL)


class ReportPhoto(Base):
    """One photo beside one report, and how far from the report's place it was taken."""

    __tablename__ = "report_photo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "report_no"], ["report.district_code", "report.report_no"]
        ),
        ForeignKeyConstraint(["district_code", "photo_id"], ["photo.district_code", "photo.id"]),
        Index("report_photo_photo_idx", "district_code", "photo_id"),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    report_no: Mapped[str] = mapped_column(Text, primary_key=True)
    photo_id: Mapped[UUID] = mapped_column(primary_key=True)
    no: Mapped[int]
    distance_m: Mapped[float | None] = mapped_column(REAL)
    contradicts: Mapped[bool]
