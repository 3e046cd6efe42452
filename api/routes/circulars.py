"""Circulars, reviews, summaries and streets' reports: made on demand, kept, and scheduled."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Row

from api.deps import LoggedIn, Now, Tx
from api.shapes.base import ProblemOut
from api.shapes.circulars import (
    CircularFileQuery,
    CircularIn,
    CircularList,
    CircularOut,
    CircularQuery,
    FiguresOut,
    ScheduleIn,
    ScheduleOut,
)
from gridsvc import snapshot
from gridsvc.circulars import figures, keeping, schedule
from gridsvc.circulars.kinds import ABOUT, CircularKind, Wish
from gridsvc.circulars.schedule import Line
from gridsvc.documents.formats import Format, write
from gridsvc.permit import check
from gridsvc.rules import spans

router = APIRouter(prefix="/circulars", tags=["circulars"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (403, 404, 409, 422)
}
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILE: dict[int | str, dict[str, Any]] = REFUSALS | {
    200: {"content": {form.media_type: BINARY for form in Format}}
}


@router.get("", response_model=CircularList)
def listed(account: LoggedIn, tx: Tx, kind: CircularKind | None = None) -> dict[str, Any]:
    """Documents that were kept, the newest first."""
    check(account, "circular.read")
    return {"items": [_out(row) for row in keeping.listed(tx, account.district, kind)]}


@router.post("", status_code=201, response_model=CircularOut, responses=REFUSALS)
def keep(wish: CircularIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Make a document of a period that has ended, in all formats, and keep it."""
    facts = snapshot.current(tx, account.district)
    no = keeping.keep_asked(tx, facts, account, _wish(wish), now)
    return _one(tx, account.district, no)


@router.get("/figures", response_model=FiguresOut, responses=REFUSALS)
def told(
    asked: Annotated[CircularQuery, Query()], account: LoggedIn, tx: Tx, now: Now
) -> dict[str, Any]:
    """What the document would say now, as plain values. Nothing is kept."""
    check(account, "circular.read")
    facts = snapshot.current(tx, account.district)
    return {"figures": figures.collect(tx, facts, _wish(asked), now)}


@router.get("/file", response_class=Response, responses=FILE)
def made(
    asked: Annotated[CircularFileQuery, Query()], account: LoggedIn, tx: Tx, now: Now
) -> Response:
    """The document as it would be now, in one format. Nothing is kept."""
    check(account, "circular.make")
    wish = _wish(asked)
    facts = snapshot.current(tx, account.district)
    document = keeping.composed(tx, facts, wish, now, asked.lang)[1]
    name = "-".join(filter(None, (wish.kind.value, wish.span.code, wish.unit)))
    return _file(write(document, asked.format, now), asked.format, name)


@router.get("/schedule", response_model=ScheduleOut)
def scheduled(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """When each kind of document is made by itself."""
    check(account, "circular.read")
    return _schedule(tx, account.district)


@router.put("/schedule/{kind}", response_model=ScheduleOut, responses=REFUSALS)
def reschedule(
    kind: CircularKind, wish: ScheduleIn, account: LoggedIn, tx: Tx, now: Now
) -> dict[str, Any]:
    """Let a kind be made at another time, or no longer."""
    line = Line(kind, wish.day, wish.at.replace(tzinfo=None), wish.since, wish.active)
    schedule.change(tx, account, line, now)
    return _schedule(tx, account.district)


@router.get("/{no}/figures", response_model=FiguresOut, responses=REFUSALS)
def kept_figures(no: int, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """The figures that a kept document was made from."""
    check(account, "circular.read")
    return {"figures": keeping.figures_of(tx, account.district, no)}


@router.get("/{no}/file", response_class=Response, responses=FILE)
def kept(no: int, account: LoggedIn, tx: Tx, format: Format = Format.PDF) -> Response:
    """A kept document, byte for byte as it was made; its hash is checked."""
    check(account, "circular.read")
    row = keeping.file_of(tx, account.district, no, format)
    return _file(row.content, format, f"circular-{no}")


def _wish(asked: CircularIn | CircularQuery) -> Wish:
    return Wish(asked.kind, spans.read(asked.period), asked.unit)


def _one(tx: Tx, district: str, no: int) -> dict[str, Any]:
    return _out(keeping.listed(tx, district, no=no)[0])


def _out(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping) | {
        "name": ABOUT[CircularKind(row.kind)].name.both,
        "span_name": spans.read(row.span).name.both,
    }


def _schedule(tx: Tx, district: str) -> dict[str, Any]:
    lines = []
    for line in schedule.lines(tx, district):
        about = ABOUT[line.kind]
        named = {"name": about.name.both, "length": about.length, "per_street": about.per_street}
        lines.append(line._asdict() | named)
    return {"items": lines}


def _file(content: bytes, form: Format, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=form.media_type, headers=headers)
