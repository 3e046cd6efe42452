"""A small demonstration district: laid down whole, consistent, and labelled."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geodata import seeding
from geodata.demo import demo
from gridsvc import casestate, casework, replay, snapshot
from gridsvc.heat import response as responses
from gridsvc.planning import coverage as coverages
from gridsvc.rules.lifecycle import MOVES, Stage
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot
from gridsvc.tables.cases import CaseEvent
from maps import documents
from tests.conftest import undone

FOLDER = next((Path(seeding.__file__).parent / "demo").glob("*/district.json")).parent
LINKS = re.compile(r"<(script|link|img|iframe)[^>]*(src|href)=|url\(http|@import")
UNTIL = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """One small district for all tests of this file; they only read."""
    wish = seeding.Wish(FOLDER, UNTIL, buildings=3_000, cases=600)
    with undone() as session:
        assert not seeding.is_seeded(session, FOLDER)
        seeding.seed(session, wish, lambda _: None)
        session.flush()
        assert seeding.is_seeded(session, FOLDER)
        yield session


@pytest.fixture
def seeded(session: Session) -> Snapshot:
    return snapshot.current(session, demo.read(FOLDER).district["code"])


def test_the_district_is_whole_and_says_what_is_generated(
    session: Session, seeded: Snapshot
) -> None:
    counted = session.execute(text("SELECT level, count(*) FROM grid_unit GROUP BY level")).all()
    levels = {row.level: row[1] for row in counted}
    assert (levels[1], levels[2], levels[3], levels[5]) == (1, 13, 133, 3_000)
    unlabelled = "SELECT count(*) FROM {} WHERE NOT generated"
    for table in ("grid_unit", "address_point", "place_name", "facility", "officer", "case_"):
        assert session.scalar(text(unlabelled.format(table))) == 0
    assert session.scalar(text("SELECT notice_zh FROM district WHERE code = '530111'"))


def test_a_generated_case_is_judged_again_as_it_was(session: Session, seeded: Snapshot) -> None:
    cases = session.scalars(text("SELECT case_no FROM case_ ORDER BY case_no LIMIT 150")).all()
    again = [replay.replay(session, seeded, case) for case in cases]
    assert {one.table for one in again} == {1}
    assert [one.case_no for one in again if one.differing or one.now != one.then] == []


def test_every_history_is_one_that_the_service_could_have_made(
    session: Session, seeded: Snapshot
) -> None:
    rows = session.execute(
        text("SELECT case_no, seq, kind, stage, at FROM case_event ORDER BY case_no, seq")
    ).all()
    before: dict[str, tuple[int, str, datetime]] = {}
    for row in rows:
        if row.seq == 1:
            assert (row.kind, row.stage) == ("received", "collect")
        else:
            seq, stage, at = before[row.case_no]
            assert row.seq == seq + 1
            assert row.at >= at
            assert Stage(stage) in MOVES[row.kind].start, (row.case_no, stage, row.kind)
        before[row.case_no] = (row.seq, row.stage, row.at)
    cases = session.execute(text("SELECT case_no, stage, version FROM case_")).all()
    assert len(cases) == 600
    for case in cases:
        assert before[case.case_no][:2] == (case.version, case.stage)
    assert {row.stage for row in rows} == set(Stage)
    assert {case.stage for case in cases} >= {"collect", "archived"}
    feed = session.execute(
        text("SELECT min(feed_no), max(feed_no), count(*) FROM record_line")
    ).one()
    assert tuple(feed) == (1, len(rows), len(rows))


def test_a_generated_case_is_what_its_events_say(session: Session, seeded: Snapshot) -> None:
    numbers = session.scalars(text("SELECT case_no FROM case_ ORDER BY case_no LIMIT 300")).all()
    for number in numbers:
        rows = casework.locked(session, seeded.district, number)
        details = session.scalars(
            select(CaseEvent.detail).where(CaseEvent.case_no == number).order_by(CaseEvent.seq)
        )
        assert casestate.rebuilt(details) == casestate.state(*rows), number
        for clock in rows.clocks:
            assert clock.started_at <= clock.due_at
            assert clock.stopped_at is None or clock.started_at <= clock.stopped_at
            assert (clock.mark_at is None) or clock.stopped_at is None


def test_the_maps_open_offline_and_add_up(session: Session, seeded: Snapshot) -> None:
    begin = datetime(2026, 5, 1, tzinfo=UTC)
    coverage = documents.coverage(session, seeded, UNTIL)
    response = documents.response(session, seeded, begin, UNTIL)
    for page in (coverage, response):
        assert len(page.encode()) < 3_000_000
        assert LINKS.search(page) is None
        assert "演示数据" in page
    assert "无数据" in coverage
    closed = session.scalar(
        text("SELECT count(*) FROM case_ WHERE outcome = 'solved' AND closed_at < :until"),
        {"until": UNTIL},
    )
    assert closed is not None and f"{closed:,}件" in response
    by_street = responses.by_unit(session, seeded, 2, Period(begin, UNTIL))
    assert sum(row["closed"] for row in by_street) == closed


def test_sums_of_communities_are_their_streets(session: Session, seeded: Snapshot) -> None:
    day = UNTIL.date()
    coverage = {level: coverages.by_unit(session, seeded, level, day) for level in (2, 3)}
    unknown = [row["code"] for row in coverage[3] if row["households"] is None]
    assert unknown
    for street in coverage[2]:
        below = [row for row in coverage[3] if row["code"].startswith(street["code"])]
        known = [row["households"] for row in below if row["households"] is not None]
        assert street["households"] == sum(known)


def test_house_numbers_and_names_belong_to_units_of_the_published_edition(
    session: Session, seeded: Snapshot
) -> None:
    for table in ("address_point", "place_name"):
        strays = f"""
            SELECT count(*) FILTER (WHERE grid_unit.code IS NULL) AS strays, count(*) AS stored
            FROM {table} JOIN district ON district.code = {table}.district_code
            LEFT JOIN grid_unit ON grid_unit.district_code = {table}.district_code
                AND grid_unit.edition_no = district.edition_no
                AND {table}.edition_no = district.edition_no
                AND grid_unit.code = {table}.unit_code
        """
        counted = session.execute(text(strays)).one()
        assert counted.strays == 0 and counted.stored > 1_000
    held = """
        SELECT count(*) FROM address_point JOIN grid_unit USING (district_code, edition_no)
        WHERE grid_unit.code = address_point.unit_code AND NOT ST_Covers(geom, place)
    """
    assert session.scalar(text(held)) == 0
