"""Districts, editions and the units of their grid."""

from datetime import date, datetime
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base
from gridsvc.geo import SRID


class District(Base):
    """One district served by this installation; everything else hangs below its code."""

    __tablename__ = "district"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    metric_srid: Mapped[int]
    time_zone: Mapped[str] = mapped_column(Text)
    # The edition that answers now; publishing one is the update of this number.
    edition_no: Mapped[int | None]
    # The street network that distances on foot are measured on; None: there is none yet.
    walk_network_no: Mapped[int | None]
    # Raised with every change of departments, rules, limits or calendar: caches compare it.
    rulebook_no: Mapped[int] = mapped_column(default=1)
    # Shown wherever generated data are shown; None where everything is real.
    notice_zh: Mapped[str | None] = mapped_column(Text)
    notice_en: Mapped[str | None] = mapped_column(Text)
    # The language of what is sent out: zh or en.
    language: Mapped[str] = mapped_column(Text, default="zh")


class Edition(Base):
    """One set of boundaries, staged and then published whole."""

    __tablename__ = "edition"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(Text)
    attribution: Mapped[str] = mapped_column(Text)
    # How its codes are built, with the scheme's version (see docs/codes.md).
    code_scheme: Mapped[str] = mapped_column(Text)
    # The edition that answered when this one was staged: what it is compared with.
    based_on: Mapped[int | None]
    staged_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class GridUnit(Base):
    """One area of the five levels in one edition.

    `chain` holds the codes from the highest level down to this unit. It says what covers the
    ground, so it can differ from `parent_code`, which is what the register declares.
    """

    __tablename__ = "grid_unit"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "edition_no"], ["edition.district_code", "edition.no"]
        ),
        # Without the district: no two of them overlap, and comparing text would double the time
        # of an import.
        Index("grid_unit_shape_idx", "edition_no", "level", "shape", postgresql_using="gist"),
        Index("grid_unit_geom_idx", "edition_no", "geom", postgresql_using="gist"),
        Index("grid_unit_parent_idx", "district_code", "edition_no", "parent_code"),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    edition_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    parent_code: Mapped[str | None] = mapped_column(Text)
    chain: Mapped[list[str]] = mapped_column(ARRAY(Text))
    households: Mapped[int | None]
    area_m2: Mapped[float]
    generated: Mapped[bool]
    geom: Mapped[WKBElement] = mapped_column(
        Geometry("MULTIPOLYGON", SRID, spatial_index=False), nullable=False
    )
    # The same ground in Web Mercator, so that a tile need not transform it on every request.
    shape: Mapped[WKBElement] = mapped_column(
        Geometry("MULTIPOLYGON", 3857, spatial_index=False), nullable=False
    )
    label: Mapped[WKBElement] = mapped_column(
        Geometry("POINT", 3857, spatial_index=False), nullable=False
    )
    # `shape` with fewer corners for zooms up to 9, 11 and 13, the units of a level simplified
    # together so that no gap opens between neighbours. Buildings have none.
    drawn_9: Mapped[WKBElement | None] = mapped_column(
        Geometry("MULTIPOLYGON", 3857, spatial_index=False)
    )
    drawn_11: Mapped[WKBElement | None] = mapped_column(
        Geometry("MULTIPOLYGON", 3857, spatial_index=False)
    )
    drawn_13: Mapped[WKBElement | None] = mapped_column(
        Geometry("MULTIPOLYGON", 3857, spatial_index=False)
    )


class EditionChange(Base):
    """One time that the answering edition changed: which to which, when, by whom, and why."""

    __tablename__ = "edition_change"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "edition_no"], ["edition.district_code", "edition.no"]
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    edition_no: Mapped[int]
    previous_no: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)


class AddressPoint(Base):
    """An address or lot with a position but no outline, and the unit that holds it.

    Where the address is a number on a road, both parts are kept: 关兴路, 215号.
    """

    __tablename__ = "address_point"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "edition_no"], ["edition.district_code", "edition.no"]
        ),
        Index("address_point_unit_idx", "district_code", "edition_no", "unit_code"),
        Index("address_point_place_idx", "district_code", "place", postgresql_using="gist"),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    edition_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(Text)
    road: Mapped[str | None] = mapped_column(Text)
    house_number: Mapped[str | None] = mapped_column(Text)
    households: Mapped[int | None]
    unit_code: Mapped[str | None] = mapped_column(Text)
    generated: Mapped[bool]
    place: Mapped[WKBElement] = mapped_column(
        Geometry("POINT", SRID, spatial_index=False), nullable=False
    )


class PlaceName(Base):
    """A name people use for a place besides the names of its unit, with the time it was in use.

    `kind` is alias (another, older or shorter name of the unit itself) or poi (a shop, a school,
    a gate: something inside or beside the unit, with a position of its own).
    """

    __tablename__ = "place_name"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "edition_no"], ["edition.district_code", "edition.no"]
        ),
        Index("place_name_unit_idx", "district_code", "edition_no", "unit_code"),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    edition_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    unit_code: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    generated: Mapped[bool]
    place: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", SRID, spatial_index=False))


class Finding(Base):
    """Something an import noticed about an edition, kept so that a person can judge it."""

    __tablename__ = "finding"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "edition_no"], ["edition.district_code", "edition.no"]
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    edition_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    severity: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    unit_code: Mapped[str | None] = mapped_column(Text)
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # Where to draw it; None only for what was found before places were kept.
    place: Mapped[WKBElement | None] = mapped_column(
        Geometry("GEOMETRY", SRID, spatial_index=False)
    )
