"""Suggested categories: one arithmetic with scikit-learn, honest confidences, arrays that only lie
there, and a split by time."""

import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from gridsvc.errors import TooFewCases
from gridsvc.learning import Example, Learnt, calibrated, fit, learn, measure
from gridsvc.rules.suggestion import chance, pieces, score, suggest
from gridsvc.suggestions import packed, unpacked

SAID = {
    "litter": ["垃圾没人清运", "楼下垃圾堆了两天", "垃圾桶满了发臭", "Garbage on the street"],
    "drain": ["下水道堵了", "雨后积水排不掉", "污水井盖下冒水", "Sewer is blocked"],
    "noise": ["夜里施工噪音大", "广场舞音响太吵", "半夜装修吵得睡不着", "Loud music at night"],
}
TOLD = [
    Example(f"{text}{place}", category)
    for place in ("，一栋", "，二栋", "，东门", "，北门旁", "，请处理")
    for category, texts in SAID.items()
    for text in texts
]


@pytest.fixture(scope="module")
def learnt() -> Learnt:
    return learn(TOLD, 30, 2, 0.2, 0.6)


TEXTS = st.text(max_size=30) | st.text(alphabet="垃圾没人清运下水道堵了，", max_size=20)


@given(text=TEXTS)
def test_scores_are_those_of_scikit_learn_less_what_is_unknown(text: str) -> None:
    assert SCORED.classes_.tolist() == list(MODEL.categories)
    ours = score(MODEL, text)
    theirs = SCORED.decision_function(WEIGHER.transform([text]))[0]
    known = [piece in MODEL.places for piece in pieces(text)]
    if ours is None:
        assert not any(known)
    elif all(known):
        assert ours == pytest.approx(theirs, abs=1e-4)
    else:
        shares = (ours - MODEL.start) / (theirs - MODEL.start)
        assert shares == pytest.approx(np.full(3, shares[0]), abs=1e-2)
        assert 0 < shares[0] < 1


MODEL = fit(TOLD)
WEIGHER = TfidfVectorizer(analyzer=pieces, sublinear_tf=True, min_df=2)
SCORED = LogisticRegression(C=10, max_iter=300).fit(
    WEIGHER.fit_transform([one.text for one in TOLD]), [one.category for one in TOLD]
)


def test_two_categories_have_chances_like_any_number() -> None:
    two = [one for one in TOLD if one.category != "noise"]
    model = fit(two)
    weigher = TfidfVectorizer(analyzer=pieces, sublinear_tf=True, min_df=2)
    theirs = LogisticRegression(C=10, max_iter=300).fit(
        weigher.fit_transform([one.text for one in two]), [one.category for one in two]
    )
    scores = score(model, "垃圾，堵了")
    assert scores is not None
    expected = theirs.predict_proba(weigher.transform(["垃圾，堵了"]))[0]
    assert chance(scores[None, :], 1.0)[0] == pytest.approx(expected, abs=1e-4)


@given(text=st.text(alphabet="垃圾下水道噪音堵了abc 12，。", max_size=40))
def test_what_is_suggested_is_allowed_ordered_and_no_more_than_a_whole(text: str) -> None:
    for allowed in ({"litter", "drain", "noise"}, {"drain"}, set[str]()):
        found = suggest(MODEL, text, dict.fromkeys(allowed), 3)
        assert {one.category for one in found} <= allowed
        chances = [one.confidence for one in found]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= 1 + 1e-5 and all(0 <= one <= 1 for one in chances)


def test_a_category_that_is_gone_is_not_suggested_and_nobody_gets_its_chance() -> None:
    whole = {one.category: one.confidence for one in suggest(MODEL, "垃圾", dict(SAID), 3)}
    left = suggest(MODEL, "垃圾", {"drain": 0, "noise": 0}, 3)
    assert "litter" not in {one.category for one in left}
    assert all(one.confidence == whole[one.category] for one in left)


@given(text=st.text(max_size=200))
def test_any_text_has_pieces_without_spaces_at_its_ends(text: str) -> None:
    assert all(piece == piece.strip() and piece for piece in pieces(text))


def test_the_latest_cases_measure_and_are_not_learnt_from_before() -> None:
    """A new category that only the latest cases have cannot be told: all of them are misses."""
    turned = [*TOLD, *(Example(f"路灯不亮{place}", "lamp") for place in range(12))]
    assert learn(turned, 30, 2, 0.2, 0.6).figures.top1 == 0.0
    mixed = learn(TOLD, 30, 2, 0.2, 0.6).figures
    assert mixed.top1 > mixed.most_frequent


def test_too_few_cases_say_how_many_are_missing() -> None:
    with pytest.raises(TooFewCases) as refused:
        learn(TOLD, 100, 2, 0.2, 0.6)
    assert refused.value.facts["missing"] == 100 - len(TOLD)
    with pytest.raises(TooFewCases):
        learn([one for one in TOLD if one.category == "litter"], 10, 2, 0.2, 0.6)
    with pytest.raises(TooFewCases):
        learn([], 1, 1, 0.2, 0.6)


def test_a_rare_category_is_named_and_not_learnt(learnt: Learnt) -> None:
    rare = learn([Example("路灯不亮", "lamp"), *TOLD], 30, 2, 0.2, 0.6)
    assert rare.rare == ["lamp"] and "lamp" not in rare.model.categories
    assert learnt.rare == []


def test_calibration_brings_confidence_nearer_to_the_truth() -> None:
    """Half of the texts were told at random: a fit that believes itself is corrected."""
    rng = np.random.default_rng(5)
    names = list(SAID)

    def noisy(count: int) -> list[Example]:
        drawn = (TOLD[at] for at in rng.integers(len(TOLD), size=count))
        return [
            one._replace(category=names[rng.integers(3)]) if rng.random() < 0.5 else one
            for one in drawn
        ]

    model, fresh = fit(TOLD), noisy(600)
    corrected = calibrated(model, noisy(600))
    assert corrected.temperature > 1
    assert measure(corrected, fresh, 0.6).error < measure(model, fresh, 0.6).error / 2


def test_a_model_is_the_same_after_it_was_kept(learnt: Learnt) -> None:
    again = unpacked(packed(learnt.model))
    assert again.categories == learnt.model.categories and again.places == learnt.model.places
    for text in ("垃圾堆在门口", "Sewer", "没有", "夜里吵"):
        assert suggest(again, text, dict(SAID), 3) == suggest(learnt.model, text, dict(SAID), 3)


def test_arrays_that_would_run_code_are_refused() -> None:
    """The database may hold anything; nothing in it is executed."""
    buffer = BytesIO()
    trap = np.array([print], dtype=object)
    np.savez(buffer, pieces=trap, categories=trap, rarity=trap, weights=trap, start=trap)
    with pytest.raises(ValueError, match="pickle"):
        unpacked(buffer.getvalue())


def test_the_api_does_not_carry_what_learns() -> None:
    code = "import sys, api.app; print('sklearn' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
