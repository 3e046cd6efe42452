"""The columns count as the rates do, and following the record comes to what a full count does."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from geodata import editions
from geodata.editions import Provenance
from gridsvc import events, performance, rejudge, snapshot
from gridsvc.editions import Change, publish
from gridsvc.heat import keeping, measures, surfaces
from gridsvc.heat.columns import Columns, copied
from gridsvc.heat.measures import MEASURES
from gridsvc.heat.questions import Question, resolved
from gridsvc.performance import Performance, Scope
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot
from tests.conftest import NOON, Town, statements
from tests.heat import district
from tests.sketch import grid

SCOPES = (
    Scope(),
    Scope(unit="T.S.A"),
    Scope(department="works"),
    Scope(department="water", kind="problem_whistle"),
    Scope(category="city"),
    Scope(unit="T.S.B", category="drain", department="works"),
)
PERIOD = Period(NOON - timedelta(days=30), NOON + timedelta(days=20))


@pytest.fixture
def facts(town: Town) -> Snapshot:
    return snapshot.current(town.session, "t")


def of_rates(found: Performance) -> dict[str, tuple[int, float | None]]:
    """The rates as the measures of heat name them: how many were counted, and the figure."""
    rates = {one.code: one for one in found.rates}
    hours = {one.code: one for one in found.hours}

    def missed(code: str) -> tuple[int, float | None]:
        value = rates[code].value
        return len(rates[code].denominator), None if value is None else 100 * (1 - value)

    rework = rates["rework"]
    come, close = hours["report_in_hours"], hours["close_hours"]
    return {
        "late": missed("on_time"),
        "late_in": missed("response"),
        "rework": (len(rework.denominator), rework.value and 100 * rework.value),
        "report_in_median": (len(come.items), come.median),
        "report_in_p90": (len(come.items), come.p90),
        "close_median": (len(close.items), close.median),
        "close_p90": (len(close.items), close.p90),
    }


@pytest.mark.parametrize("scope", SCOPES)
def test_every_unit_has_the_figures_of_the_rates(town: Town, facts: Snapshot, scope: Scope) -> None:
    district.lay(town.session, facts, 1, 400)
    for level in (1, 3):
        expected = performance.by_unit(town.session, facts, scope, PERIOD, level)
        for code in ("late", "late_in", "rework", "report_in_median", "report_in_p90",
                     "close_median", "close_p90"):  # fmt: skip
            asked = Question(code, PERIOD, level=level, scope=scope)
            rows = surfaces.surface(town.session, facts, asked).theme.rows
            assert rows
            for row in rows:
                counted, value = (0, None)
                if row["code"] in expected:
                    counted, value = of_rates(expected[row["code"]])[code]
                assert row["cases"] == counted, (code, row)
                assert row["value"] == (value if value is None else pytest.approx(value)), code


def plain(columns: Columns) -> dict[str, Any]:
    """What columns say, without the order they say it in."""
    order = np.argsort(columns.cases.key)
    cases = [part[..., order].tolist() for part in columns.cases]
    cells = []
    for resolution in (7, 9, 10):
        layer = columns.hexagons[resolution]
        cells.append([int(layer.names[at]) if at >= 0 else 0 for at in layer.at[order].tolist()])

    def rows(part: Any) -> list[tuple[Any, ...]]:
        keys = columns.cases.key[part.case].tolist()
        return sorted(zip(keys, *(one.tolist() for one in part[1:]), strict=True))

    return {
        "cases": str(cases),
        "cells": cells,
        "calls": rows(columns.calls),
        "called": rows(columns.called),
        "given": rows(columns.given),
    }


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.integers(0, 2**20),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4),
)
def test_following_the_record_comes_to_a_full_count(
    town: Town, facts: Snapshot, seed: int, rounds: list[tuple[int, int]]
) -> None:
    """New, moved, merged and rejudged cases arrive by the record's lines alone."""
    with town.session.begin_nested() as undo:
        keeping.forget()
        known = district.lay(town.session, facts, seed, 10, "A")
        keeping.current(town.session, facts)
        for number, (fresh, changed) in enumerate(rounds):
            known += district.lay(town.session, facts, seed + number, fresh, f"B{number}-")
            district.change(town.session, facts, seed + 99 + number, known[:changed], number + 2)
            keeping.current(town.session, facts)
        followed = keeping.current(town.session, facts)
        keeping.forget()
        assert plain(followed) == plain(keeping.current(town.session, facts))
        assert len(followed.cases.key) == len(known)
        undo.rollback()
        keeping.forget()


