"""Each kind of fault is found, measured, placed and said; sound input is quiet."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from openpyxl import load_workbook
from shapely import affinity
from sqlalchemy.orm import Session

from geodata import editions, findings
from geodata.checks import Expectations
from geodata.editions import Provenance, Wanted
from geodata.findings import Finding
from geodata.schemes import Scheme
from tests.conftest import NOON, lay_town
from tests.sketch import STEP, grid

DRAWING = """
    A A B
    A C B
"""
SQUARE_M2 = 1_117_700  # one square of the sketch in the district's projection, good to 1 %


def noticed(
    session: Session, units: gpd.GeoDataFrame, wanted: Wanted = Wanted(), scheme: str = "own"
) -> list[Finding]:
    """What staging these units notices; the town's own edition plays no part."""
    district = lay_town(session)
    district.edition_no = None
    return editions.stage(
        session, district, units, Provenance("drawn", "ours", scheme), NOON, wanted=wanted
    ).findings


def only(found: list[Finding], kind: str) -> Finding:
    (one,) = [finding for finding in found if finding.kind == kind]
    assert one.text.zh != one.text.en
    assert one.place is not None
    assert not one.place.is_empty
    assert np.isfinite(shapely.bounds(one.place)).all()
    return one


@pytest.fixture
def units() -> gpd.GeoDataFrame:
    return grid(DRAWING, {"1": (102.005, 24.995)})


def redrawn(units: gpd.GeoDataFrame, code: str, shape: Any) -> gpd.GeoDataFrame:
    changed = units.copy()
    changed.loc[changed["code"] == code, "geometry"] = shape
    return changed


def shape(units: gpd.GeoDataFrame, code: str) -> Any:
    return units.loc[units["code"] == code, "geometry"].iloc[0]


def test_a_sound_grid_gives_no_finding(session: Session, units: gpd.GeoDataFrame) -> None:
    assert noticed(session, units) == []


def test_a_repair_says_what_it_changed(session: Session, units: gpd.GeoDataFrame) -> None:
    bow = shapely.Polygon([(102, 24.98), (102.02, 25), (102.02, 24.98), (102, 25), (102, 24.98)])
    found = only(noticed(session, redrawn(units, "T.S.A", bow)), "invalid_geometry")
    assert (found.severity, found.unit) == ("warning", "T.S.A")
    assert "Self-intersection" in found.detail["reason"]
    assert found.detail["parts_after"] == 2
    assert found.detail["area_m2_before"] == pytest.approx(0, abs=1)
    assert found.detail["area_m2_after"] == pytest.approx(2 * SQUARE_M2, rel=0.01)


def test_what_is_no_area_is_left_out(session: Session, units: gpd.GeoDataFrame) -> None:
    found = only(
        noticed(session, redrawn(units, "T.S.C", shapely.Point(102.01, 24.99))), "no_outline"
    )
    assert found.severity == "error"


def test_an_overlap_is_measured(session: Session, units: gpd.GeoDataFrame) -> None:
    wider = shape(units, "T.S.A").union(shapely.box(102.02, 24.98, 102.02 + STEP / 10, 25))
    found = only(noticed(session, redrawn(units, "T.S.A", wider)), "sibling_overlap")
    assert found.detail["area_m2"] == pytest.approx(2 * SQUARE_M2 / 10, rel=0.01)
    strip = shapely.box(102.02, 24.98, 102.02 + STEP / 10, 25)
    assert shapely.hausdorff_distance(found.place, strip) < 1e-6


def test_a_gap_is_measured(session: Session, units: gpd.GeoDataFrame) -> None:
    found = only(noticed(session, units[units["code"] != "T.S.C"]), "gap")
    assert found.unit == "T.S"
    assert found.detail["area_m2"] == pytest.approx(SQUARE_M2, rel=0.01)


def test_ground_beyond_the_parent_is_measured(session: Session, units: gpd.GeoDataFrame) -> None:
    wider = shape(units, "T.S.B").union(shapely.box(102.03, 24.98, 102.035, 25))
    found = only(noticed(session, redrawn(units, "T.S.B", wider)), "outside_parent")
    assert found.detail["area_m2"] == pytest.approx(SQUARE_M2, rel=0.01)
    assert found.detail["share"] == pytest.approx(1 / 3, rel=0.01)


