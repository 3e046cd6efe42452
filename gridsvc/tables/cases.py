"""Reports, cases and what happened to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    ARRAY,
    REAL,
    BigInteger,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Sequence,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base
from gridsvc.geo import SRID

CASE_NUMBER = Sequence("case_number", metadata=Base.metadata)
REPORT_NUMBER = Sequence("report_number", metadata=Base.metadata)


class Case(Base):
    """What is handled. One territorial unit and one lead department answer for it at any time."""

    __tablename__ = "case_"
    __table_args__ = (
        Index(
            "case_opened_idx",
            "district_code",
            text("opened_at DESC"),
            text("case_no DESC"),
        ),
        Index("case_stage_idx", "district_code", "stage", text("opened_at DESC")),
        Index(
            "case_due_idx",
            "district_code",
            text("COALESCE(due_at, 'infinity'::timestamptz)"),
            "case_no",
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "case_due_ever_idx",
            "district_code",
            text("COALESCE(due_at, 'infinity'::timestamptz)"),
            "case_no",
        ),
        Index("case_closed_idx", "district_code", "closed_at"),
        Index(
            "case_merged_idx",
            "district_code",
            "merged_into",
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
        Index("case_chain_idx", "chain", postgresql_using="gin"),
        Index("case_place_idx", "district_code", "place", postgresql_using="gist"),
        Index(
            "case_manual_idx",
            "district_code",
            "opened_at",
            postgresql_where=text("manual IS NOT NULL"),
        ),
    )
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    stage: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    mode: Mapped[str | None] = mapped_column(Text)
    category_code: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # Verified as done, or dismissed. Evaluation and reply come after.
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str | None] = mapped_column(Text)
    edition_no: Mapped[int]
    unit_code: Mapped[str | None] = mapped_column(Text)
    chain: Mapped[list[str]] = mapped_column(ARRAY(Text))
    owner_unit: Mapped[str | None] = mapped_column(Text)
    officer_id: Mapped[UUID | None]
    place: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", SRID, spatial_index=False))
    method: Mapped[str | None] = mapped_column(Text)
    border_m: Mapped[float | None] = mapped_column(REAL)
    # Why a person must look: the reason's code; None when the case found its way alone.
    manual: Mapped[str | None] = mapped_column(Text)
    # Whom the street made responsible: its leader and its section (domain rule 11).
    leader: Mapped[str | None] = mapped_column(Text)
    section: Mapped[str | None] = mapped_column(Text)
    # The linked district leaders that the whistle calls, and those who came (domain rule 12).
    leaders: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    leaders_in: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    # Hung up 挂账: every clock stands until the case goes on.
    hung_up_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # How hard it is being urged on: urge, supervise, list; None not at all.
    supervision: Mapped[str | None] = mapped_column(Text)
    # The case that this one was found to be one matter with.
    merged_into: Mapped[str | None] = mapped_column(Text)
    # A whistle marked as improper or empty (domain rules 22, 23).
    fault: Mapped[str | None] = mapped_column(Text)
    resolved_by: Mapped[UUID | None]
    rework_count: Mapped[int] = mapped_column(default=0)
    score: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    generated: Mapped[bool] = mapped_column(default=False)


class CaseDepartment(Base):
    """One department called on a case, and when it was called, came and was let go."""

    __tablename__ = "case_department"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no"], ["case_.district_code", "case_.case_no"]
        ),
        Index("case_department_code_idx", "district_code", "department_code"),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    department_code: Mapped[str] = mapped_column(Text, primary_key=True)
    role: Mapped[str] = mapped_column(Text)
    called_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reported_in_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # on_the_spot or by_answer; on the spot with its distance from the place of the case.
    reported_in_how: Mapped[str | None] = mapped_column(Text)
    distance_m: Mapped[float | None] = mapped_column(REAL)
    # The department's part of a joint handling, when it was done and by whom.
    task: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    done_by: Mapped[UUID | None]
    released_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class CaseClock(Base):
    """One limit that runs, or has run, on a case: for a stage, a department or a step.

    Whether it was kept is what its own times say, whenever anybody looks.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no"], ["case_.district_code", "case_.case_no"]
        ),
        Index(
            "case_clock_mark_idx",
            "district_code",
            "mark_at",
            postgresql_where=text("mark_at IS NOT NULL"),
        ),
        Index(
            "case_clock_call_idx",
            "district_code",
            "started_at",
            postgresql_where=text("clock = 'report_in'"),
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    clock: Mapped[str] = mapped_column(Text)
    department_code: Mapped[str | None] = mapped_column(Text)
    step: Mapped[int | None]
    name_zh: Mapped[str | None] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    # The row of the limits it runs by, and that row's figures at the time.
    limit_no: Mapped[int]
    amount: Mapped[float] = mapped_column(Double)
    unit: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    stopped_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # It stopped because what it limited was no longer asked: the department was let go, say.
    void: Mapped[bool] = mapped_column(default=False)
    # How much of the unit was left when the case was hung up.
    rest: Mapped[float | None] = mapped_column(Double)
    extended: Mapped[int] = mapped_column(default=0)
    # When the next reminder or supervision falls due, and how many have.
    mark_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    marks: Mapped[int] = mapped_column(default=0)


class CaseAsk(Base):
    """An extension, a hang-up, a hand-back or an appeal: asked for, then granted or refused."""

    __tablename__ = "case_ask"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no"], ["case_.district_code", "case_.case_no"]
        ),
        Index(
            "case_ask_open_idx",
            "district_code",
            "asked_at",
            postgresql_where=text("decided_at IS NULL"),
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    department_code: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[float | None] = mapped_column(Double)
    unit: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    granted: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(Text)


class CasePhoto(Base):
    """A photo that a move on the case showed: the work done, or the look of who verified it."""

    __tablename__ = "case_photo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no", "seq"],
            ["case_event.district_code", "case_event.case_no", "case_event.seq"],
        ),
        ForeignKeyConstraint(["district_code", "photo_id"], ["photo.district_code", "photo.id"]),
        Index("case_photo_photo_idx", "district_code", "photo_id"),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    photo_id: Mapped[UUID] = mapped_column(primary_key=True)
    distance_m: Mapped[float | None] = mapped_column(REAL)