def test_a_call_of_a_case_that_came_in_meanwhile_is_read_with_its_line(
    town: Town, facts: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cases, calls and feedback are read one after another, while others write."""
    district.lay(town.session, facts, 1, 20, "A")
    keeping.current(town.session, facts)
    keeping.forget()
    fresh = list[str]()

    def slow(session: Session, sql: str, *rest: Any) -> Any:
        found = copied(session, sql, *rest)
        if not fresh:
            fresh.extend(district.lay(session, facts, 2, 20, "B"))
        return found

    monkeypatch.setattr(keeping, "copied", slow)
    assert len(keeping.current(town.session, facts).cases.key) == 20
    followed = keeping.current(town.session, facts)
    keeping.forget()
    assert plain(followed) == plain(keeping.current(town.session, facts))
    assert len(followed.cases.key) == 40


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(list(MEASURES)),
    st.sampled_from(["unit", "hexagon", "smooth"]),
    st.sampled_from(SCOPES),
    st.integers(1, 3),
    st.integers(7, 10),
    st.booleans(),
)
def test_every_map_adds_up_to_its_cases(
    filled: tuple[Session, Snapshot],
    measure: str,
    by: str,
    scope: Scope,
    level: int,
    resolution: int,
    compared: bool,
) -> None:
    session, facts = filled
    if MEASURES[measure].per == "households":
        by = "unit"
    before = Period(NOON - timedelta(days=44), NOON - timedelta(days=30))
    asked = Question(measure, PERIOD, by, level, resolution, scope=scope)
    asked = asked._replace(against=before) if compared else asked
    found = surfaces.surface(session, facts, asked)
    columns = keeping.current(session, facts)
    part = resolved(session, facts, scope)
    for total, name, period in (
        (found.totals, "cases", PERIOD),
        (found.before, "cases_before", before),
    ):
        if total is None:
            continue
        cases = measures.counted(columns, MEASURES[measure], period, part).case
        assert total.counted == len(cases)
        assert sum(row[name] for row in found.theme.rows) == total.on_map
        assert total.on_map + total.elsewhere == total.counted
        if by == "hexagon":
            assert total.on_map == np.isfinite(columns.cases.lon[cases]).sum()
    assert len(found.theme.rows) == len(found.theme.shapes)
    assert len(found.sides) == (2 if compared and by == "smooth" else 0)
    for side, total in zip(found.sides, (found.totals, found.before), strict=False):
        assert total and sum(row["cases"] for row in side.rows) == total.on_map
        assert side.shades[0].limits == found.sides[0].shades[0].limits


@pytest.fixture
def filled(town: Town, facts: Snapshot) -> tuple[Session, Snapshot]:
    district.lay(town.session, facts, 7, 500)
    return town.session, facts


def test_cases_follow_a_new_edition_once_they_are_judged_again(town: Town, facts: Snapshot) -> None:
    """A third community is drawn: it is empty until the open cases are judged by the new grid."""
    session = town.session
    town.hire("chief", "administrator")
    district.lay(session, facts, 4, 300)
    asked = Question("count", Period(NOON - timedelta(days=99), NOON + timedelta(days=99)))
    before = cases_of(surfaces.surface(session, facts, asked))
    drawing = """
        A A C
        A . C
        A C C
    """
    staged = editions.stage(
        session, town.district, grid(drawing), Provenance("drawn", "ours", "own"), NOON
    )
    publish(session, "t", staged.no, Change("drawn", NOON))
    later = snapshot.current(session, "t")
    moved_on = cases_of(surfaces.surface(session, later, asked))
    assert moved_on == {"T.S.A": before["T.S.A"], "T.S.C": 0}
    rejudge.apply(session, town.account("chief"), NOON)
    events.number(session, "t", None)
    judged = cases_of(surfaces.surface(session, later, asked))
    stored = session.scalar(text("SELECT count(*) FROM case_ WHERE chain @> ARRAY['T.S.C']"))
    assert judged["T.S.C"] == stored > 0


def cases_of(found: surfaces.Surface) -> dict[str, int]:
    return {row["code"]: row["cases"] for row in found.theme.rows}


def test_a_map_asks_the_database_little(filled: tuple[Session, Snapshot]) -> None:
    """Warm, it is the head of the record and what the question names; never a row a case."""
    session, facts = filled
    for by in ("unit", "hexagon", "smooth"):
        asked = Question("close_median", PERIOD, by, scope=Scope(category="city"))
        surfaces.surface(session, facts, asked)
        with statements() as sent:
            surfaces.surface(session, facts, asked)
        assert len(sent) <= 2, (by, sent)