def test_a_parent_that_the_ground_denies(session: Session) -> None:
    units = grid("A A B\nA C B")
    houses = gpd.GeoDataFrame(
        [{"level": 5, "code": "H", "name": "1栋", "parent_code": "T.S.B", "generated": False}],
        geometry=[shapely.box(102.004, 24.994, 102.0043, 24.9943)],
        crs=4326,
    )
    found = only(noticed(session, pd.concat([units, houses], ignore_index=True)), "parent_conflict")
    assert (found.detail["declared"], found.detail["ground"]) == ("T.S.B", "T.S.A")
    assert found.detail["share"] == 0


def test_a_sliver(session: Session, units: gpd.GeoDataFrame) -> None:
    thread = shapely.box(102.0, 24.98, 102.000001, 24.99)
    other = shape(units, "T.S.A").difference(thread)
    found = noticed(
        session,
        redrawn(
            redrawn(units, "T.S.A", other),
            "T.S.C",
            shapely.MultiPolygon([shape(units, "T.S.C"), thread]),
        ),
    )
    one = only(found, "sliver")
    assert (one.unit, one.detail["parts"]) == ("T.S.C", 1)


def test_codes_that_are_wrong_or_repeated(session: Session, units: gpd.GeoDataFrame) -> None:
    scheme = Scheme(patterns={3: r"T\.S\.[A-Z]"})
    wrong = units.replace({"code": {"T.S.C": "T.S.cc"}})
    assert only(noticed(session, wrong, Wanted(scheme=scheme)), "wrong_code").unit == "T.S.cc"
    nested = only(noticed(session, units, Wanted(scheme=Scheme(nested=True))), "wrong_code")
    assert (nested.unit, nested.detail["parent"]) == ("T.B.1", "T.S.A")
    twice = units.replace({"code": {"T.S.C": "T.S.B"}})
    assert only(noticed(session, twice), "repeated_code").detail["times"] == 2


def test_names_that_are_empty_or_repeated(session: Session, units: gpd.GeoDataFrame) -> None:
    assert (
        only(noticed(session, units.replace({"name": {"C社区": ""}})), "empty_name").unit == "T.S.C"
    )
    again = only(noticed(session, units.replace({"name": {"C社区": "B社区"}})), "repeated_name")
    assert again.detail["codes"] == ["T.S.B", "T.S.C"]


def test_a_level_that_is_none(session: Session, units: gpd.GeoDataFrame) -> None:
    odd = units.assign(level=units["level"].replace(5, 7))
    assert only(noticed(session, odd), "wrong_level").severity == "error"


def test_swapped_coordinates_are_told_from_other_nonsense(
    session: Session, units: gpd.GeoDataFrame
) -> None:
    turned = shapely.transform(shape(units, "T.S.C"), lambda corners: corners[:, ::-1])
    found = only(noticed(session, redrawn(units, "T.S.C", turned)), "swapped_coordinates")
    assert found.place.equals(shape(units, "T.S.C"))
    nowhere = shapely.box(400, 400, 401, 401)
    assert only(noticed(session, redrawn(units, "T.S.C", nowhere)), "bad_coordinates")


@pytest.mark.parametrize("metres", [350, 500, 690])
def test_a_whole_grid_beside_its_known_outline(
    session: Session, units: gpd.GeoDataFrame, metres: float
) -> None:
    outline = shape(units, "T")
    shifted = units.set_geometry(units.geometry.translate(metres / 100_900, 0))
    found = only(noticed(session, shifted, Wanted(outline=outline)), "wrong_datum")
    assert found.severity == "error"
    assert found.detail["shift_m"] == pytest.approx(metres, rel=0.01)
    near = units.set_geometry(units.geometry.translate(20 / 100_900, 0))
    assert noticed(session, near, Wanted(outline=outline)) == []


def test_the_datum_that_explains_a_shift_is_named(
    session: Session, units: gpd.GeoDataFrame
) -> None:
    from gridsvc.datum import wgs84_to_gcj02

    def shifted(corners: Any) -> Any:
        return np.column_stack(wgs84_to_gcj02(corners[:, 0], corners[:, 1]))

    gcj02 = units.set_geometry(shapely.transform(units.geometry.to_numpy(), shifted))
    found = noticed(session, gcj02.set_crs(4326), Wanted(outline=shape(units, "T")))
    assert only(found, "wrong_datum").detail["datum"] == "gcj02"
    assert "--datum gcj02" in only(found, "wrong_datum").text.zh


