"""Fit the confidence anew: `python -m tests.address.fit` writes data/confidence.json.

Generated addresses are asked of the whole gazetteer, and of one from which an eighth of compounds,
roads and other names was taken, so that places occur that nobody registered. Signs are held: doubt
never raises a chance. What generated texts lack has a prior instead (PRIOR).
"""

import json
import random
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from geodata.demo.demo import Demo
from gridsvc.address import confidence
from gridsvc.address.confidence import EQUAL
from gridsvc.address.find import find
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.words import DATA
from tests.address import district

# Seeds of usual texts and of harder ones; neither those that tests measure by.
SEEDS, HARDER_SEEDS, COUNT, TAKEN = (1, 3), (2, 4), 6_000, 0.12
RAISING = {"margin", "quality", "strength"}
# Mean and strength of what is believed before any address is seen.
PRIOR = {"against": (-6.0, 300.0), "guessed": (-0.5, 20.0), "gap": (-1.0, 20.0)}
STEPS = 20_000

Floats = npt.NDArray[np.float64]


def thinned(made: Demo, seed: int) -> Demo:
    """The district as a register that lacks some compounds, roads and other names."""
    chance = random.Random(seed)
    compounds = made.units.loc[made.units["level"] == 4, "code"]
    gone = {code for code in compounds if chance.random() < TAKEN}
    roads = {road for road in sorted(set(made.points["road"])) if chance.random() < TAKEN}

    def kept(codes: Any) -> list[bool]:
        return [code[:15] not in gone for code in codes]

    points = made.points[~made.points["road"].isin(roads)]
    names = made.names[[chance.random() >= TAKEN for _ in range(len(made.names))]]
    return made._replace(
        units=made.units[kept(made.units["code"])],
        points=points[kept(points["unit_code"])],
        names=names[kept(names["unit_code"])],
    )


def examples(
    known: Gazetteer, seed: int, harder: bool
) -> tuple[list[dict[str, float]], list[bool]]:
    """Features and truth of the answers that nothing ties with."""
    features: list[dict[str, float]] = []
    truths: list[bool] = []
    seen: list[dict[str, float]] = []
    judge = confidence.features

    def watched(*given: Any) -> dict[str, float]:
        seen.append(judge(*given))
        return seen[-1]

    with patch.object(confidence, "features", watched):
        for said in district.written(COUNT, seed, harder=harder):
            seen.clear()
            answer = find(known, said.text)
            scores = [one.score for one in answer.candidates[:2]]
            tied = len(scores) > 1 and scores[0] - scores[1] <= EQUAL * abs(scores[0])
            if seen and not tied:
                features.append(seen[-1])
                truths.append(district.judged(said, answer).right)
    return features, truths


def fitted(
    features: list[dict[str, float]],
    truths: list[bool],
    prior: Mapping[str, tuple[float, float]],
    signs: Mapping[str, int],
) -> dict[str, Any]:
    """Bias and weights of the logistic with the largest posterior, by accelerated descent.

    `prior` has means and strengths by feature, 0 and 1 where it has none; `signs` holds a weight
    to be positive (1) or negative (-1).
    """
    names = list(features[0])
    inputs = np.array([[1.0, *(one[name] for name in names)] for one in features])
    right = np.array(truths, dtype=float)
    means = np.array([0.0, *(prior.get(name, (0.0, 1.0))[0] for name in names)])
    strength = np.array([0.0, *(prior.get(name, (0.0, 1.0))[1] for name in names)])
    held = np.array([0, *(signs.get(name, 0) for name in names)])
    step = 1 / (np.linalg.norm(inputs, 2) ** 2 / 4 + strength.max())
    weights = ahead = np.zeros(len(held))
    pace = 1.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-inputs @ ahead))
        moved: Floats = ahead - step * (inputs.T @ (chance - right) + strength * (ahead - means))
        moved[(held != 0) & (np.sign(moved) == -held)] = 0
        faster = (1 + (1 + 4 * pace**2) ** 0.5) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        weights, pace = moved, faster
    bias, *others = (round(float(weight), 3) for weight in weights)
    return {"bias": bias, "weights": dict(zip(names, others, strict=True))}


def main() -> None:
    made = district.generated()
    features: list[dict[str, float]] = []
    truths: list[bool] = []
    for seed in (*SEEDS, *HARDER_SEEDS):
        for known in (district.gazetteer(), district.made(thinned(made, seed))):
            more, true = examples(known, seed, seed in HARDER_SEEDS)
            features += more
            truths += true
    signs = {name: 1 if name in RAISING else -1 for name in features[0]}
    found = fitted(features, truths, PRIOR, signs)
    seeds = f"seeds {SEEDS}, harder ones {HARDER_SEEDS}"
    source = f"tests/address/fit.py on {len(truths):,} answers, {seeds}"
    text = json.dumps({"source": source, **found}, indent=2)
    (DATA / "confidence.json").write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
