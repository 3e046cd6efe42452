"""Editions through the API: compare, publish, roll back, ask the past, judge again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import psycopg2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from api.app import create_app
from geodata import districts
from geodata import editions as staging
from geodata.districts import DistrictIn
from geodata.editions import Provenance
from gridsvc import db, rejudge, snapshot
from gridsvc.editions import Change, publish
from gridsvc.snapshot import Snapshot
from gridsvc.tables.cases import Case
from gridsvc.tables.grid import District, Edition, GridUnit
from tests.conftest import HOUSE, NOON, Town, committed_town, statements
from tests.sketch import grid, middle

# The square at (0, 1) goes from A to B; the house's square stays.
REDRAWN = """
    A B B
    A . B
    A B B
"""
MOVED_SQUARE = middle(0, 1)


def stage(session: Session, drawing: str, *, district: str = "t", nameless: bool = False) -> int:
    units = grid(drawing, {"1": HOUSE})
    units.loc[units["code"] == "T.S.B", "name"] = "新B社区"
    if nameless:
        units.loc[units["code"] == "T.S.B", "code"] = None
    held = session.get_one(District, district)
    return staging.stage(session, held, units, Provenance("redrawn", "ours", "own"), NOON).no


@pytest.fixture
def admin(town: Town) -> dict[str, str]:
    return town.hire("chief", "administrator")


def report(town: Town, place: tuple[float, float], **more: Any) -> dict[str, Any]:
    machine = town.hire("machine", "intake_machine")
    body = {"location": {"lon": place[0], "lat": place[1]}, "category": "litter", "text": "x"}
    answer = town.client.post(
        "/api/reports", json=body | {"channel": "api"} | more, headers=machine
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_an_edition_is_staged_compared_published_and_rolled_back(
    town: Town, admin: dict[str, str]
) -> None:
    client, no = town.client, stage(town.session, REDRAWN)
    listed = client.get("/api/editions", headers=admin).json()
    assert [(one["no"], one["answering"]) for one in listed["items"]] == [(2, False), (1, True)]
    assert listed["items"][0]["units"] == {"1": 1, "2": 1, "3": 2, "5": 1}

    changes = client.get(f"/api/editions/{no}/changes", headers=admin).json()
    assert (changes["old"], changes["counts"]["moved"], changes["counts"]["renamed"]) == (1, 2, 1)

    wish = {"reason": "边界调整", "answering": 1}
    done = client.post(f"/api/editions/{no}/publish", json=wish, headers=admin).json()
    assert (done["edition_no"], done["previous_no"], done["reason"]) == (2, 1, "边界调整")
    assert report(town, MOVED_SQUARE)["chain"][-1]["name"] == "新B社区"

    assert client.post("/api/editions/1/publish", json={}, headers=admin).status_code == 200
    assert report(town, MOVED_SQUARE)["chain"][-1]["code"] == "T.S.A"
    history = client.get("/api/editions", headers=admin).json()["history"]
    assert [(one["edition_no"], one["by"]) for one in history][:2] == [(1, "chief"), (2, "chief")]


def test_where_was_this_in_another_edition_is_one_call(town: Town) -> None:
    no = stage(town.session, REDRAWN)
    lon, lat = MOVED_SQUARE
    for edition, code in ((1, "T.S.A"), (no, "T.S.B")):
        asked = {"lon": lon, "lat": lat, "edition": edition}
        answer = town.client.get("/api/locate", params=asked).json()
        assert (answer["edition"], answer["chain"][-1]["code"]) == (edition, code)
    missing = town.client.get("/api/locate", params={"lon": lon, "lat": lat, "edition": 99})
    assert missing.status_code == 404


def test_a_case_keeps_the_names_of_its_edition(town: Town, admin: dict[str, str]) -> None:
    told = report(town, middle(2, 2))
    publish(town.session, "t", stage(town.session, REDRAWN), Change("x", NOON))
    case = town.client.get(f"/api/cases/{told['case_no']}", headers=admin).json()
    assert (case["edition"], case["chain"][-1]["name"]) == (1, "B社区")
    later = report(town, middle(2, 2))
    listed = town.client.get("/api/cases", headers=admin).json()["items"]
    names = {one["case_no"]: one["chain"][-1]["name"] for one in listed}
    assert names == {told["case_no"]: "B社区", later["case_no"]: "新B社区"}


def test_an_unsound_edition_is_refused_in_words(town: Town, admin: dict[str, str]) -> None:
    no = stage(town.session, REDRAWN, nameless=True)
    answer = town.client.post(f"/api/editions/{no}/publish", json={}, headers=admin)
    assert answer.status_code == 409
    assert "错误" in answer.json()["detail"]
    found = town.client.get(
        f"/api/editions/{no}/findings", params={"severity": "error"}, headers=admin
    ).json()
    assert [f["properties"]["kind"] for f in found["features"]] == ["wrong_code"]
    assert found["features"][0]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert set(found["features"][0]["properties"]["text"]) == {"zh", "en"}


def test_who_compared_with_another_edition_must_compare_again(
    town: Town, admin: dict[str, str]
) -> None:
    two, three = stage(town.session, REDRAWN), stage(town.session, REDRAWN)
    first = town.client.post(f"/api/editions/{two}/publish", json={"answering": 1}, headers=admin)
    late = town.client.post(f"/api/editions/{three}/publish", json={"answering": 1}, headers=admin)
    assert (first.status_code, late.status_code) == (200, 409)
    assert town.session.get_one(District, "t").edition_no == two


def test_findings_are_paged_and_counted(town: Town, admin: dict[str, str]) -> None:
    whole = town.client.get("/api/editions/1", headers=admin).json()
    assert sum(kind["findings"] for kind in whole["kinds"]) == whole["warnings"] + whole["errors"]
    seen: list[int] = []
    after = 0
    while after is not None:
        page = town.client.get(
            "/api/editions/1/findings", params={"after": after, "limit": 1}, headers=admin
        ).json()
        seen += [feature["id"] for feature in page["features"]]
        after = page["next_after"]
    assert len(seen) == len(set(seen)) == whole["warnings"]


def test_only_those_who_may_see_and_change_editions(town: Town) -> None:
    officer, operator = town.hire("o", "grid_worker"), town.hire("c", "grid_center_operator")
    assert town.client.get("/api/editions").status_code == 401
    assert town.client.get("/api/editions", headers=officer).status_code == 403
    assert town.client.get("/api/editions", headers=operator).status_code == 200
    assert town.client.post("/api/editions/1/publish", json={}, headers=operator).status_code == 403


def test_open_cases_are_judged_again_first_in_a_preview(town: Town, admin: dict[str, str]) -> None:
    stays, goes = report(town, HOUSE), report(town, MOVED_SQUARE)
    no = stage(town.session, REDRAWN)
    before = town.client.get(f"/api/editions/{no}/rejudging", headers=admin).json()
    assert (before["cases"], before["differing"], before["departments"]) == (2, 1, 1)
    (item,) = before["items"]
    assert item["case_no"] == goes["case_no"]
    assert item["old"]["chain"][-1]["code"] == "T.S.A"
    assert item["new"]["chain"][-1]["name"] == "新B社区"
    # The row for litter in B calls the water bureau too.
    assert (item["old"]["departments"], item["new"]["departments"]) == (
        ["works"],
        ["works", "water"],
    )
    untouched = town.session.get_one(Case, ("t", goes["case_no"]), populate_existing=True)
    assert untouched.edition_no == 1

    publish(town.session, "t", no, Change("x", NOON))
    with statements() as sent:
        done = town.client.post("/api/editions/rejudge", headers=admin).json()
    assert len(sent) <= 9
    assert (done["cases"], done["differing"], done["moved_meanwhile"]) == (2, 1, [])
    case = town.client.get(f"/api/cases/{goes['case_no']}", headers=admin).json()
    assert (case["edition"], case["chain"][-1]["code"]) == (no, "T.S.B")
    assert {one["code"] for one in case["departments"]} == {"works", "water"}
    assert case["timeline"][-1]["kind"] == "rejudge"
    assert case["timeline"][-1]["detail"]["former_chain"][-1] == "T.S.A"
    assert case["version"] == len(case["timeline"]) == 2
    assert town.client.get(f"/api/cases/{stays['case_no']}", headers=admin).json()["edition"] == no
    assert town.client.post("/api/editions/rejudge", headers=admin).json()["cases"] == 0


def test_how_a_place_was_found_outlives_the_edition(town: Town, admin: dict[str, str]) -> None:
    told = report(town, MOVED_SQUARE, location={"address": "图区图街道A社区"})
    assert told["location"]["method"] == "address"
    publish(town.session, "t", stage(town.session, REDRAWN), Change("x", NOON))
    assert town.client.post("/api/editions/rejudge", headers=admin).json()["cases"] == 1
    case = town.client.get(f"/api/cases/{told['case_no']}", headers=admin).json()
    assert (case["edition"], case["location"]["method"]) == (2, "address")


def test_departments_that_were_called_stay_when_a_case_is_judged_again(
    town: Town, admin: dict[str, str]
) -> None:
    told = report(town, MOVED_SQUARE)
    for move, fields in (("whistle", {"kind": "problem_whistle"}), ("accept", {})):
        url = f"/api/cases/{told['case_no']}/{move}"
        answer = town.client.post(url, json=fields, headers=admin)
        assert answer.status_code == 200, answer.text
    publish(town.session, "t", stage(town.session, REDRAWN), Change("x", NOON))
    town.client.post("/api/editions/rejudge", headers=admin)
    case = town.client.get(f"/api/cases/{told['case_no']}", headers=admin).json()
    assert case["chain"][-1]["code"] == "T.S.B"
    assert [one["code"] for one in case["departments"]] == ["works"]
    assert case["departments"][0]["called_at"] is not None


def test_a_case_that_somebody_moves_meanwhile_is_left_and_named(
    town: Town, admin: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = report(town, MOVED_SQUARE)
    publish(town.session, "t", stage(town.session, REDRAWN), Change("x", NOON))
    read = rejudge.preview

    def read_then_moved(
        session: Session, facts: Snapshot, edition: int, now: datetime
    ) -> list[rejudge.Again]:
        judged = read(session, facts, edition, now)
        session.execute(text("UPDATE case_ SET version = version + 1"))
        return judged

    monkeypatch.setattr(rejudge, "preview", read_then_moved)
    done = town.client.post("/api/editions/rejudge", headers=admin).json()
    assert (done["cases"], done["moved_meanwhile"]) == (0, [told["case_no"]])
    case = town.session.get_one(Case, ("t", told["case_no"]), populate_existing=True)
    assert (case.edition_no, case.unit_code) == (1, "T.S.A")


def test_reports_go_on_while_editions_change() -> None:
    """Four reporters and somebody who changes the edition all the time: nobody is refused."""
    with committed_town() as machine:
        with db.transaction() as session:
            stage(session, REDRAWN)
        client = TestClient(create_app())
        body = {
            "location": dict(zip(("lon", "lat"), MOVED_SQUARE, strict=True)),
            "category": "litter",
            "text": "x",
            "channel": "api",
        }

        def tell(_: int) -> tuple[int, str]:
            answer = client.post("/api/reports", json=body, headers=machine)
            assert answer.status_code == 201, answer.text
            told = answer.json()
            return told["edition"], told["chain"][-1]["code"]

        with ThreadPoolExecutor(4) as pool:
            told = [pool.submit(tell, number) for number in range(120)]
            # However slow the machine, the edition changes as long as somebody reports.
            turn = 0
            while turn < 30 or not all(one.done() for one in told):
                with db.transaction() as session:
                    publish(session, "t", 2 - turn % 2, Change("x", NOON + timedelta(turn)))
                turn += 1
            answers = [one.result() for one in told]
        assert set(answers) == {(1, "T.S.A"), (2, "T.S.B")}
        with db.new_session() as session:
            cases = session.execute(select(Case.edition_no, Case.unit_code)).all()
        assert sorted(tuple(case) for case in cases) == sorted(answers)
        snapshot.forget()


def lay_down_again(session: Session) -> None:
    """What an import does first: the district's row, locked to the end."""
    facts = session.get_one(District, "t")
    districts.lay_down(session, DistrictIn.model_validate(facts, from_attributes=True))


