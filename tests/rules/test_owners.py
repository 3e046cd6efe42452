"""What a community's bodies may be asked, and which owner comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.rules.committee import COMMUNITY_BODY, forbidden, lacks_conditions, leads, stated
from gridsvc.rules.precedence import USUAL, Owner, first, sentence

LINEAGES = {"city": ["city"], "litter": ["litter", "city"], "fire": ["fire"], "odd": ["odd"]}


@pytest.mark.parametrize(
    ("kind", "allowed", "wanted"),
    [
        (COMMUNITY_BODY, False, False),
        (COMMUNITY_BODY, True, True),
        (COMMUNITY_BODY, None, True),
        ("district_department", False, True),
        (None, False, True),
    ],
)
def test_a_community_body_leads_only_what_is_not_kept_from_it(
    kind: str | None, allowed: bool | None, wanted: bool
) -> None:
    assert leads(kind, allowed) is wanted


def test_the_nearest_word_of_the_catalogue_counts() -> None:
    assert stated([None, False, True]) is False
    assert stated([True, False]) is True
    assert stated([None]) is None
    assert stated([]) is None


def test_a_row_for_a_group_or_for_any_matter_is_held_to_all_that_is_in_it() -> None:
    allowed = {"city": None, "litter": False, "fire": True, "odd": None}
    assert forbidden(COMMUNITY_BODY, None, LINEAGES, allowed) == ["litter"]
    assert forbidden(COMMUNITY_BODY, "city", LINEAGES, allowed) == ["litter"]
    assert forbidden(COMMUNITY_BODY, "fire", LINEAGES, allowed) == []
    assert forbidden("street", None, LINEAGES, allowed) == []


@pytest.mark.parametrize(
    ("kinds", "said", "wanted"),
    [
        ([COMMUNITY_BODY], None, True),
        ([COMMUNITY_BODY], "  ", True),
        ([COMMUNITY_BODY, None], "每月500元", False),
        (["street", None], None, False),
    ],
)
def test_a_community_body_assists_with_means(
    kinds: list[str | None], said: str | None, wanted: bool
) -> None:
    assert lacks_conditions(kinds, said) is wanted


@given(st.sampled_from(["asset", "event", "odd", None]), st.booleans(), st.booleans())
def test_assets_go_to_the_line_first_and_events_to_the_territory(
    matter: str | None, line: bool, territory: bool
) -> None:
    wanted = Owner.LINE if matter == "asset" else Owner.TERRITORY
    found = first(USUAL, matter, line, territory)
    if line and territory:
        assert found is wanted
    else:
        assert found is (Owner.LINE if line else Owner.TERRITORY if territory else None)


def test_a_district_may_turn_the_order() -> None:
    turned = {**USUAL, "event": Owner.LINE}
    assert first(turned, "event", True, True) is Owner.LINE
    assert sentence(turned, "event").zh == "事件先属主后属地。"
    assert sentence(USUAL, None).zh == "事件先属地后属主。"
    assert sentence(USUAL, "asset").en == (
        "Assets go first to the line owner, then to the territory."
    )
