"""What is drawn: tiles, the map's style, and the figures of the coverage and response maps."""

import gzip
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from api.deps import (
    LoggedIn,
    Looking,
    Now,
    PublicDistrict,
    Speech,
    Tx,
    district_of,
    identify,
)
from api.shapes import CoverageOut, ResponseOut
from gridsvc import analytics, snapshot
from gridsvc.errors import BadField, Lang, NotLoggedIn, UnknownLayer
from gridsvc.permit import check
from maps import style as styles
from maps import tilecache, tiles
from maps.layers import LAYERS

router = APIRouter(prefix="/api", tags=["maps"])
tile_router = APIRouter(tags=["maps"])

Level = Annotated[int, Query(ge=1, le=5)]


@router.get("/style")
def style(
    district: PublicDistrict, speech: Speech, tx: Tx, lang: Lang | None = None
) -> dict[str, Any]:
    """The MapLibre style: sources, layers, legends. It loads nothing from outside."""
    edition = snapshot.current(tx, district).grid.edition
    return styles.style(lang or speech, edition)


@router.get("/coverage", response_model=CoverageOut)
def coverage(district: PublicDistrict, tx: Tx, level: Level = 3) -> dict[str, Any]:
    """Facility area per 100 households of each unit, against the standard."""
    facts = snapshot.current(tx, district)
    return {
        "standard": analytics.STANDARD_M2,
        "items": analytics.coverage_by_unit(tx, facts, level),
        "note": analytics.COVERAGE_NOTE.both,
    }


@router.get("/response", response_model=ResponseOut)
def response(
    account: LoggedIn,
    tx: Tx,
    now: Now,
    level: Level = 3,
    days: Annotated[int, Query(ge=1, le=3660)] = 180,
) -> dict[str, Any]:
    """Hours from report to verified closing, by unit, for cases closed in the last days."""
    check(account, "case.read")
    facts = snapshot.current(tx, account.district)
    since = now - timedelta(days=days)
    return {
        "items": analytics.response_by_unit(tx, facts, level, since, now),
        "note": analytics.RESPONSE_NOTE.both,
    }


MVT = "application/vnd.mapbox-vector-tile"
WHOLE = {"type": "integer", "minimum": 0}
TILE_PARAMETERS = [
    {"name": "layer", "in": "path", "required": True, "schema": {"enum": list(LAYERS)}},
    *({"name": name, "in": "path", "required": True, "schema": WHOLE} for name in ("z", "x", "y")),
    {
        "name": "edition",
        "in": "query",
        "description": "the edition drawn; without it the current one",
        "schema": {"type": "integer", "minimum": 1},
    },
]


# The parameters are read by hand: FastAPI's reading of five of them takes as long as a warm tile.
@tile_router.get(
    "/tiles/{layer}/{z:int}/{x:int}/{y:int}.mvt",
    response_class=Response,
    responses={200: {"content": {MVT: {}}}, 304: {"description": "unchanged"}},
    openapi_extra={"parameters": TILE_PARAMETERS},
)
def tile(request: Request, look: Looking, now: Now) -> Response:
    """One vector tile. With `edition` in the address it never changes and may be kept for ever."""
    layer, z, x, y = (request.path_params[name] for name in ("layer", "z", "x", "y"))
    known = LAYERS.get(layer)
    if known is None or z > LAST_ZOOM or max(x, y) >= 2**z:
        raise UnknownLayer(layer=f"{layer}/{z}/{x}/{y}", known=list(LAYERS))
    edition = _edition(request)
    with look() as asked:
        visitor = identify(request, asked, now)
        if known.act is not None:
            if visitor is None:
                raise NotLoggedIn()
            check(visitor, known.act)
        district = district_of(visitor, asked)
        drawn = edition or snapshot.recent(asked, district).grid.edition
        what = tiles.Tile(known, district, drawn, z, x, y)
        if known.by_edition:
            return _of_edition(request, asked, what, now, kept=FOR_EVER if edition else BRIEFLY)
        body = tilecache.squeeze(tiles.render(asked, what, now))
        return _answer(request, body, _etag(body), "private, no-cache")


LAST_ZOOM = 22


def _edition(request: Request) -> int | None:
    """The edition that the address names, or BadField."""
    said = request.query_params.get("edition")
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and 1 <= int(said[:12]) < 2**31):
        raise BadField(field="edition", want="1, 2, 3")
    return int(said)


FOR_EVER, BRIEFLY = "public, max-age=31536000, immutable", "public, max-age=5"


def _of_edition(
    request: Request, asked: Connection, what: tiles.Tile, now: datetime, kept: str
) -> Response:
    """A tile that its edition names: compared without asking the database, and rendered once."""
    etag = _etag(repr(what).encode())
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": etag, "Cache-Control": kept})
    body = tilecache.compressed(what, lambda: tiles.render(asked, what, now))
    return _answer(request, body, etag, kept)


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
