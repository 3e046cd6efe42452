"""Circulars and the ledger at size: time and memory, each in a process of its own."""

import time
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg2

from tests.bench.ground import Ground

BUILDINGS, CASES = 4_000, 4_000
MONTH, LEDGER = 10_000, 100_000

# Copies of whole cases, with what the ledger reads of them, all received in the last month.
COPIED = {
    "case_": "opened_at, due_at, closed_at",
    "case_department": "called_at, reported_in_at, done_at, released_at",
    "case_clock": "started_at, due_at, stopped_at",
    "report": "received_at",
}


def run(ground: Ground) -> None:
    from gridsvc.rules import spans
    from gridsvc.rules.spans import Length

    today = datetime.now(UTC).date()
    month = spans.holding(Length.MONTH, today).before
    have = _fill(ground, month.first, MONTH, "C")
    for form in ("pdf", "docx", "xlsx"):
        took, size, peak = _apart(_circular, ground.district, month.code, form)
        print(
            f"monthly circular of {have:,} cases as {form}: {took:.1f} s, {size / 1e6:.1f} MB, "
            f"peak {peak:.0f} MB",
            flush=True,
        )
    _fill(ground, month.before.first, LEDGER, "L")
    took, rows, peak = _apart(_ledger, ground.district)
    print(f"ledger of {rows:,} cases as xlsx: {took:.1f} s, peak {peak:.0f} MB")


def _fill(ground: Ground, since: Any, wanted: int, mark: str) -> int:
    """Bring the cases received in the month that begins on `since` to about `wanted`."""
    with psycopg2.connect(ground.dsn) as connection, connection.cursor() as cursor:
        until = since + timedelta(days=31)
        cursor.execute(
            "SELECT count(*) FROM case_ WHERE opened_at >= %s AND opened_at < %s", (since, until)
        )
        have = int((cursor.fetchone() or (0,))[0])
        copies = max(0, round((wanted - have) / CASES))
        cursor.execute(
            "CREATE TEMP TABLE seed AS SELECT district_code, case_no, opened_at FROM case_ "
            "WHERE case_no ~ '^[0-9]' ORDER BY case_no LIMIT %s",
            (CASES,),
        )
        for copy in range(copies):
            for table in COPIED:
                cursor.execute(_copy(cursor, table), {"since": since, "mark": f"{mark}{copy}-"})
        connection.commit()
    connection = psycopg2.connect(ground.dsn)
    connection.autocommit = True
    connection.cursor().execute("ANALYZE")
    connection.close()
    return have + copies * CASES


def _copy(cursor: Any, table: str) -> str:
    """Rows of the seed under a new number, moved in time into the month."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", (table,)
    )
    moved = COPIED[table].split(", ")
    move = "+ (%(since)s::timestamptz - seed.opened_at + (random() * 30) * interval '1 day')"
    renamed = {"case_no", "report_no"}

    def read(name: str) -> str:
        if name in moved:
            return f"held.{name} {move.replace('random()', '0.5')}"
        if name in renamed:
            return f"%(mark)s || held.{name}"
        return "NULL" if name in ("token", "request_key") else f"held.{name}"

    names = [row[0] for row in cursor.fetchall()]
    return (
        f"INSERT INTO {table} ({', '.join(names)}) "
        f"SELECT {', '.join(read(name) for name in names)} FROM {table} held "
        "JOIN seed USING (district_code, case_no) ON CONFLICT DO NOTHING"
    )


def _apart(work: Any, *asked: Any) -> tuple[float, int, float]:
    """Seconds, what the work says of its size, and the most memory it held (MB)."""
    with get_context("spawn").Pool(1) as pool:
        took, size, peak = pool.apply(_measured, (work, asked))
    return took, size, peak


def _measured(work: Any, asked: Any) -> tuple[float, int, float]:
    from gridsvc import db, snapshot

    with db.new_session() as session:
        # What a process holds of the district anyway.
        snapshot.current(session, asked[0])
    begin = time.perf_counter()
    size = work(*asked)
    took = time.perf_counter() - begin
    # Not getrusage: a process that was begun by a large one inherits that one's peak.
    status = Path("/proc/self/status").read_text("ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return took, size, int(peak.split()[1]) / 1024


def _circular(district: str, span: str, form: str) -> int:
    from gridsvc import db, snapshot
    from gridsvc.circulars import keeping
    from gridsvc.circulars.kinds import CircularKind, Wish
    from gridsvc.documents.formats import Format, write
    from gridsvc.rules import spans

    now = datetime.now(UTC)
    with db.new_session() as session:
        facts = snapshot.current(session, district)
        wish = Wish(CircularKind.MONTHLY, spans.read(span))
        document = keeping.composed(session, facts, wish, now)[1]
    return len(write(document, Format(form), now))


def _ledger(district: str) -> int:
    from geodata import ledgersheets
    from gridsvc import db, ledger, snapshot

    with db.new_session() as session, TemporaryDirectory() as folder:
        facts = snapshot.current(session, district)
        found = ledger.lines(session, facts, {}, datetime.now(UTC))
        zone = facts.rules.calendar.zone
        return ledgersheets.write(found, zone, Path(folder) / "ledger.xlsx")
