"""Noisy addresses over the demonstration district, from a seed that nothing was fitted on."""

import pytest

from tests.address import district
from tests.address.district import Result

FRESH_SEED = 20260302
HARDER_SEED = 20260417


@pytest.fixture(scope="module")
def result() -> Result:
    found = district.measured(district.gazetteer(), district.written(2_000, FRESH_SEED))
    print(district.table(found))
    return found


def test_the_right_community_and_building_come_first(result: Result) -> None:
    assert result.share("all", "community") >= 0.98, district.table(result)
    assert result.share("all", "building") >= 0.95, district.table(result)


def test_no_kind_of_noise_is_beyond_it(result: Result) -> None:
    for noise, counts in result.noises.items():
        assert result.share(noise, "community") >= 0.93, district.table(result)
        if counts["with_building"] >= 20:
            assert result.share(noise, "building") >= 0.9, district.table(result)


def test_another_district_and_nothing_are_recognised(result: Result) -> None:
    assert result.kinds["elsewhere"]["right"] >= 0.95 * result.kinds["elsewhere"]["all"]
    assert result.kinds["none"]["right"] >= 0.9 * result.kinds["none"]["all"]


def test_where_several_places_fit_none_is_picked_silently(result: Result) -> None:
    assert result.kinds["several"]["right"] >= 0.85 * result.kinds["several"]["all"]


def test_who_is_sure_is_right(result: Result) -> None:
    assert result.sure >= 1_000
    assert result.sure_right >= 0.98 * result.sure, district.table(result)


@pytest.fixture(scope="module")
def harder() -> Result:
    written = district.written(1_200, HARDER_SEED, harder=True)
    found = district.measured(district.gazetteer(), written)
    print(district.table(found))
    return found


def test_noises_beyond_the_usual_are_understood(harder: Result) -> None:
    assert harder.share("all", "community") >= 0.96, district.table(harder)
    assert harder.share("all", "building") >= 0.9, district.table(harder)


def test_who_is_sure_of_a_harder_address_is_right(harder: Result) -> None:
    assert harder.sure >= 500
    assert harder.sure_right >= 0.98 * harder.sure, district.table(harder)
