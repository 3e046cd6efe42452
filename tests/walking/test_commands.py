"""Streets from the command line, over committed rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gridsvc import db
from gridsvc.errors import BadInput
from gridsvc.tables.grid import District
from tests.conftest import committed_town
from tests.http.test_people_commands import say
from tests.walking import drawn, village

STREET: drawn.Way = ([1, 2, 3], {"highway": "residential", "oneway": "yes"})
MOTORWAY: drawn.Way = ([1, 3], {"highway": "motorway"})


@pytest.fixture
def _village() -> Iterator[None]:
    with committed_town():
        with db.transaction() as session:
            village.settle(session, session.get_one(District, "t"))
            village.open_facility(session, "C1", (102.0005, village.STREET))
        yield


def osm(folder: Path, west: float) -> str:
    """The village's street as an OpenStreetMap file, beginning there."""
    nodes = {no: (west + no / 100, village.STREET) for no in range(1, 4)}
    return str(drawn.osm(folder / "streets.osm.pbf", nodes, [STREET, MOTORWAY]))


@pytest.mark.usefixtures("_village")
def test_streets_are_tried_kept_and_switched(tmp_path: Path) -> None:
    file, findings = osm(tmp_path, 101.99), tmp_path / "found.csv"
    told = say("walk", "import", file, "--findings", str(findings))
    assert "nothing written" in told and "highway=motorway" in told
    assert "far_from_streets" in findings.read_text("utf-8")
    assert "streets.osm.pbf" not in say("walk", "networks")
    assert "network 1 in use" in say("walk", "import", file, "--write", "--source", "the council")
    assert "●" in say("walk", "networks") and "walked along streets" in say("walk", "reach")
    say("walk", "networks", "--use", "0")
    assert "straight line" in say("walk", "reach", "clinic")


@pytest.mark.usefixtures("_village")
def test_streets_of_another_place_are_not_kept(tmp_path: Path) -> None:
    assert "not written" in say("walk", "import", osm(tmp_path, 115.0), "--write")
    assert "●" not in say("walk", "networks")


@pytest.mark.usefixtures("_village")
def test_reach_goes_out_as_a_file(tmp_path: Path) -> None:
    page = tmp_path / "reach.html"
    assert "clinic" in say("walk", "reach", "clinic", "-o", str(page))
    assert "卫生站" in page.read_text("utf-8")
    for words in (["clinic", "-o", "reach.doc"], ["-o", str(page)]):
        with pytest.raises(BadInput):
            say("walk", "reach", *words)
