"""Tables of responsibility at size: a trial over 100,000 cases, gaps, and workbooks."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from tests.bench.ground import Ground

BUILDINGS, CASES = 60_000, 2_000
TRIED, MANY = 100_000, 20_000

# Copies of the cases, a day earlier each, so that days and places vary.
FILL = text("""
    INSERT INTO case_ (district_code, case_no, stage, category_code, text, opened_at, edition_no,
        unit_code, chain, rework_count, version, generated)
    SELECT district_code, 'C' || copy || '-' || case_no, 'handle', category_code, text,
           opened_at - copy * interval '1 day', edition_no, unit_code, chain, 0, 1, true
    FROM case_, generate_series(1, :copies) copy
    WHERE district_code = :district
""")


@contextmanager
def timed(what: str) -> Iterator[Callable[[str], None]]:
    """Prints what was done, what came of it, and the seconds it took."""
    said: list[str] = []
    begin = time.perf_counter()
    yield said.append
    print(f"{what}: {time.perf_counter() - begin:.1f} s, {' '.join(said)}", flush=True)


def run(ground: Ground) -> None:
    from geodata import rulereading, rulesheets
    from gridsvc import db, ruletables, snapshot, trial
    from gridsvc.rules.responsibility import Row, table
    from gridsvc.trial import Period

    chance, now = random.Random(1), datetime.now(UTC)
    with db.new_session() as session:
        facts = snapshot.current(session, ground.district)
        held = session.scalar(text("SELECT count(*) FROM case_")) or 1
        session.execute(FILL, {"district": ground.district, "copies": TRIED // held})
        first = facts.rules.tables[0]
        bodies = [c for c, one in facts.rules.departments.items() if one.kind != "community_body"]
        units = [facts.grid.codes[row] for row in range(len(facts.grid.levels))]

        def rows(many: int) -> list[Row]:
            return [
                Row(
                    1_000 + no,
                    chance.choice(list(facts.rules.categories)),
                    chance.choice(units),
                    chance.choice(bodies),
                    (),
                    None,
                    None,
                    "bench",
                )
                for no in range(many)
            ]

        swapped = [row._replace(lead=bodies[0], supporting=()) for row in first.rows]
        period = Period(now - timedelta(days=1_000), now)
        for tried in (swapped, [*first.rows, *rows(MANY)]):
            with timed(f"trial of {len(tried):,} rows") as say:
                found = trial.run(session, facts, table(9, "", None, tried), period)
                say(f"{found.cases:,} cases, {found.decisions:,} decisions, ")
                say(f"{len(found.changed):,} changed")
        for claims in ([], list(first.rows), rows(5_000)):
            with timed(f"gaps of {len(claims):,} rows") as say:
                gaps = ruletables.gaps(session, facts, table(9, "", None, claims), now.date())
                say(f"{len(gaps):,} places, {sum(gap.ends for gap in gaps):,} pairs")
        with TemporaryDirectory() as folder:
            file, many = Path(folder) / "many.xlsx", rows(MANY - 1)
            with timed(f"workbook of {len(many):,} rows written"):
                rulesheets.write(many, facts, file)
            with timed("read and checked") as say:
                draft = rulereading.read(file.read_bytes(), facts, "bench")
                say(f"{sum(1 for _ in ruletables.faults_of(facts, draft, now))} faults")
        session.rollback()
