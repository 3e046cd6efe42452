"""Assessment both ways, appeals that somebody else decides, and months that stand."""

import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError

from api import deps
from gridsvc import freezing, snapshot
from gridsvc.tables.cases import Case, CaseClock
from gridsvc.tables.catalogue import Setting
from gridsvc.tables.grid import District
from tests.conftest import NOON, Town
from tests.http.test_rates import played
from tests.journeys.test_loop import Play

__all__ = ["played"]

MONTH = "2026-03"
AFTER = datetime(2026, 4, 10, 16, tzinfo=UTC)  # the cut-off: midnight ten days after the month


@pytest.fixture
def posts(town: Town, played: Play) -> dict[str, dict[str, str]]:
    """Whoever has a word in it, after one solved and one late case."""
    town.hire("chief", "coordination_assessor")
    logins = ("chief", "boss", "works", "water", "secretary")
    return {one: {"Authorization": f"Bearer {town.token(one)}"} for one in logins}


def at(town: Town, moment: datetime) -> None:
    town.client.app.dependency_overrides[deps.now] = lambda: moment  # type: ignore[attr-defined]


def get(town: Town, who: dict[str, str], path: str) -> Any:
    answer = town.client.get(path, headers=who)
    assert answer.status_code == 200, answer.text
    return answer.json()


def send(town: Town, who: dict[str, str], path: str, **body: object) -> tuple[int, Any]:
    answer = town.client.post(path, json=body, headers=who)
    return answer.status_code, answer.json()


def objection(no: str, body: str = "water", **change: str) -> dict[str, str]:
    told = {"case_no": no, "side": "department", "body": body, "figure": "report_in"}
    return told | {"reason": "通知未送达"} | change


def set_to(town: Town, name: str, value: float) -> None:
    town.session.merge(Setting(district_code="t", name=name, value=value, basis="test"))
    town.session.get_one(District, "t").rulebook_no += 1
    town.session.flush()


def late(town: Town, played: Play) -> str:
    """The case on which water was late."""
    found = get(
        town, {"Authorization": f"Bearer {town.token('boss')}"}, f"/api/assessments/months/{MONTH}"
    )
    return str(next(one["case_no"] for one in found["items"] if one["department"] == "water"))


def test_departments_rate_the_whistle_that_called_them(
    town: Town, played: Play, posts: dict[str, dict[str, str]]
) -> None:
    at(town, played.now)
    waiting = get(town, posts["works"], "/api/assessments/to-rate")["items"]
    assert played.no in [one["case_no"] for one in waiting]
    assert {one["department"] for one in waiting} == {"works"}
    said = {"case_no": played.no, "proper": 100, "described": 50, "help": 100}
    assert send(town, posts["water"], "/api/assessments/ratings", **said)[0] == 409, (
        "it was not called"
    )
    assert (
        send(town, posts["water"], "/api/assessments/ratings", **said, department="works")[0] == 403
    )
    assert (
        send(town, posts["works"], "/api/assessments/ratings", **(said | {"help": 101}))[0] == 422
    )
    assert send(town, posts["works"], "/api/assessments/ratings", **said)[0] == 201
    assert send(town, posts["works"], "/api/assessments/ratings", **said)[0] == 409, "once"
    assert played.no not in [
        one["case_no"] for one in get(town, posts["works"], "/api/assessments/to-rate")["items"]
    ]
    found = get(town, posts["chief"], f"/api/assessments/months/{MONTH}")
    (street,) = [one for one in found["streets"] if one["street"] == "T.S"]
    assert street["points"] == 85 and street["counted"] == 1 and street["adds"] == 17

    played.move("centre", "mark", fault="improper", reason="材料不全")
    at(town, played.now)
    (whistle,) = [
        one
        for one in get(town, posts["chief"], f"/api/assessments/months/{MONTH}")["whistles"]
        if one["deduction"]
    ]
    assert whistle["points"] == 55 and whistle["deduction"]["points"] == 30
    mine = objection(played.no, "T.S", side="street", figure="fault")
    assert send(town, posts["works"], "/api/assessments/appeals", **mine)[0] == 403
    status, told = send(town, posts["secretary"], "/api/assessments/appeals", **mine)
    assert (status, told["was"]) == (201, 30)
    status, told = send(
        town, posts["chief"], f"/api/assessments/appeals/{told['no']}/uphold", points=0, answer="可"
    )
    assert status == 200 and told["upheld"]
    (whistle,) = [
        one
        for one in get(town, posts["chief"], f"/api/assessments/months/{MONTH}")["whistles"]
        if one["deduction"]
    ]
    assert whistle["points"] == 85
    assert (whistle["deduction"]["points"], whistle["deduction"]["was"]) == (0, 30)


