"""A cold tile through HTTP against its bare ST_AsMVT query; a warm one and a 304 beside it."""

import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from statistics import median

import psycopg2

from tests.bench import service
from tests.bench.ground import Ground

ZOOM, CLIENTS = 14, 4
ALONE, TOGETHER, TURNS, WARMING = 40, 160, 5, 20

Place = tuple[int, int, int]
Path = Callable[[Place], str]
Values = Callable[[Place], dict[str, object]]


def run(ground: Ground) -> None:
    from gridsvc import db, snapshot
    from gridsvc.db import NAMED
    from maps import tiles
    from maps.layers import LAYERS

    with db.transaction() as session:
        edition = snapshot.current(session, ground.district).grid.edition
    layer = LAYERS["building"]
    sql = NAMED.sub(r"%(\1)s", tiles.statement(layer).sql)
    now = datetime.now(UTC)

    def values(place: Place) -> dict[str, object]:
        tile = tiles.Tile(layer, ground.district, edition, *place)
        return tile._asdict() | {"layer": layer.name, "now": now}

    def path(place: Place) -> str:
        z, x, y = place
        return f"/tiles/building/{z}/{x}/{y}.mvt?edition={edition}"

    places = _busiest(ground)
    _one_at_a_time(ground, places[:ALONE], path, sql, values)
    _many_at_once(ground, places[ALONE:], path, sql, values)


def _one_at_a_time(
    ground: Ground, places: list[Place], path: Path, sql: str, values: Values
) -> None:
    """What one person waits for, tile by tile, after both sides have answered once."""
    with (
        service.running(workers=1) as port,
        service.line(port) as line,
        _cursor(ground) as cursor,
    ):
        for column in range(WARMING):
            service.ask(line, service.get(port, path((ZOOM, column, 0))))
            _query(cursor, sql, values((ZOOM, column, 0)))
        bare: list[float] = []
        cold: list[float] = []
        size = 0
        for place in places:
            start = time.perf_counter()
            size += len(_query(cursor, sql, values(place)))
            bare.append(time.perf_counter() - start)
            start = time.perf_counter()
            head = service.ask(line, service.get(port, path(place)))
            cold.append(time.perf_counter() - start)
            assert head.startswith(b"200")
        etag = head.partition(b"etag: ")[2].partition(b"\r")[0].decode()
        assert service.ask(line, service.get(port, path(place), etag)).startswith(b"304")
        warm = service.rate(port, lambda _: service.get(port, path(places[0])), 1_000, CLIENTS)
    print(
        f"one client, {len(places)} building tiles at zoom {ZOOM} of "
        f"{size / len(places) / 1e3:,.0f} kB, medians: cold {median(cold) * 1e3:.1f} ms, "
        f"bare query {median(bare) * 1e3:.1f} ms, "
        f"ratio {median(c / b for c, b in zip(cold, bare, strict=True)):.2f} (wanted <= 1.2); "
        f"warm {warm:,.0f}/s"
    )


def _many_at_once(
    ground: Ground, places: list[Place], path: Path, sql: str, values: Values
) -> None:
    """What the machine spends: the same tiles, cold, over the same number of clients, in turns."""

    def ask(client: int, mine: list[Place]) -> None:
        for place in mine:
            _query(cursors[client], sql, values(place))

    def bare(some: list[Place]) -> float:
        shares = [some[client::CLIENTS] for client in range(CLIENTS)]
        start = time.perf_counter()
        list(pool.map(ask, range(CLIENTS), shares))
        return len(some) / (time.perf_counter() - start)

    def cold(some: list[Place]) -> float:
        def request(number: int) -> bytes:
            return service.get(port, path(some[number]))

        return service.rate(port, request, len(some), CLIENTS)

    with (
        service.running(workers=2) as port,
        ThreadPoolExecutor(CLIENTS) as pool,
        ExitStack() as open_lines,
    ):
        cursors = [open_lines.enter_context(_cursor(ground)) for _ in range(CLIENTS)]
        empty = service.get(port, path((ZOOM, 0, 0)))
        service.rate(port, lambda _: empty, 100, CLIENTS)
        bare(places[:CLIENTS] * CLIENTS)
        turns = [places[turn::TURNS] for turn in range(TURNS)]
        rates = [(bare(some), cold(some)) for some in turns]
    print(
        f"{CLIENTS} clients, {len(places)} other tiles in {TURNS} turns, medians: "
        f"cold {median(c for _, c in rates):,.0f}/s, bare {median(b for b, _ in rates):,.0f}/s, "
        f"ratio {median(b / c for b, c in rates):.2f} (smaller tiles, more of the cost is HTTP)"
    )


@contextmanager
def _cursor(ground: Ground) -> Iterator["psycopg2.extensions.cursor"]:
    with psycopg2.connect(ground.dsn) as connection, connection.cursor() as cursor:
        yield cursor


def _query(cursor: "psycopg2.extensions.cursor", sql: str, values: dict[str, object]) -> bytes:
    cursor.execute(sql, values)
    found = cursor.fetchone()
    return bytes(found[0] or b"") if found else b""


def _busiest(ground: Ground) -> list[Place]:
    """The tiles with most buildings."""
    with psycopg2.connect(ground.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(ST_Transform(label, 4326)), ST_Y(ST_Transform(label, 4326)) "
            "FROM grid_unit WHERE district_code = %s AND level = 5",
            (ground.district,),
        )
        counted: dict[Place, int] = {}
        for lon, lat in cursor.fetchall():
            x = (lon + 180) / 360
            y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
            key = (ZOOM, int(x * 2**ZOOM), int(y * 2**ZOOM))
            counted[key] = counted.get(key, 0) + 1
    return sorted(counted, key=lambda key: -counted[key])[: ALONE + TOGETHER]
