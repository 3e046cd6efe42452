"""A cold tile through HTTP against its bare ST_AsMVT query; a warm one and a 304 beside it."""

import math
import time
import urllib.error
import urllib.request

import psycopg2

from tests.bench import service
from tests.bench.ground import Ground

ZOOM, TILES = 14, 24


def run(ground: Ground) -> None:
    from gridsvc import db, snapshot
    from maps import tiles
    from maps.layers import LAYERS

    with db.transaction() as session:
        edition = snapshot.current(session, ground.district).grid.edition
    places = _busiest(ground)
    layer = LAYERS["building"]
    now = tiles_now()
    with service.running(workers=1) as port:
        base = f"http://{service.HOST}:{port}/tiles/building"
        # The process answers once before, so that its first connection is not measured.
        urllib.request.urlopen(f"{base}/{ZOOM}/0/0.mvt?edition={edition}").close()
        with db.transaction() as session:
            tiles.render(session, layer, ground.district, edition, (ZOOM, 0, 0), now)
            bare, cold, size = 0.0, 0.0, 0
            for place in places:
                start = time.perf_counter()
                body = tiles.render(session, layer, ground.district, edition, place, now)
                bare += time.perf_counter() - start
                size += len(body)
                z, x, y = place
                start = time.perf_counter()
                _get(f"{base}/{z}/{x}/{y}.mvt?edition={edition}")
                cold += time.perf_counter() - start
        z, x, y = places[0]
        url = f"/tiles/building/{z}/{x}/{y}.mvt?edition={edition}"
        warm = service.rate(port, lambda _: service.get(port, url), 1_000, 4)
        _, etag = _get(f"{base}/{z}/{x}/{y}.mvt?edition={edition}")
        assert _get(f"{base}/{z}/{x}/{y}.mvt?edition={edition}", etag) == (304, etag)
    print(
        f"{len(places)} building tiles at zoom {ZOOM}, {size / len(places) / 1e3:,.0f} kB: "
        f"cold {cold / len(places) * 1e3:.1f} ms, bare query {bare / len(places) * 1e3:.1f} ms, "
        f"ratio {cold / bare:.2f} (wanted <= 1.2); warm {warm:,.0f}/s"
    )


def tiles_now():  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    return datetime.now(UTC)


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


def _get(url: str, etag: str | None = None) -> tuple[int, str]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    if etag:
        request.add_header("If-None-Match", etag)
    try:
        with urllib.request.urlopen(request) as answer:
            answer.read()
            return answer.status, answer.headers["ETag"]
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers["ETag"]