def test_an_appeal_is_decided_by_somebody_else_and_touches_its_own_figure(
    town: Town, played: Play, posts: dict[str, dict[str, str]]
) -> None:
    at(town, played.now)
    no, before = late(town, played), get(town, posts["boss"], f"/api/assessments/months/{MONTH}")
    assert send(town, posts["works"], "/api/assessments/appeals", **objection(no))[0] == 403, (
        "another's"
    )
    assert (
        send(town, posts["water"], "/api/assessments/appeals", **objection(no, reason=" "))[0]
        == 422
    )
    assert (
        send(town, posts["water"], "/api/assessments/appeals", **objection(no, figure="luck"))[0]
        == 422
    )
    assert (
        send(town, posts["water"], "/api/assessments/appeals", **objection(no, figure="street"))[0]
        == 422
    )
    assert (
        send(town, posts["water"], "/api/assessments/appeals", **objection(no, side="x"))[0] == 422
    )
    assert send(town, posts["water"], "/api/assessments/appeals", **objection("none"))[0] == 404
    assert send(town, posts["water"], "/api/assessments/appeals", **objection(played.no))[0] == 409
    status, told = send(town, posts["water"], "/api/assessments/appeals", **objection(no))
    assert (status, told["was"], told["own"]) == (201, 0, True)
    assert send(town, posts["water"], "/api/assessments/appeals", **objection(no))[0] == 409, "once"
    decide = f"/api/assessments/appeals/{told['no']}"
    assert send(town, posts["water"], f"{decide}/uphold", points=100, answer="可")[0] == 403
    assert send(town, posts["chief"], f"{decide}/uphold", answer="可")[0] == 422
    assert send(town, posts["chief"], f"{decide}/uphold", points=100, answer="")[0] == 422
    assert send(town, posts["chief"], "/api/assessments/appeals/99/refuse", answer="x")[0] == 404
    assert (
        get(town, posts["boss"], f"/api/assessments/months/{MONTH}")["items"] == before["items"]
    ), "not yet"
    assert send(town, posts["chief"], f"{decide}/uphold", points=100, answer="属实")[0] == 200
    assert send(town, posts["chief"], f"{decide}/refuse", answer="x")[0] == 409, "decided"
    after = get(town, posts["boss"], f"/api/assessments/months/{MONTH}")
    for old, new in zip(before["items"], after["items"], strict=True):
        if (old["case_no"], old["department"]) != (no, "water"):
            assert new == old
            continue
        changed = {part["criterion"]: (part["points"], part["was"]) for part in new["parts"]}
        assert changed["report_in"] == (100, 0)
        assert {was for name, (_, was) in changed.items() if name != "report_in"} == {None}
        assert new["points"] > old["points"]
    assert [
        one["no"] for one in get(town, posts["water"], "/api/assessments/appeals")["items"]
    ] == [told["no"]]
    assert get(town, posts["works"], "/api/assessments/appeals")["items"] == []

    other = objection(no, figure="handle")
    status, told = send(town, posts["boss"], "/api/assessments/appeals", **other)
    assert status == 201
    own = send(
        town,
        posts["boss"],
        f"/api/assessments/appeals/{told['no']}/uphold",
        points=100,
        answer="可",
    )
    assert own[0] == 409, "nobody decides his own"
    assert (
        send(
            town, posts["chief"], f"/api/assessments/appeals/{told['no']}/refuse", answer="记录无误"
        )[0]
        == 200
    )
    assert get(town, posts["boss"], f"/api/assessments/months/{MONTH}")["items"] == after["items"]


