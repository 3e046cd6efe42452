"""POST /api/reports against pgbench running the same statement on the same cluster."""

import re
import shutil
import subprocess
import tempfile
from functools import partial
from statistics import median

import orjson
import psycopg2

from tests.bench import service
from tests.bench.ground import CATEGORY, CHANNEL, Ground

CLIENTS, COUNT, SECONDS, TURNS = 8, 800, 2, 5


def run(ground: Ground) -> None:
    lon, lat = _place(ground)
    body = orjson.dumps(
        {
            "location": {"lon": lon, "lat": lat},
            "category": CATEGORY,
            "text": "小区北门外有垃圾堆放，已经两天。",
            "channel": CHANNEL,
        }
    )
    with service.running() as port:

        def request(number: int, run: str = "r") -> bytes:
            key = f"{run}-{ground.token[:8]}-{number}"
            return service.post(port, "/api/reports", ground.token, body, key)

        service.rate(port, lambda number: request(number, "warm"), 400, CLIENTS)
        statement = _statement(ground)
        rates = []
        for turn in range(TURNS):
            told = partial(request, run=str(turn))
            rates.append((service.rate(port, told, COUNT, CLIENTS), _pgbench(ground, statement)))
    print(
        f"{CLIENTS} clients in {TURNS} turns, medians: "
        f"POST {median(served for served, _ in rates):,.0f}/s, "
        f"pgbench {median(bare for _, bare in rates):,.0f}/s, "
        f"ratio {median(served / bare for served, bare in rates):.2f} (wanted >= 0.20)"
    )


def _place(ground: Ground) -> tuple[float, float]:
    """An inner point of some building."""
    with psycopg2.connect(ground.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_PointOnSurface(geom) AS p FROM grid_unit "
            "WHERE district_code = %s AND level = 5 ORDER BY code LIMIT 1) one",
            (ground.district,),
        )
        found = cursor.fetchone()
    assert found is not None
    return found


def _pgbench(ground: Ground, statement: str) -> float:
    """Transactions a second of the service's own statement, with the values of its last report."""
    program = shutil.which("pgbench") or "/usr/lib/postgresql/15/bin/pgbench"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(statement)
        script.flush()
        command = [program, "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2"]
        command += ["-T", str(SECONDS), "-f", script.name, ground.dsn]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", ran.stdout)
    if found is None:
        raise RuntimeError(ran.stderr)
    return float(found[1])


def _statement(ground: Ground) -> str:
    """intake.RECEIVE with the values that the service bound last, a new key and link each time."""
    from sqlalchemy import event

    from gridsvc import accounts, db, intake
    from gridsvc.locate import Location

    sent: list[str] = []

    def note(connection, cursor, statement, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith("EXECUTE"):
            plain = db.NAMED.sub(r"%(\1)s", intake.RECEIVE.sql)
            told = {**parameters, "token": "pgbenchkey"}
            sent.append(cursor.mogrify(plain, told).decode())

    event.listen(db.engine, "before_cursor_execute", note)
    lon, lat = _place(ground)
    told = intake.Submission(Location(lon, lat), CATEGORY, "x" * 16, CHANNEL, key="pgbenchkey")
    from datetime import UTC, datetime

    with db.transaction() as session:
        account = accounts.by_token(session, ground.token, datetime.now(UTC))
        assert account is not None
        intake.receive(session, account, told, datetime.now(UTC))
        session.rollback()
    event.remove(db.engine, "before_cursor_execute", note)
    random_key = "'b' || :client_id || '-' || :n"
    sql = " ".join(sent[-1].replace("'pgbenchkey'", random_key).split())
    # pgbench would read the word after a colon in the JSON as one of its variables.
    sql = re.sub(r'":(?=[a-z])', '": ', sql)
    return f"\\set n random(1, 1000000000000)\n{sql};\n"
