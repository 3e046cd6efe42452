"""The planner's report: the figures of the pages in every format, for a street or the district."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import geopandas as gpd
import openpyxl
import pytest
import shapely
from typer.testing import CliRunner

from api.cli import app
from geodata import districts
from gridsvc import accounts, db
from gridsvc.accounts import Holder
from gridsvc.errors import BadInput
from gridsvc.planning import register
from gridsvc.tables.facilities import FacilityType
from tests.conftest import HOUSE, Town, committed_town
from tests.http.test_coverage import of, provided
from tests.http.test_standards import SHIPPED

__all__ = ["provided"]


@pytest.fixture
def planner(provided: Town) -> dict[str, str]:
    districts.read_file(provided.session, provided.district, SHIPPED.parent, SHIPPED.name)
    provided.session.flush()
    return provided.hire("planner", "planner")


def made(town: Town, headers: dict[str, str], **query: Any) -> bytes:
    answer = town.client.get("/api/plans/report", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    content: bytes = answer.content
    return content


def cells(workbook: bytes) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(BytesIO(workbook))
    return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]


def test_the_gaps_are_those_of_the_page_in_their_order(
    provided: Town, planner: dict[str, str]
) -> None:
    rows = cells(made(provided, planner, unit="T.S", format="xlsx"))
    told = of(provided)
    short = sorted(told.values(), key=lambda one: -one["shortfall_m2"])
    ranked = [row for row in rows if row[0] in (1, 2) and row[1] in ("A社区", "B社区")]
    assert [row[1] for row in ranked] == [one["name"] for one in short]
    assert [row[5] for row in ranked] == pytest.approx([one["shortfall_m2"] for one in short])


def test_sites_are_proposed_with_their_proof(provided: Town, planner: dict[str, str]) -> None:
    without = str(cells(made(provided, planner, format="xlsx")))
    assert "没有登记候选地点" in without
    site = {"name": "空地", "kind": "plot", "lon": HOUSE[0], "lat": HOUSE[1]}
    wish = site | {"floor_area_m2": 200, "cost": 12}
    put = provided.client.put("/api/siting/candidates/a", json=wish, headers=planner)
    assert put.status_code == 200, put.text
    told = str(cells(made(provided, planner, unit="T.S", format="xlsx")))
    assert "空地" in told and "已证明为最优" in told
    # B has no candidate, so that it stays below the standard whatever is built.
    assert "全部候选都用上仍不达标：B社区" in told


def test_pdf_and_docx_hold_every_chapter(provided: Town, planner: dict[str, str]) -> None:
    assert made(provided, planner, unit="T.S").startswith(b"%PDF")
    document = docx.Document(BytesIO(made(provided, planner, unit="T.S", format="docx")))
    heads = [
        one.text
        for one in document.paragraphs
        if str(one.style and one.style.name).startswith("Head")
    ]
    assert [head.split("、")[-1] for head in heads] == [
        "总体情况", "缺口排序", "地图", "步行可达",
        "建议选址", "各项标准", "服务设施", "说明与核算",
    ]  # fmt: skip
    english = provided.client.get(
        "/api/plans/report",
        params={"format": "xlsx"},
        headers=planner | {"Accept-Language": "en"},
    )
    assert "Ranked gaps" in str(cells(english.content))


def test_what_is_no_street_is_refused(provided: Town, planner: dict[str, str]) -> None:
    for unit in ("T.S.A", "nowhere"):
        answer = provided.client.get("/api/plans/report", params={"unit": unit}, headers=planner)
        assert answer.status_code == 404
    worker = provided.hire("worker", "grid_worker")
    assert provided.client.get("/api/plans/report", headers=worker).status_code == 403


def test_the_command_line_says_the_same(tmp_path: Path) -> None:
    with committed_town():
        with db.transaction() as session:
            accounts.add(session, "t", Holder("planner", "p", "planner"))

        def say(*words: str) -> str:
            done = CliRunner().invoke(app, ["plan", *words])
            if done.exception is not None and not isinstance(done.exception, SystemExit):
                raise done.exception
            return done.output

        assert "T.S.A" in say("coverage")
        for name in ("map.html", "map.gpkg", "report.pdf", "report.docx"):
            kind = "report" if name.startswith("report") else "coverage"
            say(kind, "--out", str(tmp_path / name))
            assert (tmp_path / name).stat().st_size > 1000
        say("facilities", "--out", str(tmp_path / "facilities.xlsx"))
        told = say("facilities", str(tmp_path / "facilities.xlsx"))
        assert "same 0" in told and "not written" in told
        place = {"编码": "F1", "类型": "centre", "name": "中心", "floor_area_m2": 90.5}
        frame = gpd.GeoDataFrame([place], geometry=[shapely.Point(HOUSE)], crs=4326)
        frame.to_file(tmp_path / "places.geojson")
        with db.transaction() as session:
            session.add(
                FacilityType(
                    district_code="t", code="centre", position=1, name_zh="中心", name_en="Centre",
                    counts_toward_standard=True, source="test",
                )
            )  # fmt: skip
        assert "new 1" in say("facilities", str(tmp_path / "places.geojson"), "--write")
        with db.transaction() as session:
            [stored] = register.one(session, "t", "F1")
        assert (stored.floor_area_m2, stored.lon, stored.lat) == (90.5, *HOUSE)
        frame.drop(columns="类型").to_file(tmp_path / "lacking.gpkg")
        with pytest.raises(BadInput, match=r"类型|Type"):
            say("facilities", str(tmp_path / "lacking.gpkg"))
        assert say("standards")
        site = {"code": "S1", "name": "空地", "kind": "plot", "floor_area_m2": 80, "cost": 7}
        frame = gpd.GeoDataFrame([site], geometry=[shapely.Point(HOUSE)], crs=4326)
        frame.to_file(tmp_path / "sites.geojson")
        assert "not written" in say("sites", str(tmp_path / "sites.geojson"))
        assert "：已写入" in say("sites", str(tmp_path / "sites.geojson"), "--write")
        say("sites", "--out", str(tmp_path / "sites.xlsx"))
        assert "proved" in say("solve", "cheapest", "--out", str(tmp_path / "plan.gpkg"))
        assert list(gpd.read_file(tmp_path / "plan.gpkg")["code"]) == ["S1"]
        assert "dearest" in say("solve", "dearest")