def test_a_month_stands_from_its_cut_off_and_never_changes(
    town: Town, played: Play, posts: dict[str, dict[str, str]]
) -> None:
    no = late(town, played)
    at(town, AFTER.replace(hour=15))
    status, told = send(town, posts["chief"], f"/api/assessments/months/{MONTH}/freeze")
    assert status == 409 and "2026-04-11" in told["detail"]
    assert send(town, posts["water"], f"/api/assessments/months/{MONTH}/freeze")[0] == 403
    status, waiting = send(town, posts["water"], "/api/assessments/appeals", **objection(no))
    assert status == 201
    at(town, AFTER)
    status, told = send(
        town, posts["water"], "/api/assessments/appeals", **objection(no, figure="handle")
    )
    assert status == 409 and "2026-04-11" in told["detail"], "past the day, though not frozen yet"
    assert send(town, posts["chief"], f"/api/assessments/months/{MONTH}/freeze")[0] == 409, (
        "one waits"
    )
    decide = f"/api/assessments/appeals/{waiting['no']}/uphold"
    assert send(town, posts["chief"], decide, points=60, answer="部分属实")[0] == 200
    preview = get(town, posts["chief"], f"/api/assessments/months/{MONTH}")
    assert preview["months"][0]["frozen_at"] is None
    status, kept = send(town, posts["chief"], f"/api/assessments/months/{MONTH}/freeze")
    assert (status, kept["assessments"], kept["differing"]) == (201, 5, [])
    assert send(town, posts["chief"], f"/api/assessments/months/{MONTH}/freeze")[0] == 409, "once"

    set_to(town, "weight_report_in", 80)
    set_to(town, "whistle_deduct_improper", 5)
    town.session.execute(delete(CaseClock))
    town.session.get_one(Case, ("t", no)).rework_count = 9
    town.session.flush()
    frozen = get(town, posts["chief"], f"/api/assessments/months/{MONTH}")
    for part in ("items", "whistles", "results", "streets"):
        assert frozen[part] == preview[part]
    year = get(town, posts["chief"], "/api/assessments/years/2026")
    assert year["results"] == preview["results"] and year["items"] == []
    assert [one["month"] for one in year["months"] if one["frozen_at"]] == [MONTH]
    assert get(town, posts["chief"], f"/api/assessments/months/{MONTH}/recount")["differing"] == []
    said = {"case_no": no, "proper": 1, "described": 1, "help": 1}
    assert send(town, posts["water"], "/api/assessments/ratings", **said)[0] == 409
    day = town.client.put(
        f"/api/assessments/months/{MONTH}/cut-off",
        json={"cut_off": "2026-05-01"},
        headers=posts["chief"],
    )
    assert day.status_code == 409
    with pytest.raises(DBAPIError, match="append-only"), town.session.begin_nested():
        town.session.execute(text("UPDATE assessment_frozen SET kept = '[]'"))


def test_the_cut_off_is_a_row_of_the_month_and_the_worker_keeps_it(
    town: Town, played: Play, posts: dict[str, dict[str, str]]
) -> None:
    def move_to(day: str, who: str = "chief") -> int:
        path = f"/api/assessments/months/{MONTH}/cut-off"
        body = {"cut_off": day}
        return town.client.put(path, json=body, headers=posts[who]).status_code

    assert move_to("2026-03-20") == 422 and move_to("2026-04-05", "water") == 403
    assert move_to("2026-04-05") == 200
    rules = snapshot.rules(town.session, "t")
    early, then = datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 4, 4, 17, tzinfo=UTC)
    assert freezing.freeze_due(town.session, rules, early) == []
    assert freezing.freeze_due(town.session, rules, then) == [MONTH]
    assert freezing.freeze_due(town.session, rules, then) == []
    assert freezing.freeze_due(town.session, rules, NOON.replace(year=2027)) == []


def test_a_year_is_the_mean_of_its_whistles_and_carries_a_fifth(
    town: Town, played: Play, posts: dict[str, dict[str, str]]
) -> None:
    at(town, played.now)
    year = get(town, posts["chief"], "/api/assessments/years/2026")
    assert year["share_percent"] == 20 and len(year["months"]) == 12
    items = get(town, posts["chief"], f"/api/assessments/months/{MONTH}")["items"]
    for one in year["results"]:
        own = [i["points"] for i in items if i["department"] == one["department"]]
        assert one["points"] == pytest.approx(sum(own) / len(own))
        assert one["adds"] == pytest.approx(one["points"] * 0.2)
    file = town.client.get("/api/assessments/years/2026/file", headers=posts["chief"])
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    rows = list(book["部门"].iter_rows(min_row=2, values_only=True))
    assert {(row[0], row[3]) for row in rows} == {
        (one["department"], one["counted"]) for one in year["results"]
    }
    assert book["部门清单"].max_row == len(items) + 1
    month = town.client.get(f"/api/assessments/months/{MONTH}/file", headers=posts["chief"])
    assert month.status_code == 200
    for wrong in (
        "/years/1000",
        "/months/2026-13",
        "/months/x",
        f"/months/{MONTH}/recount",
    ):
        answer = town.client.get(f"/api/assessments{wrong}", headers=posts["chief"])
        assert answer.status_code == 422, wrong
    set_to(town, "performance_share_percent", 10)
    answer = town.client.get("/api/assessments/years/2026", headers=posts["chief"])
    assert answer.status_code == 422, "less than the rule says"
