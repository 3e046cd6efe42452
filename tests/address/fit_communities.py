"""Fit which stretches name a community: `python -m tests.address.fit_communities`.

Writes data/communities.json from the training part of the real addresses
(../shared/data/cn_address): eighteen weights of features that hold no words.
"""

import json
from typing import Any
from unittest.mock import patch

from gridsvc.address import communities
from gridsvc.address.find import find
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.text import fold
from gridsvc.address.words import DATA
from tests.address import china, real
from tests.address.fit import fitted
from tests.conftest import real_data


def examples(
    known: Gazetteer, rows: list[dict[str, str]]
) -> tuple[list[dict[str, float]], list[bool]]:
    """Features of all stretches of the addresses, and whether each is the labelled community."""
    features: list[dict[str, float]] = []
    truths: list[bool] = []
    for row in rows:
        seen: list[Any] = []

        def watched(*given: Any, seen: list[Any] = seen) -> list[communities.Stretch]:
            seen.append(given)
            return []

        with patch.object(communities, "found", watched):
            find(known, row["address"])
        truth = fold(row["community"])
        for gazetteer, plain, upper, meant in seen:
            text = communities.Surroundings(plain, upper)
            for one in communities.candidates(gazetteer, text, meant):
                features.append(communities.features(gazetteer, text, one, meant))
                truths.append(plain[one.start : one.end] == truth)
    return features, truths


def main() -> None:
    features, truths = examples(china.nation(), real.addresses(real_data("cn_address"), "train"))
    found = fitted(features, truths, {}, {})
    source = f"tests/address/fit_communities.py on {len(truths):,} stretches of real addresses"
    text = json.dumps({"source": source, **found}, indent=2)
    (DATA / "communities.json").write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
