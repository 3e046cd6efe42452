"""Whether two matters may be one."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from gridsvc.rules.duplicates import Likeness, Matter, likeness

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ask(one: Matter, other: Matter, away: float = 5, apart: timedelta = HOUR) -> Likeness | None:
    return likeness(one, other, away, apart, 30, 14 * DAY)


LITTER = Matter("litter", "楼下垃圾堆放两天了")


def test_near_of_one_kind_and_soon_is_offered_with_reasons() -> None:
    found = ask(LITTER, Matter("litter", "单元门口有垃圾堆放"))
    assert found is not None and found.same_kind
    assert found.reasons.zh.startswith("相距5米，相隔1小时，同一类别")
    assert "of the same category" in found.reasons.en


def test_far_late_or_of_another_kind_is_not() -> None:
    assert ask(LITTER, LITTER, away=31) is None
    assert ask(LITTER, LITTER, apart=15 * DAY) is None
    assert ask(LITTER, Matter("drain", LITTER.text)) is None


def test_without_a_kind_the_words_decide() -> None:
    assert ask(LITTER, Matter(None, "楼下垃圾堆放，两天了")) is not None
    assert ask(LITTER, Matter(None, "路灯不亮")) is None
    assert ask(Matter(None, ""), Matter(None, "")) is None


matters = st.builds(Matter, st.sampled_from([None, "litter", "drain"]), st.text(max_size=20))


@given(matters, matters, st.floats(0, 60), st.integers(-500, 500))
def test_both_ways_are_one_way(one: Matter, other: Matter, away: float, hours: int) -> None:
    there, back = (
        ask(*pair, away=away, apart=apart)
        for pair, apart in (((one, other), hours * HOUR), ((other, one), -hours * HOUR))
    )
    assert (there is None) == (back is None)
    if there and back:
        assert 0 <= there.score <= 1
        assert abs(there.score - back.score) < 1e-9
