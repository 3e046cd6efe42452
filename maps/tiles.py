"""Vector tiles: one SELECT a layer."""

from datetime import datetime
from functools import cache

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

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
    SELECT ST_AsMVT(shown, :name, 4096, 'drawn') FROM shown WHERE drawn IS NOT NULL
"""


@cache
def statement(layer: Layer) -> TextClause:
    """The layer's tile as SQL; the pieces are the registry's, every value is bound."""
    return text(TILE.format(rows=layer.rows, properties=layer.properties))


def render(
    session: Session,
    layer: Layer,
    district: str,
    edition: int,
    tile: tuple[int, int, int],
    now: datetime,
) -> bytes:
    """The tile (z, x, y) as MVT; empty bytes where nothing is shown or the zoom is too small."""
    zoom, x, y = tile
    if zoom < layer.min_zoom:
        return b""
    body = session.scalar(
        statement(layer),
        {
            "zoom": zoom,
            "x": x,
            "y": y,
            "name": layer.name,
            "district": district,
            "edition": edition,
            "now": now,
        },
    )
    return bytes(body or b"")
