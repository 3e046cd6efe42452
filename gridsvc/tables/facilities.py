"""Places that serve residents, what counts toward the district's standard, and the standards."""

from datetime import date
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ARRAY, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import text

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
    """One facility as it is from `valid_from` to `valid_to`, both included; None is unbounded.

    What changes with a day begins a new period `no`; the periods of a facility never overlap.
    """

    __tablename__ = "facility"
    __table_args__ = (
        Index("facility_place_idx", "district_code", "place", postgresql_using="gist"),
        Index("facility_chain_idx", "chain", postgresql_using="gin"),
        ExcludeConstraint(
            ("district_code", "="),
            ("code", "="),
            (text("daterange(valid_from, valid_to, '[]')"), "&&"),
            name="facility_period_excl",
            using="gist",
        ),
    )
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    type_code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    floor_area_m2: Mapped[float | None]
    provision_mode: Mapped[str | None] = mapped_column(Text)
    # planned, building, open or closed.
    state: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    # In the notation of OpenStreetMap: Mo-Fr 08:30-17:30; Sa 09:00-12:00.
    opening_hours: Mapped[str | None] = mapped_column(Text)
    open_to_public: Mapped[bool | None]
    # The units whose households it serves; empty: the community that it stands in.
    serves: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    address: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    # Where it stands: the deepest unit and its chain from the district down.
    unit_code: Mapped[str | None] = mapped_column(Text)
    chain: Mapped[list[str]] = mapped_column(ARRAY(Text))
    generated: Mapped[bool]
    place: Mapped[WKBElement] = mapped_column(
        Geometry("POINT", SRID, spatial_index=False), nullable=False
    )


class FacilityPhoto(Base):
    __tablename__ = "facility_photo"
    __table_args__ = (
        ForeignKeyConstraint(["district_code", "photo_id"], ["photo.district_code", "photo.id"]),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    facility_code: Mapped[str] = mapped_column(Text, primary_key=True)
    photo_id: Mapped[UUID] = mapped_column(primary_key=True)


class CoverageStandard(Base):
    """One standard as its source prints it, and how the service measures it, if it can."""

    __tablename__ = "coverage_standard"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    # The name of one of rules/standards.MEASURES; None: our data cannot answer it.
    measure: Mapped[str | None] = mapped_column(Text)
    # Facility types, divided by |.
    of_types: Mapped[str | None] = mapped_column(Text)
    community_kind: Mapped[str | None] = mapped_column(Text)
    comparator: Mapped[str] = mapped_column(Text)
    threshold: Mapped[float | None]
    # With the comparator `between`.
    upper: Mapped[float | None]
    unit: Mapped[str] = mapped_column(Text)
    # Each community, each street, or the district as one: community, street, district.
    scope: Mapped[str] = mapped_column(Text)
    deadline: Mapped[str | None] = mapped_column(Text)
    strength: Mapped[str] = mapped_column(Text)
    # Our reading of what the source leaves open, or what is missing to answer.
    reading_zh: Mapped[str | None] = mapped_column(Text)
    reading_en: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
