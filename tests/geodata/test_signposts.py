"""Roads, house numbers and names of a generated district: plausible, and hard where life is."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geodata.demo
from geodata.demo import Demo, generate
from geodata.demo.folder import read

FOLDER = Path(geodata.demo.__file__).parent / "guandu"
UNTIL = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
BUILDINGS = 20_000


@pytest.fixture(scope="module")
def demo() -> Demo:
    return generate(FOLDER, until=UNTIL, buildings=BUILDINGS, cases=50)


@pytest.fixture(scope="module")
def units(demo: Demo) -> gpd.GeoDataFrame:
    return demo.units.set_index("code")


def test_every_number_is_on_a_building_of_the_district(demo: Demo, units: gpd.GeoDataFrame) -> None:
    points = demo.points
    assert points["code"].is_unique and points["unit_code"].is_unique
    holders = units.loc[points["unit_code"]]
    assert (holders["level"] == 5).all()
    assert shapely.covers(holders.geometry.to_numpy(), points.geometry.to_numpy()).all()
    assert holders["households"].reset_index(drop=True).equals(points["households"])


def test_about_half_of_the_urban_buildings_are_numbered_and_fewer_in_villages(
    demo: Demo, units: gpd.GeoDataFrame
) -> None:
    buildings = demo.units.loc[demo.units["level"] == 5, "code"]
    numbered, all_of_them = (
        units["kind"].loc[codes.str[:12]].value_counts()
        for codes in (demo.points["unit_code"], buildings)
    )
    share = numbered / all_of_them
    assert 0.45 < share["urban"] < 0.65
    assert share["rural"] < share["village_turned"] < 0.45


def test_numbers_rise_along_a_road_with_one_parity_on_each_side(demo: Demo) -> None:
    """Down each side of a lane, which is straight, the numbers are in the order of the places."""
    points = demo.points.to_crs("EPSG:4543")
    lanes = points[points["road"].str.endswith("巷") & points["house_number"].str.match(r"^\d+号$")]
    tried = 0
    for _, lane in lanes.groupby([lanes["road"], lanes["unit_code"].str[:15]]):
        number = lane["house_number"].str.extract(r"(\d+)", expand=False).astype(int)
        for parity in (0, 1):
            side = lane[number % 2 == parity]
            if len(side) < 6:
                continue
            place = np.column_stack([side.geometry.x, side.geometry.y])
            run = place - place.mean(axis=0)
            along = run @ np.linalg.svd(run)[2][0]
            order = np.argsort(number[number % 2 == parity].to_numpy())
            # A road runs past several rows, so neighbours may stand level; the trend may not turn.
            assert abs(np.corrcoef(along[order], np.arange(len(order)))[0, 1]) > 0.7
            tried += 1
    assert tried > 20


def test_forms_of_house_numbers(demo: Demo) -> None:
    plates = demo.points["house_number"]
    assert plates.str.fullmatch(r"\d+号(附\d+号)?|\d+-\d+号").all()
    assert plates.str.contains("附").any() and plates.str.contains("-").any()
    base = plates.str.extract(r"^(\d+)", expand=False).astype(int)
    assert (base % 2 == 0).any() and (base % 2 == 1).any()


def test_roads_cross_communities_and_a_few_names_exist_twice(
    demo: Demo, units: gpd.GeoDataFrame
) -> None:
    points = demo.points
    community = points["unit_code"].str[:12]
    crossed = community.groupby(points["road"]).nunique()
    assert (crossed > 2).sum() > 20
    roads = [name for name in crossed.index if not re.search(r"[一二三四五]巷$", name)]
    twice = points[points.duplicated(["road", "house_number"], keep=False)]
    repeated = set(twice["road"]) & set(roads)
    assert 0 < len(repeated) < len(roads) / 20
    kinds = {name[-2:] if name.endswith(("大道", "大街")) else name[-1] for name in roads}
    assert kinds >= {"大道", "路", "街", "巷", "段"}
    assert all(points["road"].str.contains(part + "路").any() for part in "东西南北中")


def test_names_belong_to_units_and_have_sensible_days(demo: Demo, units: gpd.GeoDataFrame) -> None:
    names = demo.names
    assert set(names["unit_code"]) <= set(units.index)
    assert set(names["kind"]) == {"alias", "poi"}
    assert not names.duplicated(["name", "unit_code"]).any()
    own = units["name"].loc[names["unit_code"]].to_numpy()
    assert (names["name"].to_numpy() != own).all()
    for row in names.itertuples():
        begins, ends = (
            None if pd.isna(day) else date.fromisoformat(day)
            for day in (row.valid_from, row.valid_to)
        )
        assert not (begins and ends) or begins < ends
    levels = units["level"].loc[names.loc[names["kind"] == "alias", "unit_code"]]
    assert set(levels) == {2, 3, 4, 5}
    assert names["valid_to"].notna().sum() > 50


def test_named_places_lie_in_their_unit(demo: Demo, units: gpd.GeoDataFrame) -> None:
    found = demo.names[demo.names["kind"] == "poi"]
    holders = units.geometry.loc[found["unit_code"]].to_numpy()
    assert shapely.covers(holders, found.geometry.to_numpy()).all()
    assert demo.names.loc[demo.names["kind"] == "alias"].geometry.isna().all()
    words = "|".join(["小学", "市场", "医院", "幼儿园", "公园", "公交站", "超市"])
    assert found["name"].str.extract(f"({words})", expand=False).nunique() == 7


def test_some_names_mean_more_than_one_place(demo: Demo) -> None:
    aliases = demo.names[demo.names["kind"] == "alias"]
    meant = aliases.groupby("name")["unit_code"].nunique()
    assert (meant > 1).sum() > 10
    official = demo.units.loc[demo.units["level"] == 4, "name"]
    assert official.duplicated().any()
    assert set(aliases["name"]) & set(official)


def test_addresses_leave_the_ground_alone_and_follow_its_size() -> None:
    small = generate(FOLDER, until=UNTIL, buildings=1_000, cases=10)
    assert 200 < len(small.points) < 600
    other = generate(FOLDER, until=UNTIL, buildings=1_000, cases=10, seed=2)
    assert list(other.points["road"]) != list(small.points["road"])


def test_words_are_data() -> None:
    """Patterns of the folder are all filled in: no brace reaches a reader."""
    demo = generate(FOLDER, until=UNTIL, buildings=1_000, cases=10)
    for column in (demo.points["road"], demo.points["house_number"], demo.names["name"]):
        assert not column.str.contains(r"[{}]").any() and (column.str.len() > 1).all()
    assert read(FOLDER).places["pois"]
