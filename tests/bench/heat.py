"""Heat at a million cases: every layer warm, filling, following, memory and bytes; beside the
obvious way (geopandas over all points, folium's heat map of raw points) in the same run."""

import gc
import io
import resource
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any
from urllib.parse import urlencode

import orjson
import psycopg2

from tests.bench import service
from tests.bench.ground import Ground

BUILDINGS, CASES = 20_002, 12_000
WANTED, TURNS, CHANGED = 1_000_000, 7, 1_000
# What folium writes grows with the points; a tenth of them shows the rate.
SAMPLE = 100_000

# Copies of the seeded cases over a year, each within some hundred metres of the first.
FILL = """
    INSERT INTO case_ (district_code, case_no, stage, kind, category_code, text, opened_at, due_at,
        closed_at, outcome, edition_no, unit_code, chain, place, rework_count, version, generated)
    SELECT held.district_code, 'H' || copy || '-' || held.case_no, held.stage, kind, category_code,
           'x', opened_at - ago.span, due_at - ago.span, closed_at - ago.span, outcome, edition_no,
           unit_code, chain,
           ST_Translate(place, (random() - 0.5) * 0.008, (random() - 0.5) * 0.008),
           rework_count, 1, true
    FROM (SELECT * FROM case_ WHERE district_code = %(district)s AND case_no NOT LIKE 'H%%') held,
         generate_series(1, %(copies)s) copy,
         LATERAL (SELECT (random() * 300 + 0 * copy + 0 * length(held.case_no))
                         * interval '1 day' AS span) ago
    ON CONFLICT DO NOTHING
"""
CALLS = """
    INSERT INTO case_clock (district_code, case_no, no, clock, department_code, limit_no, amount,
        unit, started_at, due_at, stopped_at, void, extended, marks)
    SELECT ran.district_code, held.case_no, 1, 'report_in', ran.department_code, 1, 2,
           'working_hour', held.opened_at, held.opened_at + (ran.due_at - ran.started_at),
           held.opened_at + (ran.stopped_at - ran.started_at), false, 0, 0
    FROM case_ held JOIN case_clock ran
      ON ran.district_code = held.district_code
     AND ran.case_no = split_part(held.case_no, '-', 2) || CASE
         WHEN split_part(held.case_no, '-', 3) = '' THEN ''
         ELSE '-' || split_part(held.case_no, '-', 3) END
     AND ran.clock = 'report_in' AND ran.void = false AND ran.stopped_at IS NOT NULL
    WHERE held.district_code = %(district)s AND held.case_no LIKE 'H%%'
    ON CONFLICT DO NOTHING
"""
CALLED = """
    INSERT INTO case_department (district_code, case_no, department_code, role, called_at)
    SELECT district_code, case_no, department_code, 'lead', started_at FROM case_clock
    WHERE district_code = %(district)s AND case_no LIKE 'H%%' AND no = 1
    ON CONFLICT DO NOTHING
"""
HAPPENED = """
    INSERT INTO case_event (district_code, case_no, seq, kind, at, stage, detail)
    SELECT district_code, case_no, %(seq)s, 'note', now(), stage, '{"set": {}}' FROM case_
    WHERE district_code = %(district)s AND case_no LIKE 'H%%' ORDER BY case_no LIMIT %(changed)s
"""


def run(ground: Ground) -> None:
    _fill(ground)
    from gridsvc import db, events, snapshot
    from gridsvc.heat import alerts, keeping

    with db.new_session() as session:
        facts = snapshot.current(session, ground.district)
        before = _rss()
        took, columns = _timed(lambda: keeping.current(session, facts))
        print(
            f"filled {len(columns.cases.key):,} cases, {len(columns.calls.case):,} calls: "
            f"{took:.1f} s, {columns.size / 2**20:.0f} MB of columns, "
            f"{_rss() - before:.0f} MB more in the process"
        )
        layers = list(_layers(session, facts, ground.token))
        for name, made in layers:
            first, answer = _timed(made)
            times = [_timed(made)[0] for _ in range(TURNS)]
            print(
                f"{name}: warm {median(times) * 1e3:.0f} ms, worst {max(times) * 1e3:.0f} ms, "
                f"first {first * 1e3:.0f} ms; {len(answer) / 2**20:.2f} MB (wanted < 500 ms)"
            )
    _change(ground)
    with db.transaction() as session:
        events.number(session, ground.district, None)
    with db.new_session() as session:
        facts = snapshot.current(session, ground.district)
        took, _ = _timed(lambda: keeping.current(session, facts))
        print(f"{CHANGED:,} changed cases followed: {took * 1e3:.0f} ms")
        took, made = _timed(lambda: alerts.sweep(session, facts.rules, datetime.now(UTC)))
        print(f"a day looked at for what is unusual: {took:.1f} s, {made} alerts")
        session.rollback()
        _peers(session, facts, dict(layers))
    _served(ground)
    print(f"peak of the process {_peak():.0f} MB, the peers in it")


