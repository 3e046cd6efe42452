"""Messages on the wire: inbox, outbox, and how a district tells people."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.shapes.base import Strict, WordsOut

State = Literal["waiting", "sent", "dead", "settled"]


class InboxItem(BaseModel):
    id: int
    case_no: str | None
    template: str
    subject: str
    body: str
    made_at: datetime
    unread: bool


class InboxOut(BaseModel):
    unread: int = Field(description="counted to 100")
    items: list[InboxItem]


class SeenIn(Strict):
    """Everything up to this message was seen."""

    upto: int = Field(ge=0, lt=2**63)


class MessageOut(BaseModel):
    """A message that leaves the service. `trouble` is why it was not taken the last time."""

    id: int
    case_no: str | None
    template: str
    channel: str
    recipient: str | None
    endpoint_name: str | None
    subject: str
    body: str
    made_at: datetime
    next_at: datetime
    attempts: int
    trouble: str | None
    sent_at: datetime | None
    dead_at: datetime | None
    settled_by: str | None


class CountsOfMessages(BaseModel):
    waiting: int
    dead: int
    settled: int
    sent: int


class OutboxOut(BaseModel):
    counts: CountsOfMessages
    email: bool = Field(description="whether a mail server is set up")
    items: list[MessageOut]


class SentAgain(BaseModel):
    again: int


class EndpointIn(Strict):
    """`secret`, `url`: absent leaves the one there is; an empty secret removes it. The secret and
    the query of the address are never shown."""

    kind: Literal["wecom", "dingtalk", "webhook", "sms"]
    name: str = Field(min_length=1, max_length=100)
    url: str | None = Field(None, max_length=2000)
    secret: str | None = Field(None, max_length=500)
    post: str | None = None
    unit_code: str | None = None
    department_code: str | None = None
    active: bool = True


class EndpointOut(BaseModel):
    no: int
    kind: str
    name: str
    url: str = Field(description="without its query, which may be a key")
    signed: bool
    post: str | None
    unit_code: str | None
    department_code: str | None
    active: bool


class TrialMessageIn(Strict):
    phone: str | None = Field(None, max_length=40)


class NoticeRow(Strict):
    """No `whistle_kind` means any; no `post` those that the event itself names."""

    event: str
    whistle_kind: str | None = None
    post: str | None = None
    channel: Literal["inbox", "email", "sms", "robot"]
    template: str


class NoticesIn(Strict):
    rows: list[NoticeRow] = Field(max_length=500)


class TemplateIn(Strict):
    subject: str = Field(min_length=1, max_length=200)
    body: str = Field(min_length=1, max_length=5000)


class TemplateOut(BaseModel):
    code: str
    language: str
    subject: str
    body: str
    own: bool


class NameOut(BaseModel):
    name: str
    words: WordsOut


class ChannelsOut(BaseModel):
    endpoints: list[EndpointOut]
    notices: list[NoticeRow]
    own_notices: bool
    templates: list[TemplateOut]
    names: list[NameOut] = Field(description="what a template may name as $name")
    events: list[str]
    language: str
    may_write: bool
