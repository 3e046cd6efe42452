"""Addresses to places: the engine beside pg_trgm and rapidfuzz over the whole gazetteer, and beside
cpca for provinces, cities and districts; by how many are right and how many a second."""

import resource
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import psycopg2
from psycopg2.extras import execute_values

from tests.bench.ground import Ground

ASKED, SLOW_ASKED, SEED = 2_000, 60, 11
LARGE = 1_000_000
REAL = "cn_address"

MAKE = "CREATE TEMP TABLE said (code text, words text)"
FILL = "INSERT INTO said VALUES %s"
INDEX = "CREATE INDEX ON said USING gist (words gist_trgm_ops(siglen = 64))"
# How alike the whole strings are, and how alike the question is to a part of the string.
WHOLE = "SELECT code FROM said ORDER BY words <-> %s LIMIT 1"
PART = "SELECT code FROM said ORDER BY %s <<-> words LIMIT 1"


class Line(NamedTuple):
    """One row of the table: right in community and in building, and addresses a second."""

    name: str
    community: float
    building: float
    a_second: float


def run(ground: Ground) -> None:
    from tests.address import district

    known = district.gazetteer()
    said = [one for one in district.written(3_000, SEED) if one.kind == "one"][:ASKED]
    table = _everything(district.generated())
    print(f"{len(table):,} strings in the peers' gazetteer; {len(said):,} noisy addresses")
    engine, time_of_one = _engine(known, said)
    slow = said[:SLOW_ASKED]
    _print(
        [
            engine,
            *_pg_trgm(ground, table, slow),
            _rapidfuzz(table, slow),
        ]
    )
    _districts()
    _large(time_of_one)


def _everything(made: Any) -> list[tuple[str, str]]:
    """Code and words of everything that can be asked: units with what holds them, plates, names."""
    units = made.units
    name = dict(zip(units["code"], units["name"], strict=True))
    above = dict(zip(units["code"], units["parent_code"], strict=True))

    def words(code: str) -> str:
        holder = above[code]
        return (words(holder) if isinstance(holder, str) else "") + str(name[code])

    points, names = made.points, made.names
    return [
        *((code, words(code)) for code in units["code"]),
        *zip(points["unit_code"], points["road"] + points["house_number"], strict=True),
        *zip(names["unit_code"], names["name"], strict=True),
    ]


def _engine(known: Any, said: Sequence[Any]) -> tuple[Line, float]:
    from gridsvc.address.find import find

    for one in said[:200]:
        find(known, one.text)
    start = time.process_time()
    answers = [find(known, one.text) for one in said]
    spent = time.process_time() - start
    found = [answer.best.code if answer.best and answer.best.here else "" for answer in answers]
    return _line("gridsvc.address", said, found, spent), spent / len(said)


def _line(name: str, said: Sequence[Any], found: Sequence[str], spent: float) -> Line:
    community = [
        code.startswith(one.community or one.places[0])
        for one, code in zip(said, found, strict=True)
    ]
    building = [code == one.building for one, code in zip(said, found, strict=True) if one.building]
    return Line(
        name,
        sum(community) / len(community),
        sum(building) / max(len(building), 1),
        len(said) / spent,
    )


def _timed(name: str, said: Sequence[Any], ask: Callable[[str], str]) -> Line:
    start = time.perf_counter()
    found = [ask(one.text) for one in said]
    return _line(name, said, found, time.perf_counter() - start)


def _pg_trgm(ground: Ground, table: list[tuple[str, str]], said: Sequence[Any]) -> list[Line]:
    connection = psycopg2.connect(ground.dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(MAKE)
        execute_values(cursor, FILL, table, page_size=5_000)
        cursor.execute(INDEX)
        cursor.execute("ANALYZE said")

        def asking(query: str) -> Callable[[str], str]:
            def ask(text: str) -> str:
                cursor.execute(query, (text,))
                row = cursor.fetchone()
                return str(row[0]) if row else ""

            return ask

        lines = [
            _timed("pg_trgm similarity", said, asking(WHOLE)),
            _timed("pg_trgm word similarity", said, asking(PART)),
        ]
        connection.rollback()
    connection.close()
    return lines


def _rapidfuzz(table: list[tuple[str, str]], said: Sequence[Any]) -> Line:
    from rapidfuzz import fuzz, process

    words = [one for _, one in table]

    def ask(text: str) -> str:
        _, _, at = process.extractOne(text, words, scorer=fuzz.WRatio)
        return table[at][0]

    return _timed("rapidfuzz WRatio, all", said, ask)


def _print(lines: list[Line]) -> None:
    first = lines[0]
    print(f"{'':24} {'community':>10} {'building':>9} {'a second':>9}")
    for line in lines:
        times = first.a_second / line.a_second
        behind = "" if line is first else f"   the engine is {times:,.0f} times as fast"
        shares = f"{line.community:10.1%} {line.building:9.1%}"
        print(f"{line.name:24} {shares} {line.a_second:9,.1f}{behind}")


def _districts() -> None:
    """The administrative part of real addresses, where they are at hand."""
    import warnings

    from gridsvc.address.areas import areas
    from gridsvc.address.find import find
    from tests.address import china, real
    from tests.conftest import SHARED

    if not (SHARED / REAL).is_dir():
        print(f"no ../shared/data/{REAL}: the comparison with cpca is left out")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import cpca
    rows = [row for row in real.addresses(SHARED / REAL, "dev") if row["area_code"]]
    texts = [row["address"] for row in rows]
    nation = china.nation()
    start = time.process_time()
    answers = [find(nation, text) for text in texts]
    ours = time.process_time() - start
    areas(texts[:10])
    start = time.process_time()
    named = areas(texts)
    quick = time.process_time() - start
    cpca.transform(texts[:10])
    start = time.process_time()
    theirs = cpca.transform(texts)["adcode"].tolist()
    spent = time.process_time() - start
    right = sum(
        answer.best is not None and answer.best.code[:6] == row["area_code"]
        for answer, row in zip(answers, rows, strict=True)
    )
    their_right = sum(
        str(code)[:6] == row["area_code"] for code, row in zip(theirs, rows, strict=True)
    )
    quick_right = sum(one.code == row["area_code"] for one, row in zip(named, rows, strict=True))
    print(
        f"district of {len(rows):,} real addresses: engine {right / len(rows):.1%} right, "
        f"{len(rows) / ours:,.0f} a second (down to villages and every piece); "
        f"areas {quick_right / len(rows):.1%} right, {len(rows) / quick:,.0f} a second, "
        f"{spent / quick:.1f} times as fast as cpca; "
        f"cpca {their_right / len(rows):.1%} right, {len(rows) / spent:,.0f} a second"
    )


def _large(time_of_one: float) -> None:
    """A district of a million buildings: how long it takes to build, its size, and the speed."""
    from gridsvc.address.find import find
    from tests.address import district

    made = district.generated(LARGE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    known = district.made(made)
    built = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = district.written(1_000, SEED, LARGE)
    for one in said[:200]:
        find(known, one.text)
    start = time.process_time()
    for one in said:
        find(known, one.text)
    spent = (time.process_time() - start) / len(said)
    print(
        f"{LARGE:,} buildings: built in {built:.1f} s, {(after - before) / 1024:,.0f} MB more, "
        f"{1 / spent:,.0f} a second, {spent / time_of_one:.2f} times the time at 60,000"
    )
