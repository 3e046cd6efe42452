"""Who is told of what, in which words, by which channel, and what is on its way."""

from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, DateTime, ForeignKey, Identity, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class Notice(Base):
    """A kind of event, the post that is told of it, by which channel and in which words.

    An empty `whistle_kind` means any. The post `reporter` is whoever reported; an empty post is
    the one that the event itself names, as supervision does.
    """

    __tablename__ = "notice"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event: Mapped[str] = mapped_column(Text)
    whistle_kind: Mapped[str | None] = mapped_column(Text)
    post: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    template: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)


class Template(Base):
    """The district's own words for a message; `$name` stands for what differs."""

    __tablename__ = "template"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    language: Mapped[str] = mapped_column(Text, primary_key=True)
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class Endpoint(Base):
    """A robot of a chat group, a webhook or an SMS gateway.

    A robot speaks to one post: of the whole district, or of one unit or department. The secret is
    written and never shown again.
    """

    __tablename__ = "endpoint"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str | None] = mapped_column(Text)
    post: Mapped[str | None] = mapped_column(Text)
    unit_code: Mapped[str | None] = mapped_column(Text)
    department_code: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)


class Message(Base):
    """One message to one recipient, kept until it is taken, and afterwards as proof.

    In-app messages are taken as soon as they are written: they are for a post, and for those of it
    whose unit or department is named. `origin` says what it was made for; the same thing makes it
    once.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("message_origin_key", "district_code", "origin", unique=True),
        Index(
            "message_due_idx",
            "next_at",
            postgresql_where=text("sent_at IS NULL AND dead_at IS NULL"),
        ),
        Index(
            "message_dead_idx", "district_code", "id", postgresql_where=text("dead_at IS NOT NULL")
        ),
        Index(
            "message_inbox_idx",
            "district_code",
            "post",
            "id",
            postgresql_where=text("channel = 'inbox'"),
        ),
        Index("message_case_idx", "district_code", "case_no"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"))
    origin: Mapped[str] = mapped_column(Text)
    case_no: Mapped[str | None] = mapped_column(Text)
    template: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    post: Mapped[str | None] = mapped_column(Text)
    units: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    departments: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    # An e-mail address or a telephone number; for a robot its endpoint.
    recipient: Mapped[str | None] = mapped_column(Text)
    endpoint_no: Mapped[int | None]
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    next_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # Given up: a person sees it, and sends it again or lets it be.
    dead_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    settled_by: Mapped[str | None] = mapped_column(Text)


class FeedReader(Base):
    """How far somebody who reacts to the record has read it."""

    __tablename__ = "feed_reader"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    last_no: Mapped[int] = mapped_column(BigInteger, default=0)
