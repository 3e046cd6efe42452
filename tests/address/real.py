"""How the engine does on real addresses labelled by hand (../shared/data/cn_address)."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from gridsvc.address.find import Answer, find
from gridsvc.address.gazetteer import Gazetteer

FIELDS = {"district": "district", "town": "street", "community": "community"}
# Fields that are numbers.
NUMBERS = {"houseno", "roadno", "cellno", "roomno", "floorno"}
CODES = {"area_code": 6, "street_code": 9, "village_code": 12}


class Score(NamedTuple):
    """F1 of each field; of each code the shares that are right, and right or openly ambiguous;
    how many answers are sure, and the share of those that are right."""

    f1: dict[str, float]
    right: dict[str, float]
    honest: dict[str, float]
    sure: int
    sure_right: float


def addresses(folder: Path, split: str) -> list[dict[str, str]]:
    """The labelled rows of one split."""
    with gzip.open(folder / "addresses_11942.csv.gz", "rt", encoding="utf-8") as opened:
        return [row for row in csv.DictReader(opened) if row["split"] == split]


def score(gazetteer: Gazetteer, rows: Iterable[dict[str, str]]) -> Score:
    """Fields by their exact text; codes by the first candidate, or an answer that is not sure."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        answer = find(gazetteer, row["address"])
        for field, kind in FIELDS.items():
            _count_field(seen, field, row[field], [p.text for p in answer.pieces if p.kind == kind])
        for field, size in CODES.items():
            if row[field]:
                seen[field, _judged(answer, row[field], size)] += 1
        if row["area_code"] and answer.confidence >= 0.9:
            seen["sure", _judged(answer, row["area_code"], 6)] += 1
    total = {code: sum(n for (name, _), n in seen.items() if name == code) for code in CODES}
    sure = sum(n for (name, _), n in seen.items() if name == "sure")
    return Score(
        {field: _f1(seen, field) for field in FIELDS} | {"together": _together(seen)},
        {code: seen[code, "right"] / total[code] for code in CODES},
        {code: (seen[code, "right"] + seen[code, "open"]) / total[code] for code in CODES},
        sure,
        seen["sure", "right"] / max(sure, 1),
    )


def agreement(rows: Iterable[dict[str, str]]) -> float:
    """How well the label community can be told from how others labelled the same words: an F1.

    Of words that recur in one town or district, before a number or not before one, each occurrence
    is judged by the majority of the others.
    """
    labels: dict[tuple[str, str, bool], list[bool]] = {}
    for row in rows:
        parts = [part.split("=", 1) for part in row["segments"].split("|") if "=" in part]
        for (field, words), (after, _) in pairwise([*parts, ["", ""]]):
            if field not in ("redundant", "assist"):
                place = row["town"] or row["district"]
                key = words, place, after in NUMBERS
                labels.setdefault(key, []).append(field == "community")
    seen: Counter[tuple[bool, bool]] = Counter()
    for said in labels.values():
        if len(said) > 1 and any(said):
            seen.update((one, 2 * (sum(said) - one) >= len(said) - 1) for one in said)
    return 2 * seen[True, True] / (2 * seen[True, True] + seen[True, False] + seen[False, True])


def _count_field(seen: Counter[tuple[str, str]], field: str, truth: str, found: list[str]) -> None:
    hit = bool(truth) and truth in found
    seen[field, "hit"] += hit
    seen[field, "missed"] += bool(truth) and not hit
    seen[field, "false"] += sum(one != truth for one in found)


def _f1(seen: Counter[tuple[str, str]], field: str) -> float:
    hit = seen[field, "hit"]
    return 2 * hit / (2 * hit + seen[field, "missed"] + seen[field, "false"])


def _together(seen: Counter[tuple[str, str]]) -> float:
    """F1 over the fields taken together, each piece counting once."""
    hit, wrong = (sum(seen[field, what] for field in FIELDS) for what in ("hit", "missed"))
    wrong += sum(seen[field, "false"] for field in FIELDS)
    return 2 * hit / (2 * hit + wrong)


def _judged(answer: Answer, code: str, size: int) -> str:
    best = answer.best
    if best and best.code[:size] == code:
        return "right"
    among = any(one.code[:size] == code for one in answer.candidates)
    return "open" if among and answer.confidence < 0.9 else "wrong"
