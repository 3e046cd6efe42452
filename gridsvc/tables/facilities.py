"""Places that serve residents, and what counts toward the district's standard."""

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ARRAY, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base
from gridsvc.geo import SRID


class FacilityType(Base):
    __tablename__ = "facility_type"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    # Toward the square metres per 100 households; the source does not say, the default is ours.
    counts_toward_standard: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)


class Facility(Base):
    __tablename__ = "facility"
    __table_args__ = (
        Index("facility_place_idx", "district_code", "place", postgresql_using="gist"),
        Index("facility_chain_idx", "chain", postgresql_using="gin"),
    )
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    type_code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    floor_area_m2: Mapped[float | None]
    provision_mode: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    unit_code: Mapped[str | None] = mapped_column(Text)
    chain: Mapped[list[str]] = mapped_column(ARRAY(Text))
    generated: Mapped[bool]
    place: Mapped[WKBElement] = mapped_column(
        Geometry("POINT", SRID, spatial_index=False), nullable=False
    )
