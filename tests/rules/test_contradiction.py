"""When a photo speaks against the place of a report."""

import pytest

from gridsvc.rules.contradiction import contradicts, sentence


@pytest.mark.parametrize(
    ("distance", "accuracies", "wanted"),
    [
        (None, (), False),
        (0.0, (), False),
        (500.0, (), False),
        (501.0, (), True),
        (501.0, (None, 5.0), False),
        (700.0, (150.0, 60.0), False),
        (720.0, (150.0, 60.0), True),
        (2_500.0, (9e9, 9e9), False),
        (20_000.0, (9e9, 9e9), True),
    ],
)
def test_far_is_half_a_kilometre_beyond_what_both_positions_admit(
    distance: float | None, accuracies: tuple[float | None, ...], wanted: bool
) -> None:
    assert contradicts(distance, *accuracies) is wanted


def test_sentences_say_how_far_and_which_place_is_used() -> None:
    told = sentence(20_049.0, reported=True)
    assert "20.0公里" in told.zh and "以上报位置为准" in told.zh and "20.0 km" in told.en
    told = sentence(640.4, reported=False)
    assert "640米" in told.zh and "另一张照片" in told.zh and "640 m" in told.en