def test_a_report_does_not_wait_for_an_import() -> None:
    with committed_town() as machine, ThreadPoolExecutor(1) as pool:
        with db.transaction() as importing:
            lay_down_again(importing)
            publish(importing, "t", stage(importing, REDRAWN), Change("x", NOON))
            body = {"location": None, "text": "x", "channel": "api", "category": None}
            client = TestClient(create_app())
            told = pool.submit(client.post, "/api/reports", json=body, headers=machine)
            # Waiting would end with the transaction, so this is no measure of time.
            answer = told.result(timeout=60)
        assert answer.status_code == 201


def test_two_people_staging_at_once_get_editions_of_their_own() -> None:
    with committed_town():

        def one(_: int) -> int:
            with db.transaction() as session:
                lay_down_again(session)
                return stage(session, REDRAWN)

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(one, range(2))) == [2, 3]
        with db.new_session() as session:
            units = text("SELECT edition_no, count(*) FROM grid_unit GROUP BY 1 ORDER BY 1")
            assert [tuple(row) for row in session.execute(units)] == [(1, 5), (2, 5), (3, 5)]


def test_a_crash_before_the_commit_leaves_the_former_edition_whole() -> None:
    with committed_town():
        session = db.new_session()
        pid = session.scalar(text("SELECT pg_backend_pid()"))
        publish(session, "t", stage(session, REDRAWN), Change("x", NOON))
        url = db.engine.url.set(drivername="postgresql").render_as_string(False)
        with psycopg2.connect(url) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", (pid,))
        with pytest.raises(Exception, match=r"terminat|closed"):
            session.commit()
        session.close()
        db.engine.dispose()
        with db.new_session() as after:
            assert after.get_one(District, "t").edition_no == 1
            assert after.scalars(select(Edition.no)).all() == [1]
            assert set(after.scalars(select(GridUnit.edition_no).distinct())) == {1}
