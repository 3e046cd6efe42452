"""Messages: what an account is told, what is on its way to people, and by which ways."""

from typing import Annotated, Any
from urllib.parse import urlsplit, urlunsplit

from fastapi import APIRouter, Query, Response

from api.deps import LoggedIn, Now, Tx
from api.shapes.base import ProblemOut
from api.shapes.messages import (
    ChannelsOut,
    EndpointIn,
    EndpointOut,
    InboxOut,
    NoticesIn,
    OutboxOut,
    SeenIn,
    SentAgain,
    State,
    TemplateIn,
    TrialMessageIn,
)
from gridsvc import channelbook, inbox, messages, outbox, snapshot, wording
from gridsvc.config import SMTP_URL
from gridsvc.permit import check
from gridsvc.rules import permission
from gridsvc.tables.grid import District
from gridsvc.tables.messages import Endpoint
from gridsvc.wording import Wording

router = APIRouter(tags=["messages"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 404, 422)
}
Before = Annotated[int | None, Query(ge=0, lt=2**63)]


@router.get("/inbox", response_model=InboxOut)
def told(account: LoggedIn, tx: Tx, before: Before = None) -> dict[str, Any]:
    """What this account is told, the newest first, 30 at a time."""
    return {
        "unread": inbox.unread(tx, account),
        "items": [row._mapping for row in inbox.page(tx, account, before)],
    }


@router.post("/inbox/seen", status_code=204)
def seen(told: SeenIn, account: LoggedIn, tx: Tx) -> Response:
    """Everything up to a message was seen."""
    inbox.seen(tx, account, told.upto)
    return Response(status_code=204)


@router.get("/messages", response_model=OutboxOut, responses=REFUSALS)
def on_the_way(
    account: LoggedIn, tx: Tx, state: State = "dead", before: Before = None
) -> dict[str, Any]:
    """Messages that leave the service, by state, the newest first, 50 at a time."""
    check(account, "message.read")
    return {
        "counts": outbox.counts(tx, account.district),
        "email": bool(SMTP_URL),
        "items": [row._mapping for row in outbox.listed(tx, account.district, state, before)],
    }


@router.post("/messages/again", response_model=SentAgain, responses=REFUSALS)
def all_again(account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Send everything once more that was given up."""
    return {"again": outbox.again(tx, account, now)}


@router.post("/messages/{message}/again", response_model=SentAgain, responses=REFUSALS)
def again(message: int, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Send a message once more that was given up."""
    return {"again": outbox.again(tx, account, now, message)}


@router.post("/messages/{message}/settle", status_code=204, responses=REFUSALS)
def settle(message: int, account: LoggedIn, tx: Tx) -> Response:
    """Note that a message that was given up need not be sent."""
    outbox.let_be(tx, account, message)
    return Response(status_code=204)


@router.get("/channels", response_model=ChannelsOut, responses=REFUSALS)
def channels(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Endpoints, notices and templates of the district."""
    check(account, "message.read")
    notices, own = channelbook.notices(tx, account.district)
    mine = wording.own(tx, account.district)
    held = wording.shipped() | mine
    return {
        "endpoints": [_endpoint(one) for one in messages.endpoints_of(tx, account.district)],
        "notices": [
            {
                "event": one.event,
                "whistle_kind": one.whistle,
                "post": one.post,
                "channel": one.channel,
                "template": one.template,
            }
            for one in notices
        ],
        "own_notices": own,
        "templates": [
            {"code": code, "language": language, **words._asdict(), "own": (code, language) in mine}
            for (code, language), words in held.items()
        ],
        "names": [{"name": name, "words": words.both} for name, words in wording.NAMES.items()],
        "events": channelbook.EVENTS,
        "language": tx.get_one(District, account.district).language,
        "may_write": permission.allows(account.actor, "channel.write"),
    }


@router.post("/channels/endpoints", status_code=201, response_model=EndpointOut, responses=REFUSALS)
def add_endpoint(told: EndpointIn, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """A robot, a webhook or an SMS gateway."""
    return _saved(None, told, account, tx)


@router.put("/channels/endpoints/{no}", response_model=EndpointOut, responses=REFUSALS)
def change_endpoint(no: int, told: EndpointIn, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Change an endpoint; an absent secret or address stays."""
    return _saved(no, told, account, tx)


@router.delete("/channels/endpoints/{no}", status_code=204, responses=REFUSALS)
def remove_endpoint(no: int, account: LoggedIn, tx: Tx) -> Response:
    """Remove an endpoint. What is on its way to it is given up."""
    channelbook.remove_endpoint(tx, account, no)
    return Response(status_code=204)


@router.post("/channels/endpoints/{no}/trial", status_code=202, responses=REFUSALS)
def trial(no: int, told: TrialMessageIn, account: LoggedIn, tx: Tx, now: Now) -> Response:
    """Send a trial message there; what comes of it is seen among the messages."""
    channelbook.try_endpoint(tx, account, no, told.phone, now)
    return Response(status_code=202)


@router.put("/channels/notices", status_code=204, responses=REFUSALS)
def save_notices(told: NoticesIn, account: LoggedIn, tx: Tx) -> Response:
    """All notices of the district; an empty list brings ours back."""
    rows = [row.model_dump() for row in told.rows]
    facts = snapshot.current(tx, account.district)
    channelbook.save_notices(tx, facts.rules, account, rows)
    return Response(status_code=204)


@router.put("/channels/templates/{code}/{language}", status_code=204, responses=REFUSALS)
def save_template(
    code: str, language: str, told: TemplateIn, account: LoggedIn, tx: Tx
) -> Response:
    """The district's own words."""
    words = Wording(told.subject, told.body)
    channelbook.save_template(tx, account, code, language, words)
    return Response(status_code=204)


@router.delete("/channels/templates/{code}/{language}", status_code=204, responses=REFUSALS)
def drop_template(code: str, language: str, account: LoggedIn, tx: Tx) -> Response:
    """The shipped words again."""
    channelbook.save_template(tx, account, code, language, None)
    return Response(status_code=204)


def _saved(no: int | None, told: EndpointIn, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    facts = snapshot.current(tx, account.district)
    kept = channelbook.save_endpoint(tx, facts, account, no, told.model_dump())
    return _endpoint(tx.get_one(Endpoint, (account.district, kept)))


def _endpoint(one: Endpoint) -> dict[str, Any]:
    shown = urlunsplit(urlsplit(one.url)._replace(query="", fragment=""))
    return {
        "no": one.no,
        "kind": one.kind,
        "name": one.name,
        "url": shown,
        "signed": one.secret is not None,
        "post": one.post,
        "unit_code": one.unit_code,
        "department_code": one.department_code,
        "active": one.active,
    }