def _layers(session: Any, facts: Any, token: str) -> Any:
    from api.shapes.themes import theme_out
    from gridsvc.heat import spotting, surfaces
    from gridsvc.heat.questions import Question
    from gridsvc.heat.spotting import Span
    from gridsvc.rules.rates import Period

    now = datetime.now(UTC)
    year = Period(now - timedelta(days=400), now)
    half = Period(now - timedelta(days=200), now)
    former = Period(now - timedelta(days=400), now - timedelta(days=200))

    def given(made: Callable[[], Any]) -> Callable[[], bytes]:
        return lambda: orjson.dumps(theme_out(made().theme))

    def surface(**asked: Any) -> Callable[[], bytes]:
        asked.setdefault("period", year)
        return given(lambda: surfaces.surface(session, facts, Question(**asked)))

    yield "cases by community", surface(measure="count")
    yield "cases by compound", surface(measure="count", level=4)
    yield "median to close by community", surface(measure="close_median")
    yield "90th percentile to report in by community", surface(measure="report_in_p90")
    yield "closed late by hexagon 8", surface(measure="late", by="hexagon")
    yield "cases by hexagon 9", surface(measure="count", by="hexagon", resolution=9)
    yield (
        "median to close by hexagon 9",
        surface(measure="close_median", by="hexagon", resolution=9),
    )
    yield "smooth cases", surface(measure="count", by="smooth")
    yield "smooth median to close", surface(measure="close_median", by="smooth")
    yield (
        "two half-years smooth",
        surface(measure="close_median", by="smooth", period=half, against=former),
    )
    yield (
        "two half-years by hexagon 8",
        surface(measure="close_median", by="hexagon", period=half, against=former),
    )
    yield (
        "hot spots, hexagon 8",
        given(lambda: spotting.spots(session, facts, Question("count", year, resolution=8))),
    )
    yield (
        "hot spots, hexagon 9",
        given(lambda: spotting.spots(session, facts, Question("count", year, resolution=9))),
    )
    yield (
        "emerging over 26 weeks, hexagon 8",
        given(lambda: spotting.course(session, facts, Span(now, "week", 26), 8)),
    )


