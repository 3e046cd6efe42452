"""Vector tiles: one SELECT a layer."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from gridsvc.db import Prepared
from gridsvc.lines import Ask
from maps.layers import Layer

# Half of a point's mark may reach over the tile's edge; 64 of 4096 is the renderers' custom.
TILE = """
    WITH bounds AS MATERIALIZED (
        SELECT ST_TileEnvelope(:zoom, :x, :y) AS tile,
               ST_TileEnvelope(:zoom, :x, :y, margin => 64.0 / 4096) AS box,
               ST_Transform(ST_TileEnvelope(:zoom, :x, :y, margin => 64.0 / 4096), 4326) AS lonlat
    ), shown AS MATERIALIZED (
        SELECT {properties}, ST_AsMVTGeom(shape, bounds.tile, 4096, 64) AS drawn
        FROM ({rows}) found, bounds
    )
    SELECT ST_AsMVT(shown, :layer, 4096, 'drawn') FROM shown WHERE drawn IS NOT NULL
"""


TYPES = {
    "zoom": "integer",
    "x": "integer",
    "y": "integer",
    "edition": "integer",
    "now": "timestamptz",
}


@cache
def statement(layer: Layer) -> Prepared:
    """The layer's tile as SQL; the pieces are the registry's, every value is bound."""
    sql = TILE.format(rows=layer.rows, properties=layer.properties)
    return Prepared(f"tile_{layer.name}", sql, TYPES)


class Tile(NamedTuple):
    """Which tile: a layer of a district's edition, and its place in Web Mercator's pyramid."""

    layer: Layer
    district: str
    edition: int
    zoom: int
    x: int
    y: int


async def render(ask: Ask, tile: Tile, now: datetime) -> bytes:
    """The tile as MVT; empty bytes where nothing is shown or the zoom is too small."""
    if tile.zoom < tile.layer.min_zoom:
        return b""
    values = tile._asdict() | {"layer": tile.layer.name, "now": now}
    row = await ask(statement(tile.layer), values)
    return bytes(row[0] or b"") if row else b""
