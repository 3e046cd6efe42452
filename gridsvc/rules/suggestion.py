"""Which category a text may mean: a linear model over the pieces of the text, in numpy alone.

Chinese is taken apart into runs of one to three characters, so that no segmenter is needed; other
scripts into words, pairs of words and runs of four letters. What a model has learnt are plain
arrays; scikit-learn makes them (`gridsvc.learning`) and is not needed to read them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+")
LONGEST_HAN, LETTERS = 3, 4
# What lies beyond says nothing new of the matter, and costs time.
MOST_CHARACTERS = 2_000


class Model(NamedTuple):
    """What was learnt: `weights` has a row a piece and a column a category.

    `temperature` divides the scores, so that confidences are chances (1: as they were fitted).
    """

    categories: tuple[str, ...]
    places: Mapping[str, int]
    rarity: Floats
    weights: Floats
    start: Floats
    temperature: float


class Suggestion(NamedTuple):
    """A category and the chance that it is the one, from 0 to 1."""

    category: str
    confidence: float


def pieces(text: str) -> list[str]:
    """The pieces of a text that speak for a category, with repetitions."""
    found: list[str] = []
    before = ""
    for run in RUN.findall(unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold()):
        if "\u3400" <= run[0] <= "\u9fff":
            found.extend(_grams(run, range(1, LONGEST_HAN + 1)))
            before = ""
        else:
            found.append(run)
            found.extend(f"{gram}-" for gram in _grams(run, (LETTERS,)) if gram != run)
            if before:
                found.append(f"{before} {run}")
            before = run
    return found


def _grams(run: str, sizes: Sequence[int]) -> Iterator[str]:
    return (run[at : at + n] for n in sizes for at in range(len(run) - n + 1))


def suggest(model: Model, text: str, allowed: Mapping[str, object], most: int) -> list[Suggestion]:
    """The likeliest categories among those allowed, best first; none for a text in which the
    model knows no piece. A category that is gone is left out, its chance is given to nobody."""
    scores = score(model, text)
    if scores is None:
        return []
    chances = chance(scores[None, :], model.temperature)[0]
    found = []
    for place in np.argsort(-chances, kind="stable"):
        if model.categories[place] in allowed:
            found.append(Suggestion(model.categories[place], float(chances[place])))
        if len(found) == most:
            break
    return found


def score(model: Model, text: str) -> Floats | None:
    """The score of each category; None where no piece of the text is known."""
    counted = Counter(pieces(text))
    known = [one for one in counted if one in model.places]
    if not known:
        return None
    rows = np.array([model.places[one] for one in known], np.intp)
    times = np.array([counted[one] for one in known], np.float32)
    # As scikit-learn's TfidfVectorizer(sublinear_tf=True) weighs them; but what the model has never
    # seen counts as its rarest piece, so that a text mostly unknown says little.
    weight = (1 + np.log(times)) * model.rarity[rows]
    unknown = (len(counted) - len(known)) * model.rarity.max() ** 2
    weight /= np.sqrt(weight @ weight + unknown)
    found: Floats = weight @ model.weights[rows] + model.start
    return found


def chance(scores: Floats, temperature: float) -> Floats:
    """Chances from scores, a row a text; they add up to 1."""
    warm = scores / np.float32(temperature)
    risen = np.exp(warm - warm.max(axis=1, keepdims=True))
    found: Floats = risen / risen.sum(axis=1, keepdims=True)
    return found
