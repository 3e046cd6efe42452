"""A cold tile through HTTP against its bare ST_AsMVT query; a warm one and a 304 beside it."""

import http.client
import math
import time
from datetime import UTC, datetime

import psycopg2

from tests.bench import service
from tests.bench.ground import Ground

ZOOM, TILES = 14, 24


def run(ground: Ground) -> None:
    from gridsvc import db, snapshot
    from gridsvc.db import NAMED
    from maps import tiles
    from maps.layers import LAYERS

    with db.transaction() as session:
        edition = snapshot.current(session, ground.district).grid.edition
    places = _busiest(ground)
    layer = LAYERS["building"]
    now = datetime.now(UTC)
    bare_sql = NAMED.sub(r"%(\1)s", tiles.statement(layer).sql)
    with (
        service.running(workers=1) as port,
        psycopg2.connect(ground.dsn) as connection,
        connection.cursor() as cursor,
    ):
        line = http.client.HTTPConnection(service.HOST, port)

        def path(z: int, x: int, y: int) -> str:
            return f"/tiles/building/{z}/{x}/{y}.mvt?edition={edition}"

        def query(z: int, x: int, y: int) -> bytes:
            tile = tiles.Tile(layer, ground.district, edition, z, x, y)
            cursor.execute(bare_sql, tile._asdict() | {"layer": layer.name, "now": now})
            return bytes(cursor.fetchone()[0])  # type: ignore[index]

        # Both sides answer once before, so that neither's first connection is measured.
        _get(line, path(ZOOM, 0, 0))
        query(ZOOM, 0, 0)
        bare, cold, size = 0.0, 0.0, 0
        for place in places:
            start = time.perf_counter()
            size += len(query(*place))
            bare += time.perf_counter() - start
            start = time.perf_counter()
            status, etag = _get(line, path(*place))
            cold += time.perf_counter() - start
            assert status == 200
        assert _get(line, path(*place), etag) == (304, etag)
        warm = service.rate(port, lambda _: service.get(port, path(*places[0])), 1_000, 4)
    print(
        f"{len(places)} building tiles at zoom {ZOOM}, {size / len(places) / 1e3:,.0f} kB: "
        f"cold {cold / len(places) * 1e3:.1f} ms, bare query {bare / len(places) * 1e3:.1f} ms, "
        f"ratio {cold / bare:.2f} (wanted <= 1.2); warm {warm:,.0f}/s"
    )


def _busiest(ground: Ground) -> list[tuple[int, int, int]]:
    """The tiles with most buildings."""
    with psycopg2.connect(ground.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(ST_Transform(label, 4326)), ST_Y(ST_Transform(label, 4326)) "
            "FROM grid_unit WHERE district_code = %s AND level = 5",
            (ground.district,),
        )
        counted: dict[tuple[int, int, int], int] = {}
        for lon, lat in cursor.fetchall():
            x = (lon + 180) / 360
            y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
            key = (ZOOM, int(x * 2**ZOOM), int(y * 2**ZOOM))
            counted[key] = counted.get(key, 0) + 1
    return sorted(counted, key=lambda key: -counted[key])[:TILES]


def _get(line: http.client.HTTPConnection, path: str, etag: str = "") -> tuple[int, str]:
    """One answer over a kept connection, as a console has it: status and ETag."""
    line.request("GET", path, headers={"Accept-Encoding": "gzip", "If-None-Match": etag})
    answer = line.getresponse()
    answer.read()
    return answer.status, answer.headers["ETag"]
