"""The closed loop at size: the overdue sweep, a month's evaluation, a page of the queue."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

import psycopg2

from tests.bench.ground import Ground

BUILDINGS, CASES = 3_000, 4_001
OPEN, MONTH, PAGES, CLONES = 100_000, 10_000, 40, 25

# Copies of the newest open cases with their clocks, all running out within the last month.
FILL = """
    INSERT INTO case_ (district_code, case_no, stage, category_code, text, opened_at, due_at,
        edition_no, unit_code, chain, owner_unit, place, rework_count, version, generated)
    SELECT held.district_code, 'B' || copy || '-' || held.case_no, 'handle', category_code, text,
           now() - interval '40 days', now() - random() * interval '20 days', edition_no,
           unit_code, chain, owner_unit, place, 0, 1, true
    FROM (SELECT * FROM case_ WHERE district_code = %(district)s AND case_no NOT LIKE 'B%%'
          ORDER BY case_no LIMIT %(seed)s) held, generate_series(1, %(copies)s) copy
    ON CONFLICT DO NOTHING
"""
CLOCKS = """
    INSERT INTO case_clock (district_code, case_no, no, clock, limit_no, amount, unit, started_at,
        due_at, void, extended, mark_at, marks)
    SELECT district_code, case_no, 1, 'case', 2, 5, 'working_day', opened_at, due_at, false, 0,
           due_at, 0
    FROM case_ WHERE district_code = %(district)s AND case_no LIKE 'B%%'
    ON CONFLICT DO NOTHING
"""


def run(ground: Ground) -> None:
    from gridsvc import caselist, db, performance, snapshot, urging
    from gridsvc.caselist import Wanted
    from gridsvc.performance import Scope
    from gridsvc.rules.rates import Period

    _fill(ground)
    now = datetime.now(UTC)
    with db.new_session() as session:
        facts = snapshot.current(session, ground.district)
        # Their limits ran out over the last twenty days: a day's worth first, then all the rest.
        for what, at in (
            ("of a day", now - timedelta(days=19)),
            ("of twenty days, unswept till now", now),
        ):
            begin = time.perf_counter()
            marked = 0
            while done := urging.sweep(session, ground.district, at):
                marked += done
            swept = time.perf_counter() - begin
            print(
                f"sweep of {OPEN:,} open cases, {marked:,} clocks {what}: {swept:.1f} s "
                f"({marked / swept:,.0f} a second; wanted < 5 s)"
            )
        begin = time.perf_counter()
        urging.sweep(session, ground.district, now)
        print(f"sweep with nothing due: {(time.perf_counter() - begin) * 1e3:.1f} ms")
        session.rollback()
    with db.new_session() as session:
        period = Period(now - timedelta(days=45), now)
        begin = time.perf_counter()
        found = performance.by_department(session, facts, Scope(), period)
        took = time.perf_counter() - begin
        counted = sum(len(rate.denominator) for its in found.values() for rate in its.rates)
        begin = time.perf_counter()
        whole = performance.measure(session, facts, Scope(), period)
        whole_took = time.perf_counter() - begin
    cases = max(len(rate.denominator) for rate in whole.rates)
    print(
        f"evaluation of {cases:,} cases: all rates {whole_took:.1f} s, by department {took:.1f} s "
        f"({counted:,} counted; wanted < 10 s for {MONTH:,} cases)"
    )
    filters: list[dict[str, object]] = [
        {},
        {"open": True},
        {"overdue": True, "open": True},
        {"stages": ["handle"]},
    ]
    with db.new_session() as session:
        for order in ("newest", "due"):
            times = []
            for turn in range(PAGES):
                wanted = Wanted(filters[turn % len(filters)], order)
                begin = time.perf_counter()
                caselist.page(session, facts, wanted, now)
                times.append(time.perf_counter() - begin)
            print(
                f"queue page by {order}: median {median(times) * 1e3:.0f} ms, worst "
                f"{max(times) * 1e3:.0f} ms (wanted < 50 ms)"
            )


def _fill(ground: Ground) -> None:
    values = {"district": ground.district, "seed": OPEN // CLONES, "copies": CLONES}
    with psycopg2.connect(ground.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(FILL, values)
        cursor.execute(CLOCKS, values)
    connection = psycopg2.connect(ground.dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE case_; ANALYZE case_clock")
    connection.close()
