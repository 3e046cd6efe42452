"""The demonstration district: repeatable, nested without gaps, and with histories that hold."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geodata.demo
from geodata.demo import Demo, generate
from geodata.demo.chance import shares, stream
from geodata.demo.folder import read
from geodata.demo.history import AFTER
from geodata.demo.people import chinese_number
from gridsvc.rules.lifecycle import MOVES, Stage

FOLDER = Path(geodata.demo.__file__).parent / "guandu"
UNTIL = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
BUILDINGS, CASES = 2_000, 3_000


@pytest.fixture(scope="module")
def demo() -> Demo:
    return generate(FOLDER, until=UNTIL, buildings=BUILDINGS, cases=CASES)


def level(demo: Demo, number: int) -> gpd.GeoDataFrame:
    return demo.units[demo.units["level"] == number].set_index("code")


def as_bytes(demo: Demo) -> Iterator[bytes]:
    for frame in demo:
        if isinstance(frame, gpd.GeoDataFrame):
            yield b"".join(shape or b"-" for shape in shapely.to_wkb(frame.geometry.to_numpy()))
            frame = pd.DataFrame(frame.drop(columns="geometry"))
        yield frame.to_csv().encode()


def test_the_same_seed_gives_the_same_bytes(demo: Demo) -> None:
    again = generate(FOLDER, until=UNTIL, buildings=BUILDINGS, cases=CASES)
    assert list(as_bytes(again)) == list(as_bytes(demo))


def test_another_seed_gives_another_district_with_the_same_names(demo: Demo) -> None:
    other = generate(FOLDER, until=UNTIL, buildings=BUILDINGS, cases=100, seed=2)
    assert list(level(other, 3)["name"]) == list(level(demo, 3)["name"])
    assert not level(other, 3).geometry.equals(level(demo, 3).geometry)


def test_the_number_of_cases_leaves_the_ground_alone(demo: Demo) -> None:
    fewer = generate(FOLDER, until=UNTIL, buildings=BUILDINGS, cases=10)
    assert fewer.units.geometry.equals(demo.units.geometry)
    assert len(fewer.cases) == 10


@pytest.mark.parametrize("buildings", [500, 5_000])
def test_one_parameter_sets_the_number_of_buildings(buildings: int) -> None:
    units = generate(FOLDER, until=UNTIL, buildings=buildings, cases=50).units
    assert int((units["level"] == 5).sum()) == buildings


def test_real_streets_and_communities_are_all_there(demo: Demo) -> None:
    assert len(level(demo, 1)) == 1 and len(level(demo, 2)) == 13 and len(level(demo, 3)) == 133
    assert "太和街道" in set(level(demo, 2)["name"])
    assert level(demo, 3).loc["530111001001", "name"] == "关上社区"


def test_codes_grow_by_level_and_name_their_parent(demo: Demo) -> None:
    length = {1: 6, 2: 9, 3: 12, 4: 15, 5: 19}
    assert demo.units["code"].is_unique
    for number, digits in length.items():
        codes = demo.units.loc[demo.units["level"] == number, "code"]
        assert all(re.fullmatch(rf"\d{{{digits}}}", code) for code in codes)
    below = demo.units[demo.units["level"] > 1]
    assert all(
        code.startswith(parent)
        for code, parent in zip(below["code"], below["parent_code"], strict=True)
    )
    assert set(below["parent_code"]) <= set(demo.units["code"])


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_no_unit_overlaps_another_of_its_level(demo: Demo, number: int) -> None:
    shapes = level(demo, number).geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    for left, right in zip(*shapely.STRtree(shapes).query(shapes, "overlaps"), strict=True):
        raise AssertionError(f"{left} overlaps {right}")


@pytest.mark.parametrize("number", [1, 2])
def test_a_parent_is_exactly_the_union_of_its_children(demo: Demo, number: int) -> None:
    parents, children = level(demo, number), level(demo, number + 1)
    for code, parent in parents.geometry.items():
        mine = children.loc[children["parent_code"] == code].geometry.to_numpy()
        assert parent.geom_type == "Polygon"
        assert shapely.equals(shapely.coverage_union_all(mine), parent)


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_every_unit_lies_within_its_parent(demo: Demo, number: int) -> None:
    children, parents = level(demo, number), level(demo, number - 1)
    holders = parents.geometry.loc[children["parent_code"]].to_numpy()
    assert shapely.covers(holders, children.geometry.to_numpy()).all()


def test_the_outline_came_from_its_datum_to_wgs_84(demo: Demo) -> None:
    west, south, _, _ = level(demo, 1).total_bounds
    assert 102.652 < west < 102.655 and 24.882 < south < 24.886


def test_compounds_have_names_of_their_own_within_a_community(demo: Demo) -> None:
    compounds = level(demo, 4)
    assert not compounds.duplicated(["parent_code", "name"]).any()
    assert set(compounds["kind"]) == {"compound", "group"}
    assert set(level(demo, 3)["kind"]) <= {"urban", "village_turned", "rural", "resettlement"}


def test_households_add_up_and_no_data_is_not_zero(demo: Demo) -> None:
    communities, compounds = level(demo, 3)["households"], level(demo, 4)
    silent = communities[communities.isna()].index
    assert len(silent) == 5
    sums = compounds.groupby("parent_code")["households"].sum(min_count=1)
    assert sums.isna().sum() == len(silent)
    known = communities.dropna()
    assert (sums[known.index] == known).all()
    assert int(known.sum()) == int(level(demo, 1)["households"].iloc[0])
    buildings = level(demo, 5)
    assert buildings.loc[buildings.index.str[:12].isin(silent), "households"].isna().all()
    assert (known < known.median() / 10).sum() >= 4


def test_everything_is_flagged_as_generated(demo: Demo) -> None:
    for frame in (
        demo.units,
        demo.facilities,
        demo.officers,
        demo.cases,
        demo.points,
        demo.names,
    ):
        assert frame["generated"].all()


def test_facilities_lie_in_the_unit_they_serve(demo: Demo) -> None:
    units = demo.units.set_index("code")
    holders = units.geometry.loc[demo.facilities["unit_code"]].to_numpy()
    assert shapely.covers(holders, demo.facilities.geometry.to_numpy()).all()
    assert demo.facilities["code"].is_unique


def test_some_communities_meet_the_standard_and_some_do_not(demo: Demo) -> None:
    types = pd.read_csv(FOLDER / "facility_types.csv").set_index("code")
    counted = demo.facilities[
        types["counts_toward_standard"].loc[demo.facilities["type"]].to_numpy()
        & (demo.facilities["state"] == "open").to_numpy()
    ]
    area = counted.groupby("unit_code")["floor_area_m2"].sum()
    households = level(demo, 3)["households"].dropna().astype(float)
    per_100 = (area.reindex(households.index) / households * 100).fillna(0)
    assert (per_100 >= 30).sum() > 20 and (per_100 < 30).sum() > 20 and (per_100 == 0).sum() >= 3


def test_every_compound_community_and_street_has_its_people(demo: Demo) -> None:
    by_post = demo.officers.groupby("post")["unit_code"].apply(set)
    assert by_post["grid_worker"] == set(level(demo, 4).index)
    assert by_post["community_secretary"] == by_post["grid_head"] == set(level(demo, 3).index)
    assert by_post["street_party_secretary"] == set(level(demo, 2).index)
    assert by_post["linked_district_leader"] == set(level(demo, 2).index)
    handlers = demo.officers.loc[demo.officers["post"] == "department_handler", "department_code"]
    assert handlers.is_unique and handlers.notna().all() and len(handlers) > 5
    assert demo.officers["name"].is_unique
    assert demo.officers["name"].str.startswith("演示·").all()


def test_codes_of_the_catalogues_are_known_ones(demo: Demo) -> None:
    def known(file: str) -> set[str]:
        return set(pd.read_csv(FOLDER / file, dtype=str)["code"])

    assert set(demo.cases["category"]) <= known("categories.csv")
    assert set(demo.facilities["type"]) <= known("facility_types.csv")
    assert set(demo.facilities["provision_mode"]) <= known("provision_modes.csv")


def test_cases_are_opened_in_order_within_the_period(demo: Demo) -> None:
    opened = demo.cases["opened_at"]
    assert opened.is_monotonic_increasing and opened.iloc[-1] <= UNTIL
    assert (UNTIL - opened.iloc[0]).days in range(175, 184)


def test_every_history_is_legal_and_ends_in_the_case_s_stage(demo: Demo) -> None:
    """For each case: moves are legal from the stage before, later than it, and none is missing."""
    called = read(FOLDER).called
    made: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in demo.moves.to_dict("records"):
        made[row["case"]].append({str(name): value for name, value in row.items()})
    for number, case in enumerate(demo.cases.to_dict("records")):
        stage, seen, reported = Stage.COLLECT, case["opened_at"], 0
        assert [move["seq"] for move in made[number]] == list(range(1, len(made[number]) + 1))
        for move in made[number]:
            assert seen < move["at"] <= UNTIL
            seen = move["at"]
            assert stage in MOVES[move["move"]].start
            if move["move"] == "report_in":
                reported += 1
                assert move["ordinal"] == reported
                stage = Stage.HANDLE if reported == called[case["category"]] else stage
                continue
            reported = 0
            # The only request that is generated, and granted, is to hand the case back.
            stage = Stage.WHISTLE if move["move"] == "grant" else MOVES[move["move"]].end or stage
        assert stage == case["stage"]
        verified = [move["at"] for move in made[number] if move["move"] == "verify"]
        assert [case["closed_at"]] == verified if verified else pd.isna(case["closed_at"])


def test_the_generator_s_moves_lead_where_the_closed_loop_leads() -> None:
    assert all(MOVES[move].end in (stage, None) for move, stage in AFTER.items())


def test_who_verifies_is_not_who_did_the_work(demo: Demo) -> None:
    moves = demo.moves[demo.moves["move"].isin(["resolve", "verify"])]
    posts = moves.groupby(["case", "move"])["by_post"].last().unstack().dropna()
    assert (posts["resolve"] != posts["verify"]).all()


def test_scores_belong_to_evaluations_and_lie_within_0_and_100(demo: Demo) -> None:
    evaluated = demo.moves["move"] == "evaluate"
    assert demo.moves.loc[evaluated, "score"].between(0, 100).all()
    assert demo.moves.loc[~evaluated, "score"].isna().all()


def test_all_stages_and_detours_occur() -> None:
    demo = generate(FOLDER, until=UNTIL, buildings=500, cases=8_000)
    assert set(demo.cases["stage"]) == set(Stage)
    assert {"return", "ask", "grant", "rework"} <= set(demo.moves["move"])


def test_some_new_cases_wait_for_somebody_to_place_them() -> None:
    demo = generate(FOLDER, until=UNTIL, buildings=500, cases=20_000)
    nowhere = demo.cases["lon"].isna()
    assert nowhere.any() and (demo.cases.loc[nowhere, "stage"] == "collect").all()
    district = level(demo, 1).geometry.iloc[0]
    placed = demo.cases[~nowhere]
    inside = shapely.contains_xy(district, placed["lon"], placed["lat"])
    assert 0 < (~inside).sum() < len(placed) / 200
    assert (placed.loc[~inside, "stage"] == "collect").all()


def test_some_places_and_hours_are_far_busier_than_others(demo: Demo) -> None:
    placed = demo.cases.dropna(subset=["lon"])
    shapes = level(demo, 3).geometry.to_numpy()
    points = shapely.points(placed["lon"], placed["lat"])
    at = shapely.STRtree(shapes).query(points, "within")[1]
    count = np.sort(np.bincount(at, minlength=len(shapes)))
    assert count[-10:].sum() > 5 * count[: len(shapes) // 2].mean() * 10
    hour = placed["opened_at"].dt.tz_convert("Asia/Shanghai").dt.hour
    assert (hour == 9).sum() > 5 * max(1, int((hour == 3).sum()))


def test_texts_name_the_place_and_are_in_chinese(demo: Demo) -> None:
    assert demo.cases["text"].str.contains(r"[\u4e00-\u9fff]{6}").all()
    assert not demo.cases["text"].str.contains(r"[{}]").any()


def test_no_python_file_knows_a_district() -> None:
    names = set(pd.read_csv(FOLDER / "streets.csv", dtype=str)["name"]) | {"官渡", "530111", "昆明"}
    for file in Path(geodata.demo.__file__).parent.glob("*.py"):
        text = file.read_text(encoding="utf-8").lower()
        assert not [name for name in names | {"guandu", "kunming", "4543"} if name in text], file


def test_shares_add_up_and_keep_the_least() -> None:
    given = shares(10, np.array([1.0, 0.0, 3.0]), least=1)
    assert given.sum() == 10 and given.min() == 1 and given[2] > given[0]
    assert shares(1, np.ones(4), least=1).tolist() == [1, 1, 1, 1]


def test_streams_depend_on_seed_and_part() -> None:
    assert stream(1, "a").random() == stream(1, "a").random()
    assert len({stream(1, "a").random(), stream(2, "a").random(), stream(1, "b").random()}) == 3


@pytest.mark.parametrize(
    ("number", "spoken"), [(1, "一"), (10, "十"), (12, "十二"), (40, "四十"), (99, "九十九")]
)
def test_numbers_are_spoken_in_chinese(number: int, spoken: str) -> None:
    assert chinese_number(number, "一二三四五六七八九", "十") == spoken
