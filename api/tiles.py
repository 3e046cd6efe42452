"""GET /tiles: what a moving map asks most, answered before FastAPI's own layers.

Their reading of a request takes as long as a warm tile, so the door stands in front of them and
hands on everything that is not a tile.
"""

import gzip
import re
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api import deps, errors
from api.deps import Given
from gridsvc import db, editions, snapshot
from gridsvc.db import MustAsk
from gridsvc.errors import BadField, GridError, NotLoggedIn, UnknownLayer
from gridsvc.permit import Account, check
from maps import tilecache, tiles
from maps.layers import LAYERS, Layer

MVT = "application/vnd.mapbox-vector-tile"
PATH = re.compile(r"/tiles/([^/]+)/(\d{1,9})/(\d{1,9})/(\d{1,9})\.mvt", re.ASCII)
LAST_ZOOM = 22
FOR_EVER, BRIEFLY = "public, max-age=31536000, immutable", "public, max-age=5"
UNPUBLISHED = "private, no-cache"


class TileDoor:
    """Answers tiles; `app` answers everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["type"] == "http" and scope["method"] == "GET"
        found = PATH.fullmatch(scope["path"]) if wanted else None
        if found is None:
            await self.app(scope, receive, send)
            return
        request, given = Request(scope), deps.given(scope["app"])
        try:
            answer = await tile(request, found, given)
        except GridError as refusal:
            answer = errors.refuse(request, refusal)
        await answer(scope, receive, send)


class Wanted(NamedTuple):
    """A tile that may be shown. `kept` says how long and by whom; None: it changes any time."""

    tile: tiles.Tile
    kept: str | None


async def tile(request: Request, found: re.Match[str], given: Given) -> Response:
    """One vector tile. With `edition` in the address it never changes and may be kept for ever."""
    layer, z, x, y = found[1], int(found[2]), int(found[3]), int(found[4])
    known = LAYERS.get(layer)
    if known is None or z > LAST_ZOOM or max(x, y) >= 2**z:
        raise UnknownLayer(layer=f"{layer}/{z}/{x}/{y}", known=list(LAYERS))
    try:
        wanted = _wanted(request, known, (z, x, y), db.FROM_MEMORY, given.now)
    except MustAsk:
        wanted = await run_in_threadpool(_looked_up, request, known, (z, x, y), given)
    if wanted.kept is None:
        body = tilecache.squeeze(await tiles.render(given.ask, wanted.tile, given.now))
        return _answer(request, body, _etag(body), "private, no-cache")
    # Its edition names it: compared without asking the database, and rendered once.
    etag = _etag(repr(wanted.tile).encode())
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": etag, "Cache-Control": wanted.kept})
    kept = tilecache.kept(wanted.tile)
    if kept is None:
        body = await tiles.render(given.ask, wanted.tile, given.now)
        kept = tilecache.keep(wanted.tile, body)
    return _answer(request, kept, etag, wanted.kept)


def _looked_up(request: Request, layer: Layer, place: tuple[int, int, int], given: Given) -> Wanted:
    with given.look() as asked:
        return _wanted(request, layer, place, asked, given.now)


def _wanted(
    request: Request, layer: Layer, place: tuple[int, int, int], asked: Connection, now: datetime
) -> Wanted:
    """Which tile it is, if whoever asks may see it."""
    edition = _edition(request)
    visitor = deps.identify(request, asked, now)
    if layer.act is not None:
        if visitor is None:
            raise NotLoggedIn()
        check(visitor, layer.act)
    district = deps.district_of(visitor, asked)
    drawn = edition or snapshot.recent(asked, district).grid.edition
    what = tiles.Tile(layer, district, drawn, *place)
    if not layer.by_edition:
        return Wanted(what, None)
    return Wanted(what, _kept(visitor, asked, what) if edition else BRIEFLY)


# A published edition stays published, so only the others are asked for again.
_published: set[tuple[str, int]] = set()


def forget() -> None:
    """Drop what is remembered of published editions."""
    _published.clear()


def _kept(visitor: Account | None, asked: Connection, what: tiles.Tile) -> str:
    """How long a tile of a named edition may be kept, and by whom.

    One that has never been published is for those who may read editions. Raises UnknownEdition.
    """
    key = what.district, what.edition
    if key in _published or editions.was_published(asked, *key):
        _published.add(key)
        return FOR_EVER
    if visitor is None:
        raise NotLoggedIn()
    check(visitor, "edition.read")
    return UNPUBLISHED


def _edition(request: Request) -> int | None:
    """The edition that the address names, or BadField."""
    said = request.query_params.get("edition")
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and 1 <= int(said[:12]) < 2**31):
        raise BadField(field="edition", want="1, 2, 3")
    return int(said)


def _etag(content: bytes) -> str:
    return f'"{blake2b(content, digest_size=12).hexdigest()}"'


def _answer(request: Request, body: bytes, etag: str, kept: str) -> Response:
    """The compressed tile; plain for a client that cannot read gzip."""
    headers = {"ETag": etag, "Cache-Control": kept, "Vary": "Accept-Encoding, Cookie"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type=MVT, headers=headers)


WHOLE = {"type": "integer", "minimum": 0}
PARAMETERS = [
    {"name": "layer", "in": "path", "required": True, "schema": {"enum": list(LAYERS)}},
    *({"name": name, "in": "path", "required": True, "schema": WHOLE} for name in ("z", "x", "y")),
    {
        "name": "edition",
        "in": "query",
        "description": "the edition drawn; without it the current one",
        "schema": {"type": "integer", "minimum": 1},
    },
]
# The door stands before FastAPI, which therefore cannot describe it.
DESCRIBED: dict[str, Any] = {
    "/tiles/{layer}/{z}/{x}/{y}.mvt": {
        "get": {
            "tags": ["maps"],
            "summary": "Tile",
            "description": tile.__doc__,
            "operationId": "tile",
            "parameters": PARAMETERS,
            "responses": {
                "200": {"description": "a vector tile, gzip", "content": {MVT: {}}},
                "304": {"description": "unchanged"},
            },
        }
    }
}
