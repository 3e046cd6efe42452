"""Point -> unit: the index in memory against the same question asked of PostGIS."""

import time

import numpy as np
import psycopg2

from tests.bench.ground import Ground

SINGLE, BULK = 4_000, 100_000
ASKED = """
    SELECT code FROM grid_unit
    WHERE district_code = %s AND edition_no = %s
      AND ST_Intersects(geom, ST_SetSRID(ST_MakePoint(%s, %s), 4326))
    ORDER BY level DESC, code COLLATE "C" LIMIT 1
"""


def run(ground: Ground) -> None:
    from gridsvc import db, gridindex, snapshot

    with db.transaction() as session:
        edition = snapshot.current(session, ground.district).grid.edition
        start = time.perf_counter()
        index = gridindex.load(session, ground.district, edition)
        loaded = time.perf_counter() - start
    west, south, east, north = index.shapes[len(index.shapes) - 1].bounds
    chance = np.random.default_rng(1)
    lons, lats = chance.uniform(west, east, BULK), chance.uniform(south, north, BULK)
    index.rows(lons, lats)
    points = list(zip(lons[:SINGLE].tolist(), lats[:SINGLE].tolist(), strict=True))

    start = time.perf_counter()
    here = [index.row(lon, lat) for lon, lat in points]
    memory = SINGLE / (time.perf_counter() - start)

    connection = psycopg2.connect(ground.dsn)
    with connection.cursor() as cursor:
        start = time.perf_counter()
        there = []
        for lon, lat in points:
            cursor.execute(ASKED, (ground.district, edition, lon, lat))
            there.append(cursor.fetchone())
        database = SINGLE / (time.perf_counter() - start)
    connection.close()
    codes = [(index.codes[row],) if row >= 0 else None for row in here]
    if codes != there:
        raise AssertionError("the index and PostGIS disagree")

    start = time.perf_counter()
    index.rows(lons, lats)
    bulk = BULK / (time.perf_counter() - start)
    print(f"index of {len(index.codes):,} units read and built in {loaded:.2f} s")
    print(
        f"one point: memory {memory:,.0f}/s, PostGIS {database:,.0f}/s, "
        f"ratio {memory / database:.1f} (wanted >= 20)"
    )
    print(f"{BULK:,} points at once: {bulk:,.0f}/s, ratio {bulk / database:.0f} to one by one")
