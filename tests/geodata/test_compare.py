"""What changes from one drawn grid to the next, and for whom."""

import pytest
import shapely
from sqlalchemy.orm import Session

from geodata import editions
from geodata.compare import Change, Comparison, compare
from geodata.editions import Provenance
from gridsvc.errors import UnknownEdition
from gridsvc.tables.grid import District
from tests.conftest import DRAWING, NOON, Town, lay_town
from tests.sketch import grid, middle

OLD = """
    A A B
    A C B
"""


def staged(session: Session, district: District, drawing: str, **names: str) -> int:
    units = grid(drawing)
    units["name"] = [
        names.get(code, name) for code, name in zip(units["code"], units["name"], strict=True)
    ]
    provenance = Provenance("drawn", "ours", "own")
    return editions.stage(session, district, units, provenance, NOON).no


def between(session: Session, before: str, after: str, **names: str) -> Comparison:
    district = lay_town(session)
    old = staged(session, district, before)
    return compare(session, district, old, staged(session, district, after, **names))


def said(found: Comparison) -> list[tuple[str, str, str]]:
    """Each change of a community as kind, old letters, new letters."""
    return [
        (change.kind, letters(change, "old"), letters(change, "new"))
        for change in found.changes
        if change.level == 3
    ]


def letters(change: Change, side: str) -> str:
    return "".join(unit.code[-1] for unit in getattr(change, side))


def test_the_same_grid_again_changes_nothing(session: Session) -> None:
    found = between(session, OLD, OLD)
    assert found.changes == []
    assert found.units[3] == (3, 3)


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        ("D D B / A C B", [("split", "A", "AD")]),
        ("A A B / A A B", [("merged", "AC", "A")]),
        ("A B B / A C B", [("moved", "A", "A"), ("moved", "B", "B")]),
        ("A A B / A E B", [("recoded", "C", "E")]),
        ("A A B / A . B", [("removed", "C", "")]),
        ("A A B F / A C B F", [("added", "", "F")]),
        ("D E B / A C B", [("split", "A", "ADE")]),
    ],
)
def test_a_redrawn_grid_is_told_in_words(
    session: Session, after: str, wanted: list[tuple[str, str, str]]
) -> None:
    found = between(session, OLD, after.replace(" / ", "\n"))
    assert said(found) == wanted
    assert sum(found.counts().values()) == len(found.changes)


def test_a_new_name_is_a_change_of_its_own(session: Session) -> None:
    found = between(session, OLD, OLD, **{"T.S.C": "新名社区"})
    (change,) = found.changes
    assert (change.kind, change.old[0].name, change.new[0].name) == ("renamed", "C社区", "新名社区")


def test_moved_ground_is_measured_and_drawn(session: Session) -> None:
    found = between(session, OLD, "A B B\nA C B")
    change = next(change for change in found.changes if change.kind == "moved")
    square = shapely.box(102.01, 24.99, 102.02, 25.0)
    assert shapely.hausdorff_distance(change.ground, square) < 1e-7
    # One hundredth of a degree each way at 25° N, in the district's own projection.
    assert change.area_m2 == pytest.approx(1_117_000, rel=0.01)


def test_open_cases_on_the_ground_are_counted(town: Town) -> None:
    machine = town.hire("machine", "intake_machine")
    for row, column in ((0, 1), (0, 1), (2, 1)):
        lon, lat = middle(row, column)
        body = {"location": {"lon": lon, "lat": lat}, "category": "litter", "text": "x"}
        body |= {"channel": "api"}
        assert town.client.post("/api/reports", json=body, headers=machine).status_code == 201
    new = staged(town.session, town.district, DRAWING.replace("A A B", "A C B", 1))
    found = compare(town.session, town.district, 1, new)
    assert [(c.kind, letters(c, "new"), c.open_cases) for c in found.changes if c.level == 3] == [
        ("split", "AC", 2)
    ]


def test_an_edition_that_is_not_there(session: Session) -> None:
    with pytest.raises(UnknownEdition):
        compare(session, lay_town(session), 1, 9)