def _peers(session: Any, facts: Any, ours: dict[str, Callable[[], bytes]]) -> None:
    """The obvious ways: read the points, join them with the communities, group; draw them all."""
    import folium
    import geopandas as gpd
    import pandas as pd
    from folium.plugins import HeatMap
    from sqlalchemy import text

    from gridsvc import unitshapes

    asked = {"district": facts.district}
    points = text("""
        SELECT ST_X(place) AS lon, ST_Y(place) AS lat,
               extract(epoch FROM closed_at - opened_at)::float8 / 3600 AS hours
        FROM case_ WHERE district_code = :district AND place IS NOT NULL
          AND outcome = 'solved'
    """)

    def joined() -> bytes:
        rows = session.execute(points, asked).all()
        frame = pd.DataFrame(rows, columns=["lon", "lat", "hours"])
        cases = gpd.GeoDataFrame(
            frame, geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs=4326
        )
        units = unitshapes.of_level(session, facts, 3)
        ground = gpd.GeoDataFrame({"code": units.codes}, geometry=list(units.shapes), crs=4326)
        inside = cases.sjoin(ground, predicate="intersects")
        figures = inside.groupby("code")["hours"].quantile([0.5, 0.9]).unstack()
        answer = ground.merge(figures.reset_index(), on="code", how="left").to_json().encode()
        return bytes(answer)

    took, told = _timed(joined)
    same = ours["median to close by community"]
    mine = _warm(same)
    print(
        f"geopandas, read, sjoin and groupby of the same median: {took:.1f} s, "
        f"{len(told) / 2**20:.2f} MB answered; ours {mine * 1e3:.0f} ms: {took / mine:,.0f} times"
    )
    theirs, needed = _most(joined), _most(same)
    print(
        f"memory while answering it: geopandas {theirs:.0f} MB, ours {needed:.0f} MB besides the "
        f"columns held for all questions: {theirs / needed:.0f} times"
    )
    gc.collect()

    def drawn() -> bytes:
        rows = session.execute(
            text(points.text + " LIMIT :sample"), asked | {"sample": SAMPLE}
        ).all()
        page = folium.Map()
        heat: Any = HeatMap
        heat([[row.lat, row.lon] for row in rows]).add_to(page)
        file = io.BytesIO()
        page.save(file, close_file=False)
        return file.getvalue()

    took, told = _timed(drawn)
    mine, answer = _warm(ours["smooth cases"]), ours["smooth cases"]()
    times = WANTED / SAMPLE
    print(
        f"folium.HeatMap of {SAMPLE:,} raw points: {took:.1f} s, {len(told) / 2**20:.1f} MB; of "
        f"{WANTED:,} that is about {took * times:.0f} s and {len(told) * times / 2**20:.0f} MB; "
        f"ours of all {mine * 1e3:.0f} ms and {len(answer) / 2**20:.2f} MB: "
        f"{took * times / mine:,.0f} and {len(told) * times / len(answer):,.0f} times"
    )


def _timed(made: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    found = made()
    return time.perf_counter() - begin, found


def _most(made: Callable[[], Any]) -> float:
    """Megabytes that Python and numpy held at most while answering."""
    gc.collect()
    tracemalloc.start()
    made()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def _warm(made: Callable[[], Any]) -> float:
    return median(_timed(made)[0] for _ in range(TURNS))


def _served(ground: Ground) -> None:
    """The same through a running service of one process, its own filling included."""
    now = datetime.now(UTC)
    span = {"since": (now - timedelta(days=400)).isoformat(), "until": now.isoformat()}
    with service.running(workers=1) as port:
        for path, more in (
            ("", {"measure": "close_median"}),
            ("", {"measure": "close_median", "by": "hexagon", "resolution": "9"}),
            ("", {"by": "smooth"}),
            ("/hotspots", {"resolution": "9"}),
        ):
            told = urlencode(span | more)
            request = (
                f"GET /api/heat{path}?{told} HTTP/1.1\r\nHost: {service.HOST}\r\n"
                f"Authorization: Bearer {ground.token}\r\n\r\n"
            ).encode()
            with service.line(port) as opened:
                asked = partial(service.ask, opened, request)
                first, head = _timed(asked)
                assert head.startswith(b"200"), head
                print(
                    f"over HTTP {path or '/'} {more}: first {first:.1f} s, "
                    f"warm {_warm(asked) * 1e3:.0f} ms"
                )


def _rss() -> float:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _fill(ground: Ground) -> None:
    with psycopg2.connect(ground.dsn) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM case_ WHERE district_code = %s", (ground.district,))
        found = cursor.fetchone()
        assert found is not None
        if found[0] >= WANTED:
            return
        print(f"copying cases to {WANTED:,}, once", flush=True)
        values = {"district": ground.district, "copies": -(-WANTED // CASES)}
        for statement in (FILL, CALLS, CALLED):
            cursor.execute(statement, values)
    connection = psycopg2.connect(ground.dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE case_; ANALYZE case_clock; ANALYZE case_department")
    connection.close()


def _change(ground: Ground) -> None:
    with psycopg2.connect(ground.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(seq), 0) + 1 FROM case_event "
            "WHERE district_code = %s AND case_no LIKE 'H%%'",
            (ground.district,),
        )
        found = cursor.fetchone()
        assert found is not None
        values = {"district": ground.district, "changed": CHANGED, "seq": found[0]}
        cursor.execute(HAPPENED, values)
