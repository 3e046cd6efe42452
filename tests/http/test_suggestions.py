"""A category is suggested, a person decides, and what they chose is kept and learnt from."""

import pytest
from sqlalchemy import delete, update
from typer.testing import CliRunner

from gridsvc import learning, snapshot, suggestions
from gridsvc.errors import TooFewCases, UnknownModel
from gridsvc.learning import Example
from gridsvc.tables.cases import Case, CaseEvent
from gridsvc.tables.catalogue import Category
from tests.conftest import NOON, Town
from tests.http.test_cases import tell
from tests.rules.test_suggestion import TOLD


@pytest.fixture(autouse=True)
def _nothing_held() -> None:
    suggestions.forget()


def taught(town: Town, boss: dict[str, str]) -> None:
    """Enough classified cases, and a model learnt from them."""
    known = {"litter": "litter", "drain": "drain", "noise": "other"}
    for one in TOLD * 4:
        tell(town, boss, text=one.text, category=known[one.category])
    facts = snapshot.current(town.session, "t")
    learning.train(town.session, facts, "tester", NOON)


def ask(town: Town, who: dict[str, str], text: str) -> dict:  # type: ignore[type-arg]
    answer = town.client.get("/api/categories/suggest", params={"text": text}, headers=who)
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def test_without_a_model_nothing_is_suggested_and_all_works(town: Town) -> None:
    boss = town.hire("boss", "administrator")
    assert ask(town, boss, "垃圾") == {"model": None, "sure": False, "items": []}
    no = tell(town, boss, category=None)
    answer = town.client.post(
        f"/api/cases/{no}/classify", json={"category": "litter"}, headers=boss
    )
    assert answer.status_code == 200
    facts = snapshot.current(town.session, "t")
    with pytest.raises(TooFewCases) as refused:
        learning.train(town.session, facts, "tester", NOON)
    assert refused.value.facts == {"have": 0, "least": 200, "missing": 200}
    with pytest.raises(UnknownModel):
        suggestions.use(town.session, "t", 1)
    assert town.client.get("/api/categories/suggest", params={"text": "垃圾"}).status_code == 401


def test_a_person_decides_and_the_choice_is_kept(town: Town) -> None:
    boss = town.hire("boss", "administrator")
    taught(town, boss)
    found = ask(town, boss, "垃圾堆在门口没人清运")
    assert found["model"] == 1 and found["items"][0]["category"]["code"] == "litter"
    assert found["sure"] is (found["items"][0]["confidence"] >= 0.6)
    assert ask(town, boss, "?!")["items"] == []
    assert ask(town, boss, "门")["sure"] is False

    no = tell(town, boss, text="垃圾堆在门口没人清运", category=None)
    assert town.session.get_one(Case, ("t", no)).category_code is None, "nothing by itself"
    answer = town.client.post(f"/api/cases/{no}/classify", json={"category": "drain"}, headers=boss)
    assert answer.status_code == 200
    kept = town.session.get_one(CaseEvent, ("t", no, 2)).detail
    assert kept["suggested"]["offered"][0]["category"] == "litter" != kept["category"]
    offered = {"model": 1, "offered": [{"category": "litter", "confidence": 0.9}]}
    second = tell(town, boss, text="垃圾", suggested=offered)
    assert town.session.get_one(CaseEvent, ("t", second, 1)).detail["suggested"] == offered

    (model,) = town.client.get("/api/categories/models", headers=boss).json()["items"]
    assert (model["shown"], model["first"]) == (2, 1) and 1 <= model["among"] <= 2
    assert model["active"] and model["trained_by"] == "tester" and model["held_out"] == 24
    # What is learnt next is what the person said.
    facts = snapshot.current(town.session, "t")
    last = [one for one, _ in learning.examples(town.session, facts)][-2:]
    assert Example("垃圾堆在门口没人清运", "drain") in last


def test_models_are_versions_and_the_former_one_can_come_back(town: Town) -> None:
    boss = town.hire("boss", "administrator")
    taught(town, boss)
    facts = snapshot.current(town.session, "t")
    learning.train(town.session, facts, "tester", NOON)
    assert ask(town, boss, "垃圾")["model"] == 2
    suggestions.use(town.session, "t", 1)
    assert ask(town, boss, "垃圾")["model"] == 1
    suggestions.use(town.session, "t", None)
    assert ask(town, boss, "垃圾")["model"] is None
    assert [one.active for one, _ in suggestions.listed(town.session, "t")] == [False, False]


def test_a_category_that_left_the_catalogue_is_not_suggested_nor_learnt(town: Town) -> None:
    boss = town.hire("boss", "administrator")
    taught(town, boss)
    town.session.execute(delete(Category).where(Category.code == "litter"))
    town.session.execute(update(type(town.district)).values(rulebook_no=99))
    town.session.expire_all()
    items = ask(town, boss, "垃圾边上下水道堵了，音响太吵")["items"]
    assert items and "litter" not in {one["category"]["code"] for one in items}
    facts = snapshot.current(town.session, "t")
    assert "litter" not in {one.category for one, _ in learning.examples(town.session, facts)}


def test_the_command_says_what_is_missing() -> None:
    from api.commands.suggest import app

    assert CliRunner().invoke(app, ["use"]).exception is not None
    assert "train" in CliRunner().invoke(app, ["--help"]).output