def test_households_where_they_are_expected(session: Session, units: gpd.GeoDataFrame) -> None:
    counted = units.assign(households=np.where(units["code"] == "T.S.C", np.nan, 10))
    wanted = Wanted(Expectations(households=(3,)))
    assert only(noticed(session, counted, wanted), "households_missing").unit == "T.S.C"


def test_a_thousand_of_a_kind_are_listed_and_the_rest_counted(session: Session) -> None:
    house = shapely.box(102.001, 24.991, 102.00101, 24.99101)
    units = pd.concat(
        [
            grid("A"),
            gpd.GeoDataFrame(
                [
                    {
                        "level": 5,
                        "code": f"B{n}",
                        "name": "",
                        "geometry": affinity.translate(house, n % 50 / 9_000, n // 50 / 9_000),
                    }
                    for n in range(1_200)
                ],
                crs=4326,
            ),
        ],
        ignore_index=True,
    )
    found = [one for one in noticed(session, units) if one.kind == "empty_name"]
    assert len(found) == 1_001
    assert found[-1].detail == {"more": 200}


def test_findings_become_a_table_and_geojson(
    session: Session, units: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    found = noticed(session, units.replace({"name": {"C社区": "=cmd|' /C calc'!A0", "B社区": ""}}))
    named = found[0]._replace(unit="=1+1")
    findings.write([*found, named], tmp_path / "found.geojson")
    findings.write([*found, named], tmp_path / "found.csv")
    drawn = gpd.read_file(tmp_path / "found.geojson")
    table = pd.read_csv(tmp_path / "found.csv", encoding="utf-8-sig")
    assert drawn["kind"].tolist() == table["kind"].tolist() == ["empty_name", "empty_name"]
    assert table["unit"].iloc[-1] == "'=1+1"


def test_a_workbook_of_units_holds_text_and_no_formula(
    session: Session, units: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    from geodata import exporting

    district = lay_town(session)
    evil = units.replace({"name": {"C社区": '=HYPERLINK("http://x")', "B社区": "@SUM(A1)"}})
    staged = editions.stage(session, district, evil, Provenance("x", "y", "own"), NOON)
    path = tmp_path / "units.xlsx"
    exporting.export(session, district, staged.no, path)
    sheet = load_workbook(path)["community"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert '=HYPERLINK("http://x")' in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}


@pytest.mark.parametrize("ending", [".gpkg", ".parquet", ".geojson"])
@pytest.mark.parametrize("srid", [4326, 4490])
def test_an_export_holds_every_unit_and_its_ground(
    session: Session, units: gpd.GeoDataFrame, tmp_path: Path, ending: str, srid: int
) -> None:
    from geodata import exporting

    district = lay_town(session)
    staged = editions.stage(session, district, units, Provenance("x", "y", "own"), NOON)
    path = tmp_path / f"edition{ending}"
    assert exporting.export(session, district, staged.no, path, srid) == len(units)
    if ending == ".gpkg":
        layers = ("district", "street", "community", "building")
        read = pd.concat([gpd.read_file(path, layer=layer) for layer in layers])
    else:
        read = gpd.read_parquet(path) if ending == ".parquet" else gpd.read_file(path)
    assert gpd.GeoDataFrame(read).crs.to_epsg() == (4326 if ending == ".geojson" else srid)
    assert set(read["code"]) == set(units["code"])
    assert set(read.loc[read["level"] == 5, "chain"]) == {"T/T.S/T.S.A/T.B.1"}
    here = read.set_index("code").loc[units["code"], "geometry"].to_numpy()
    there = units.geometry.to_numpy()
    assert shapely.area(shapely.symmetric_difference(here, there)).max() < 1e-11


def test_an_export_that_fails_leaves_the_former_file(session: Session, tmp_path: Path) -> None:
    from geodata import exporting
    from gridsvc.errors import GridError

    district = lay_town(session)
    path = tmp_path / "edition.geojson"
    path.write_text("before")
    with pytest.raises(GridError):
        exporting.export(session, district, 99, path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
