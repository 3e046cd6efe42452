"""Months, quarters, half-years and years, and when their documents are due."""

import itertools
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.errors import BadField
from gridsvc.rules import spans
from gridsvc.rules.spans import Length, Rhythm, Span

# Zones with summer time, with its change at midnight, and with a day that never was.
ZONES = st.sampled_from(
    [ZoneInfo(z) for z in ("Asia/Shanghai", "Europe/Berlin", "America/Havana", "Pacific/Apia")]
)
DAYS = st.dates(date(1901, 1, 1), date(2900, 12, 31))
LENGTHS = st.sampled_from(Length)


@given(LENGTHS, DAYS)
def test_every_day_is_in_one_span_and_spans_follow_without_gaps(length: Length, day: date) -> None:
    span = spans.holding(length, day)
    assert span.first <= day < span.following.first
    assert span.following.before == span == span.before.following
    assert spans.holding(length, span.following.first - timedelta(days=1)) == span
    assert spans.read(span.code) == span


@given(DAYS, ZONES)
def test_a_year_is_its_halves_quarters_and_months(day: date, zone: ZoneInfo) -> None:
    year = spans.holding(Length.YEAR, day)
    for length in (Length.HALF, Length.QUARTER, Length.MONTH):
        parts = [Span(length, year.year, no) for no in range(1, 12 // length.months + 1)]
        bounds = [part.bounds(zone) for part in parts]
        assert (bounds[0][0], bounds[-1][1]) == year.bounds(zone)
        assert all(one[1] == other[0] for one, other in itertools.pairwise(bounds))
        assert all(since < until for since, until in bounds)


@given(LENGTHS, DAYS, st.integers(1, 28), st.times(), ZONES, st.integers(0, 800))
def test_what_is_due_is_every_span_since_the_beginning_and_no_other(
    length: Length, since: date, day: int, at: time, zone: ZoneInfo, later: int
) -> None:
    rhythm = Rhythm(length, day, at.replace(fold=0), since)
    now = datetime.combine(since + timedelta(days=later), time(12), zone)
    found = list(spans.due(rhythm, now, zone))
    assert found == sorted(found, key=lambda span: span.first)
    assert all(one.following == other for one, other in itertools.pairwise(found))
    assert all(span.following.first >= since for span in found)
    assert all(rhythm.due_at(span, zone) <= now for span in found)
    following = found[-1].following if found else spans.holding(length, since - timedelta(days=1))
    while following.following.first < since:
        following = following.following
    assert rhythm.due_at(following, zone) > now
    if found:
        assert found[0].first < since


@pytest.mark.parametrize(
    "wrong", ["", "2026-13", "2026-Q5", "2026-H3", "26-10", "2026-00", "9999", "2026-1", "x"]
)
def test_what_is_no_span_is_refused(wrong: str) -> None:
    with pytest.raises(BadField):
        spans.read(wrong)


def test_spans_are_named_in_both_languages() -> None:
    assert spans.read("2026-10").name.both == {"zh": "2026年10月", "en": "October 2026"}
    assert spans.read("2026-q4").name.zh == "2026年第四季度"
    assert spans.read("2026-H2").name.zh == "2026年下半年"
    assert spans.read("2026").name.en == "2026"
