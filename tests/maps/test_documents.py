"""Hexagons add up to their cases, and few cases are not made to look like a finding."""

import pandas as pd
import pytest
from sqlalchemy.orm import Session

from gridsvc import analytics, snapshot
from maps import documents, hexagons
from tests.conftest import HOUSE, NOON, lay_town

FEW, ENOUGH = analytics.SMALL - 1, analytics.SMALL


def cases(*heaps: tuple[float, int, float]) -> pd.DataFrame:
    """So many closed cases at a longitude, each of so many hours."""
    rows = [(lon, 25.0, hours) for lon, count, hours in heaps for _ in range(count)]
    return pd.DataFrame(rows, columns=["lon", "lat", "hours"])


def test_cells_add_up_and_keep_their_own_median() -> None:
    cells = hexagons.by_cell(cases((102.70, 3, 5.0), (102.80, 4, 50.0)))
    assert sorted(zip(cells["closed"], cells["median_hours"], strict=True)) == [(3, 5.0), (4, 50.0)]
    assert cells.geometry.is_valid.all()


def test_a_cell_is_as_large_as_the_map_says() -> None:
    (area,) = hexagons.by_cell(cases((102.70, 1, 1.0))).to_crs(4543).area / 1e6
    assert area == pytest.approx(0.7, abs=0.1)


def test_no_cases_are_no_cells() -> None:
    assert hexagons.by_cell(cases()).empty


@pytest.mark.parametrize(("count", "hatched"), [(FEW, True), (ENOUGH, False)])
def test_few_cases_are_hatched(
    session: Session, monkeypatch: pytest.MonkeyPatch, count: int, hatched: bool
) -> None:
    district = lay_town(session)
    facts = snapshot.current(session, district.code)
    monkeypatch.setattr(hexagons, "closed", lambda *_: cases((HOUSE[0], count, 30.0)))
    page = documents.response(session, facts, NOON, NOON)
    first_layer = page.split("geo_json_")[1:]
    cells = next(part for part in first_layer if '"closed": ' in part)
    assert ('"fill": "url(#no-data)"' in cells) == hatched


def test_a_quiet_period_is_a_map_all_the_same(session: Session) -> None:
    district = lay_town(session)
    page = documents.response(session, snapshot.current(session, district.code), NOON, NOON)
    assert "共0件" in page
    assert "中位数为无数据" in page
