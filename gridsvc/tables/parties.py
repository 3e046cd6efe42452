"""Who answers, who acts, and what their posts may do."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class Department(Base):
    __tablename__ = "department"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    short_zh: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[str]] = mapped_column(ARRAY(Text))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    # Who took over its work after its last day (domain rule 33).
    successor_code: Mapped[str | None] = mapped_column(Text)


class Officer(Base):
    """A person who holds a post for a time: for a grid unit, for a department, or for the part
    that a department has in a unit. `employment` is full_time or part_time."""

    __tablename__ = "officer"
    __table_args__ = (
        Index("officer_unit_idx", "district_code", "unit_code"),
        Index("officer_department_idx", "district_code", "department_code"),
        CheckConstraint("unit_code IS NOT NULL OR department_code IS NOT NULL", "placed"),
    )
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(Text)
    post: Mapped[str] = mapped_column(Text)
    unit_code: Mapped[str | None] = mapped_column(Text)
    department_code: Mapped[str | None] = mapped_column(Text)
    employment: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    generated: Mapped[bool]


class Account(Base):
    """Somebody or some machine that may log in. Logins are unique over all districts."""

    __tablename__ = "account"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    login: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    post: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text)
    department_code: Mapped[str | None] = mapped_column(Text)
    unit_code: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    # The newest message in the inbox that was seen.
    read_up_to: Mapped[int] = mapped_column(BigInteger, default=0)


class AccountToken(Base):
    """A console session or a machine's token; only its hash is kept."""

    __tablename__ = "account_token"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    district_code: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID]
    label: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class PostPermission(Base):
    """One act that a post may do, and how far it reaches: district, unit or department."""

    __tablename__ = "post_permission"
    post: Mapped[str] = mapped_column(Text, primary_key=True)
    act: Mapped[str] = mapped_column(Text, primary_key=True)
    scope: Mapped[str] = mapped_column(Text)