class Report(Base):
    """What somebody told us, as it came in. The first answer given is event `event_seq`."""

    __tablename__ = "report"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no"], ["case_.district_code", "case_.case_no"]
        ),
        Index("report_case_idx", "district_code", "case_no"),
        Index(
            "report_request_key",
            "district_code",
            "account_id",
            "request_key",
            unique=True,
        ),
        Index(
            "report_token_key",
            "token",
            unique=True,
            postgresql_where=text("token IS NOT NULL"),
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    report_no: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text)
    event_seq: Mapped[int]
    account_id: Mapped[UUID]
    request_key: Mapped[str | None] = mapped_column(Text)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    channel: Mapped[str] = mapped_column(Text)
    category_code: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    reporter_name: Mapped[str | None] = mapped_column(Text)
    reporter_phone: Mapped[str | None] = mapped_column(Text)
    reporter_email: Mapped[str | None] = mapped_column(Text)
    # The position as it was given, in its own datum; the case holds it in WGS 84.
    lon: Mapped[float | None] = mapped_column(Double)
    lat: Mapped[float | None] = mapped_column(Double)
    datum: Mapped[str | None] = mapped_column(Text)
    accuracy_m: Mapped[float | None] = mapped_column(REAL)
    address: Mapped[str | None] = mapped_column(Text)
    # Whoever holds it may read what became of the report, without logging in.
    token: Mapped[str | None] = mapped_column(Text)


class Feedback(Base):
    """What a reporter thinks of the answer: yes, partly, no with a reason."""

    __tablename__ = "feedback"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "report_no"], ["report.district_code", "report.report_no"]
        ),
        Index("feedback_given_idx", "district_code", "given_at"),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    report_no: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text)
    satisfied: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class CaseEvent(Base):
    """One line of a case's history: the timeline and the audit trail. Never changed, never
    deleted: a trigger of the database refuses both."""

    __tablename__ = "case_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no"], ["case_.district_code", "case_.case_no"]
        ),
        Index(
            "case_event_reopen_idx",
            "district_code",
            "at",
            postgresql_where=text("kind = 'reopen'"),
        ),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    stage: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID | None]
    by_name: Mapped[str | None] = mapped_column(Text)
    by_post: Mapped[str | None] = mapped_column(Text)
    # The network address that the move came from.
    by_address: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)


class EventWaiting(Base):
    """An event that has no place in the record yet; a trigger lays it down with the event."""

    __tablename__ = "event_waiting"
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    case_no: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class RecordLine(Base):
    """A committed event's place in the district's record, chained to all before it.

    Numbers are given after the commit by the relay, so that they grow in the order of becoming
    visible: a reader that has seen n has seen everything before n.
    """

    __tablename__ = "record_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["district_code", "case_no", "seq"],
            ["case_event.district_code", "case_event.case_no", "case_event.seq"],
        ),
        Index("record_line_event_idx", "district_code", "case_no", "seq", unique=True),
    )
    district_code: Mapped[str] = mapped_column(Text, primary_key=True)
    feed_no: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_no: Mapped[str] = mapped_column(Text)
    seq: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class FeedHead(Base):
    """The record's last line; its row lock makes the relay the only writer."""

    __tablename__ = "feed_head"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    last_no: Mapped[int] = mapped_column(BigInteger, default=0)
    last_hash: Mapped[bytes] = mapped_column(LargeBinary, default=bytes(32))
