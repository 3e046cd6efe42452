"""Sites where something could be built, rented or opened."""

from datetime import datetime

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base
from gridsvc.geo import SRID


class SitingCandidate(Base):
    __tablename__ = "siting_candidate"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    # building, plot or drawn.
    kind: Mapped[str] = mapped_column(Text)
    floor_area_m2: Mapped[float]
    # In ten thousand yuan or whatever unit the district reckons in: only sums are compared.
    cost: Mapped[float]
    # The community that it would serve; None: the one that it stands in.
    serves: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    generated: Mapped[bool]
    place: Mapped[WKBElement] = mapped_column(
        Geometry("POINT", SRID, spatial_index=False), nullable=False
    )
