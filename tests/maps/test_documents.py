"""The map of response that is handed on: few cases are not made to look like a finding."""

from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from gridsvc import snapshot
from gridsvc.heat.measures import SMALL
from gridsvc.tables.cases import Case
from maps import documents
from tests.conftest import HOUSE, NOON, lay_town


@pytest.mark.parametrize(("count", "hatched"), [(SMALL - 1, True), (SMALL, False)])
def test_few_cases_are_hatched(session: Session, count: int, hatched: bool) -> None:
    district = lay_town(session)
    facts = snapshot.current(session, district.code)
    lon, lat = HOUSE
    session.execute(
        insert(Case),
        [
            {"district_code": district.code, "case_no": f"C{number}", "stage": "archived"}
            | {"opened_at": NOON - timedelta(hours=30), "closed_at": NOON, "outcome": "solved"}
            | {"place": f"SRID=4326;POINT({lon} {lat})", "edition_no": 1, "text": "x", "chain": []}
            for number in range(count)
        ],
    )
    until = NOON + timedelta(days=1)
    page = documents.response(session, facts, NOON - timedelta(days=1), until)
    first_layer = page.split("geo_json_")[1:]
    cells = next(part for part in first_layer if '"cases": ' in part)
    assert ('"fill": "url(#no-data)"' in cells) == hatched


def test_a_quiet_period_is_a_map_all_the_same(session: Session) -> None:
    district = lay_town(session)
    page = documents.response(
        session, snapshot.current(session, district.code), NOON - timedelta(1), NOON
    )
    assert "共0件" in page
    assert "中位数为无数据" in page
