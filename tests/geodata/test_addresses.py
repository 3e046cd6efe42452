"""Noisy addresses: every noise occurs, and the truth is what the text says, no more, no less."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from opencc import OpenCC
from typer.testing import CliRunner

import geodata.demo
from api.cli import app
from geodata.demo import Demo, addresses, generate, slips, writing
from geodata.demo.addresses import Address
from geodata.demo.folder import read
from geodata.demo.gazetteer import Gazetteer
from geodata.demo.writing import NOISES

FOLDER = Path(geodata.demo.__file__).parent / "guandu"
UNTIL = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
COUNT = 3_000


@pytest.fixture(scope="module")
def demo() -> Demo:
    return generate(FOLDER, until=UNTIL, buildings=20_000, cases=0)


@pytest.fixture(scope="module")
def gazetteer(demo: Demo) -> Gazetteer:
    return Gazetteer(read(FOLDER), demo.units, demo.points, demo.names)


@pytest.fixture(scope="module")
def told(demo: Demo) -> list[Address]:
    return made(demo, COUNT)


def made(demo: Demo, count: int, seed: int = 1) -> list[Address]:
    return addresses.generate(FOLDER, demo.units, demo.points, demo.names, count, seed)


def test_the_same_seed_gives_the_same_addresses(demo: Demo) -> None:
    assert made(demo, 300) == made(demo, 300) != made(demo, 300, seed=2)


def test_every_noise_occurs_alone_and_with_others(told: list[Address]) -> None:
    # The forms that are noises themselves are always there when their form is.
    forms = {"road_number", "road_only", "poi", "area_only"}
    alone = {tuple(set(one.noise) - forms) or one.noise for one in told if len(one.noise) <= 2}
    assert {(name,) for name in NOISES if name not in forms} <= alone
    together = Counter(name for one in told if len(one.noise) > 1 for name in one.noise)
    assert set(NOISES) - {"area_only"} <= set(together)
    assert max(len(one.noise) for one in told) >= 6
    assert any(not one.noise and one.kind == "one" for one in told)


def test_all_kinds_of_truth_occur(told: list[Address]) -> None:
    kinds = Counter(one.kind for one in told)
    assert kinds["one"] > 0.7 * COUNT
    for kind in ("several", "elsewhere", "none"):
        assert kinds[kind] > 0.02 * COUNT
    assert sum(one.building is not None for one in told) > 0.4 * COUNT


@pytest.fixture(scope="module")
def harder(demo: Demo) -> list[Address]:
    known = (FOLDER, demo.units, demo.points, demo.names)
    return addresses.generate(*known, COUNT, 1, harder=True)


def test_the_harder_set_has_noises_of_its_own(told: list[Address], harder: list[Address]) -> None:
    own = set(addresses.HARDER.own)
    assert not own & {name for one in told for name in one.noise}
    seen = Counter(name for one in harder for name in one.noise)
    assert own <= set(seen) and set(seen) <= set(addresses.HARDER.all)
    assert min(seen[name] for name in own) >= 5
    assert {one.kind for one in harder} == {"one", "several", "elsewhere", "none"}


def test_truths_are_consistent(
    told: list[Address], harder: list[Address], gazetteer: Gazetteer
) -> None:
    for one in [*told, *harder]:
        assert (one.kind in ("one", "several")) == bool(one.places)
        assert (one.kind == "one") == (len(one.places) == 1)
        assert (one.kind == "elsewhere") == (one.elsewhere is not None)
        assert len(set(one.places)) == len(one.places)
        for place in one.places:
            chain = gazetteer.chain(place)
            assert {one.community, one.compound, one.building} - {None} <= set(chain)
        levels = {one.community: 3, one.compound: 4, one.building: 5}
        for code, level in levels.items():
            above = {gazetteer.above(place, level) for place in one.places}
            assert (above == {code}) if code else len(above) != 1 or None in above


def readings(text: str, demo: Demo, gazetteer: Gazetteer) -> Iterator[str]:
    """All units whose plain address, with any of its upper levels left out, is this very text."""
    for code in demo.units.loc[demo.units["level"] == 4, "code"]:
        if gazetteer.name[code] not in text:
            continue
        upper = [gazetteer.name[unit] for unit in reversed(gazetteer.chain(code)[1:])]
        heads = {"".join(some) for size in range(4) for some in combinations(upper, size)}
        for head in heads:
            if text == head + gazetteer.name[code]:
                yield code
            for number, building in gazetteer.buildings[code].items():
                if text == f"{head}{gazetteer.name[code]}{number}栋":
                    yield building


def test_the_truth_is_every_place_that_a_plain_text_can_mean(
    told: list[Address], demo: Demo, gazetteer: Gazetteer
) -> None:
    """Judged by brute force over all plain addresses of the district, not by the generator."""
    plain = [
        one
        for one in told
        if one.places
        and set(one.noise) <= {"missing_levels"}
        and not any(gazetteer.areas[name] & {one.compound} for name in demo.names["name"])
        and re.search(r"\d栋$", one.text)
    ]
    assert len(plain) > 50 and any(one.kind == "several" for one in plain)
    known = set(demo.names["name"])
    for one in plain:
        found = set(readings(one.text, demo, gazetteer))
        assert found <= set(one.places)
        # What else fits is known by that name as an alias only.
        for place in set(one.places) - found:
            compound = gazetteer.above(place, 4)
            assert compound
            assert known & set(gazetteer.former[compound] + gazetteer.popular[compound])


def test_a_text_without_noise_names_its_place_in_full(
    told: list[Address], gazetteer: Gazetteer
) -> None:
    for one in told:
        if one.noise or one.kind != "one":
            continue
        for place in gazetteer.chain(one.places[0])[1:3]:
            assert gazetteer.name[place] in one.text


def test_a_name_cut_short_means_every_compound_that_begins_so(
    harder: list[Address], demo: Demo, gazetteer: Gazetteer
) -> None:
    compounds = demo.units.loc[demo.units["level"] == 4, "code"]
    cut = [one for one in harder if one.noise == ("cut_name",) and one.community]
    assert len(cut) > 5 and any(one.kind == "several" for one in cut)
    for one in cut:
        assert one.community
        rest = one.text.split(gazetteer.name[one.community])[1]
        found = re.fullmatch(r"(\D+?)(?:(\d+)栋)?", rest)
        assert found
        start, number = found.groups()
        expected = set()
        for code in compounds[compounds.str.startswith(one.community)]:
            names = [gazetteer.name[code], *gazetteer.former[code], *gazetteer.popular[code]]
            if any(name.startswith(start) for name in names):
                expected.add(gazetteer.buildings[code].get(number) if number else code)
        assert set(one.places) == expected - {None}


def test_a_road_without_its_section_means_all_of_its_sections(
    harder: list[Address], demo: Demo
) -> None:
    points = demo.points
    tried = 0
    for one in harder:
        if one.noise != ("road_number", "section_dropped"):
            continue
        found = re.search(r"社区(.+?(?:大道|大街|路|街))([\d附号-]+)$", one.text)
        assert found, one.text
        road, plate = found.groups()
        same = points[points["road"].str.fullmatch(f"{road}(.段)?")]
        same = same[same["house_number"] == plate]
        here = [code for code in same["unit_code"] if code[:12] == one.community]
        assert set(one.places) == set(here)
        tried += 1
    assert tried


def test_between_two_buildings_both_are_meant(harder: list[Address]) -> None:
    both = [one for one in harder if one.noise == ("between",)]
    assert both
    for one in both:
        assert len(one.places) == 2 and one.building is None and one.compound
        assert len(re.findall(r"\d+", one.text)) == 2


def test_no_later_noise_overwrites_what_is_said_of_two_buildings(harder: list[Address]) -> None:
    said = [one.text for one in harder if "between" in one.noise]
    words = [re.sub(r"\s", "", OpenCC("t2s").convert(text)) for text in said]
    assert words and all(re.search("之间|中间", text) for text in words)


def test_a_damaged_name_is_nearer_to_no_other(harder: list[Address], gazetteer: Gazetteer) -> None:
    for noise in ("dropped_character", "swapped_characters"):
        single = [one for one in harder if one.noise == (noise,)]
        assert single
        for one in single:
            names = [gazetteer.name[code] for code in gazetteer.chain(one.places[0])[1:]]
            named = [name for name in names if name in one.text]
            assert len(named) >= len(names) - 2


def test_old_names_letters_and_annexes_are_said_as_they_are_stored(
    told: list[Address], demo: Demo
) -> None:
    former = set(demo.names.loc[demo.names["valid_to"].notna(), "name"])
    signs: dict[str, Callable[[str], object]] = {
        "old_name": lambda text: any(name in text for name in former),
        "letter_building": lambda text: re.search("[A-K](座|栋|幢|号楼)", text),
        "annex": lambda text: re.search("[附之—－-]", text),
        "road_number": lambda text: re.search(r"[路街巷道段]\d+", text),
        "unit_room": lambda text: re.search("[单元室户楼门号座]|[0-9]{3}", text),
    }
    for noise, told_by in signs.items():
        single = [one for one in told if set(one.noise) <= {noise, "road_number"}]
        single = [one for one in single if noise in one.noise]
        assert single and all(told_by(one.text) for one in single), noise


def test_scripts_change_the_whole_text(told: list[Address]) -> None:
    wide = [one.text for one in told if "full_width" in one.noise]
    assert wide and not any(re.search(r"[0-9A-Za-z]", text) for text in wide)
    simplified = OpenCC("t2s")
    turned = [one.text for one in told if "traditional" in one.noise]
    assert turned and all(simplified.convert(text) != text for text in turned)


def test_off_a_landmark_only_the_community_is_known(told: list[Address]) -> None:
    beside = [one for one in told if re.search("旁边|对面|隔壁|附近|北边", one.text) and one.places]
    single = [one for one in beside if one.noise[-1] == "relative"]
    assert single and all(one.building is None and one.compound is None for one in single)


def test_another_district_is_named_outright(told: list[Address]) -> None:
    simplified = OpenCC("t2s")
    for one in told:
        if one.elsewhere:
            assert one.elsewhere in simplified.convert(one.text)
            assert "官渡区" not in one.text


def test_words_around_an_address_name_no_place_of_the_district(gazetteer: Gazetteer) -> None:
    words = read(FOLDER).addresses
    around = [*words["prose"], *words["with_phone"], *words["trailing"], *words["nothing"]]
    around += [*words["hesitations"], *words["at"], *words["beside"], *words["off"]]
    names = {*gazetteer.areas, *gazetteer.roads, *gazetteer.named}
    for text in around:
        assert not [name for name in names if name in text], text


def test_a_wrong_character_sounds_or_looks_like_the_right_one() -> None:
    rng = np.random.default_rng(1)
    shapes = tuple(read(FOLDER).addresses["lookalikes"])
    for _ in range(50):
        name = slips.slip("春城花园", 1, False, shapes, rng)
        assert name and sum(a != b for a, b in zip(name, "春城花园", strict=True)) == 1
        wrong = next(a for a, b in zip(name, "春城花园", strict=True) if a != b)
        right = "春城花园"[name.index(wrong)]
        assert wrong in slips.alike(right, shapes, by_shape=False)
    assert set(slips.alike("关", shapes, by_shape=True)) == {"兴"}
    assert slips.slip("张", 2, False, shapes, rng) is None


@pytest.mark.parametrize(
    ("number", "spoken"),
    [(100, "一百"), (105, "一百零五"), (118, "一百一十八"), (232, "二百三十二")],
)
def test_hundreds_are_spoken_in_chinese(number: int, spoken: str) -> None:
    assert writing.hundreds(number, "一二三四五六七八九", "十") == spoken


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    file = tmp_path / "addresses.csv"
    wanted = ["demo", "addresses", str(file), "--count", "40", "--buildings", "1000"]
    assert CliRunner().invoke(app, wanted).exit_code == 0
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 40 and set(rows[0]) == set(Address._fields)
    assert any(row["noise"].count("|") for row in rows)
