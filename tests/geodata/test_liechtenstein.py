"""Liechtenstein: real buildings under real municipalities with exclaves, and an absent level.

A file of its own: New York's import stays open for its whole file and holds the tables' statistics.
"""

import csv
import json
from collections import Counter

import numpy as np
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from geodata import importing, recipe
from gridsvc import gridindex
from tests.conftest import NOON, real_data
from tests.geodata.test_real_data import silent, token


def test_liechtenstein_has_buildings_without_compounds(
    session: Session, client: TestClient
) -> None:
    """Real buildings under municipalities with exclaves; level 4 is absent from every chain."""
    folder = real_data("liechtenstein")
    done = importing.run(session, recipe.read("liechtenstein"), folder, NOON, silent)
    index = gridindex.load(session, "li", done.edition)
    counts: Counter[str] = Counter()
    for row in np.flatnonzero(index.levels == 5):
        levels = [unit.level for unit in index.chain(int(row))]
        assert 4 not in levels
        counts.update(unit.name for unit in index.chain(int(row)) if unit.level == 3)
    key = csv.DictReader((folder / "answer_key_by_municipality.csv").open(encoding="utf-8"))
    expected = {row["muni"]: int(row["buildings"]) for row in key}
    # 66 buildings stand on a border; which side an inner point lies on can differ by one or two.
    assert sum(counts.values()) == sum(expected.values())
    assert {name: abs(counts[name] - n) <= 3 for name, n in expected.items()} == dict.fromkeys(
        expected, True
    )
    at = json.loads(
        session.execute(
            text(
                "SELECT ST_AsGeoJSON(ST_PointOnSurface(geom), 15) FROM grid_unit "
                "WHERE district_code = 'li' AND level = 5 AND cardinality(chain) = 4 LIMIT 1"
            )
        ).scalar_one()
    )["coordinates"]
    told = client.post(
        "/api/reports",
        json={"location": {"lon": at[0], "lat": at[1]}, "text": "x", "channel": "api"},
        headers=token(session, "li"),
    ).json()
    assert [unit["level"] for unit in told["chain"]] == [1, 2, 3, 5]
    assert told["manual"]["code"] == "nobody_responsible"
