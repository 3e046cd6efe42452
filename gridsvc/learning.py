"""Learn to suggest categories from the cases that people have classified.

scikit-learn does the fitting; only the command that trains imports this module. The latest cases by
time are held out: the older half of them makes chances of the scores, the newer half measures. The
model that is kept is then fitted once more on all cases, for the newest words are worth most; the
figures are those of the fit that had not seen the cases it was measured on.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
import sklearn
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridsvc import suggestions
from gridsvc.errors import TooFewCases
from gridsvc.rules.suggestion import Model, chance, pieces, score
from gridsvc.snapshot import Snapshot
from gridsvc.suggestions import SURE
from gridsvc.tables.cases import Case
from gridsvc.tables.grid import District
from gridsvc.tables.suggestions import SuggestionModel

LIBRARY = f"scikit-learn {sklearn.__version__}"
MOST_PIECES = 20_000
# The usual strength of the penalty; little hangs on it.
MILDNESS = 10.0
BINS = 10


class Example(NamedTuple):
    """A text and the category that people gave it in the end."""

    text: str
    category: str


class Figures(NamedTuple):
    """How well texts that a model had not seen were told; shares from 0 to 1.

    `error` is the mean distance between confidence and truth over ten equal bins of confidence,
    each counting by its texts. `sure` are those with a confidence of at least the threshold.
    """

    texts: int
    top1: float
    top3: float
    most_frequent: float
    error: float
    sure: float
    sure_right: float | None


class Learnt(NamedTuple):
    model: Model
    figures: Figures
    # Categories with too few cases to learn from.
    rare: list[str]


def train(
    session: Session, facts: Snapshot, by: str, now: datetime
) -> tuple[SuggestionModel, list[str]]:
    """Learn from the district's cases, keep the model, and let it suggest; also returns the
    categories that had too few cases. Raises TooFewCases, which says how many are missing."""
    rules = facts.rules
    found = examples(session, facts)
    told = [one for one, _ in found]
    learnt = learn(
        told,
        int(rules.setting("suggest_least_cases")),
        int(rules.setting("suggest_least_each")),
        rules.setting("suggest_held_out_percent") / 100,
        rules.setting(SURE) / 100,
    )
    session.get(District, facts.district, with_for_update={"key_share": True})
    last = select(func.max(SuggestionModel.no)).where(
        SuggestionModel.district_code == facts.district
    )
    figures = learnt.figures
    kept = SuggestionModel(
        district_code=facts.district,
        no=(session.scalar(last) or 0) + 1,
        trained_at=now,
        trained_by=by,
        cases=len(found),
        until=found[-1][1],
        library=LIBRARY,
        categories=len(learnt.model.categories),
        held_out=figures.texts,
        top1=figures.top1,
        top3=figures.top3,
        most_frequent=figures.most_frequent,
        calibration_error=figures.error,
        sure=figures.sure,
        sure_right=figures.sure_right,
        active=False,
        arrays=suggestions.packed(learnt.model),
    )
    session.add(kept)
    session.flush()
    suggestions.use(session, facts.district, kept.no)
    session.refresh(kept)
    return kept, learnt.rare


def examples(session: Session, facts: Snapshot) -> list[tuple[Example, datetime]]:
    """What people classified, oldest first: the category a case has now, after all corrections.
    Categories that are gone from the catalogue teach nothing."""
    latest = (
        select(Case.text, Case.category_code, Case.opened_at)
        .where(
            Case.district_code == facts.district,
            Case.category_code.in_(list(facts.rules.categories)),
        )
        .order_by(Case.opened_at.desc(), Case.case_no.desc())
        .limit(int(facts.rules.setting("suggest_most_cases")))
    )
    rows = session.execute(latest).all()
    return [(Example(row.text, row.category_code or ""), row.opened_at) for row in reversed(rows)]


def learn(
    told: Sequence[Example], least: int, least_each: int, held_out: float, sure: float
) -> Learnt:
    """A model from examples in the order of time, and how well it does on the latest of them.

    Raises TooFewCases for fewer than `least`, or where not two categories have `least_each`.
    """
    counted = Counter(one.category for one in told)
    rare = sorted(code for code, times in counted.items() if times < least_each)
    usable = [one for one in told if one.category not in rare]
    if len(usable) < least or len(counted) - len(rare) < 2:
        raise TooFewCases(have=len(usable), least=least, missing=max(least - len(usable), 1))
    measuring = max(int(len(usable) * held_out), 2)
    older, held = usable[:-measuring], usable[-measuring:]
    warm, newest = held[: measuring // 2], held[measuring // 2 :]
    blind = calibrated(fit(older), warm)
    return Learnt(
        fit(usable)._replace(temperature=blind.temperature), measure(blind, newest, sure), rare
    )


def fit(told: Sequence[Example]) -> Model:
    """A logistic regression over the pieces of the texts, rare pieces counting for more."""
    weigher = TfidfVectorizer(
        analyzer=pieces, sublinear_tf=True, min_df=2, max_features=MOST_PIECES, dtype=np.float32
    )
    seen = weigher.fit_transform([one.text for one in told])
    fitted = LogisticRegression(C=MILDNESS, max_iter=300).fit(seen, [one.category for one in told])
    weights, start = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        weights, start = np.vstack([-weights, weights]) / 2, np.hstack([-start, start]) / 2
    return Model(
        tuple(map(str, fitted.classes_)),
        {str(piece): int(place) for piece, place in weigher.vocabulary_.items()},
        weigher.idf_.astype(np.float32),
        np.ascontiguousarray(weights.T, np.float32),
        start.astype(np.float32),
        1.0,
    )


def calibrated(model: Model, told: Sequence[Example]) -> Model:
    """The model with the temperature under which these truths are likeliest."""
    scores, truth = _scored(model, told)
    known = truth >= 0
    if not known.any():
        return model

    def surprise(temperature: float) -> float:
        chances = chance(scores[known], temperature)
        at = chances[np.arange(known.sum()), truth[known]]
        return float(-np.log(np.maximum(at, 1e-9)).mean())

    found = minimize_scalar(surprise, bounds=(0.2, 5.0), method="bounded")
    return model._replace(temperature=float(found.x))


def measure(model: Model, told: Sequence[Example], sure: float) -> Figures:
    """How often the truth comes first, or among three; a category that the model does not know is
    a miss."""
    scores, truth = _scored(model, told)
    chances = chance(scores, model.temperature)
    order = np.argsort(-chances, axis=1, kind="stable")
    right = order[:, 0] == truth
    among = (order[:, :3] == truth[:, None]).any(axis=1)
    confidence = chances.max(axis=1)
    certain = confidence >= sure
    usual = Counter(one.category for one in told).most_common(1)[0][1] / len(told)
    return Figures(
        len(told),
        float(right.mean()),
        float(among.mean()),
        usual,
        _distance(confidence, right),
        float(certain.mean()),
        float(right[certain].mean()) if certain.any() else None,
    )


def _scored(model: Model, told: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Scores, a row a text (the bare start where nothing is known), and the true columns or -1."""
    columns = {code: place for place, code in enumerate(model.categories)}
    rows = (score(model, one.text) for one in told)
    scores = np.array([model.start if row is None else row for row in rows], np.float32)
    return scores, np.array([columns.get(one.category, -1) for one in told])


def _distance(confidence: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    parts = [
        abs(confidence[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean()
        for one in np.unique(bins)
    ]
    return float(sum(parts))
