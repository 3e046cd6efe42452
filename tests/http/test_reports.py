"""The front door: shapes, idempotency, datums, refusals."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from api.shapes.reports import ReceiptOut
from tests.conftest import HOUSE, Town

BODY = {
    "location": {"lon": HOUSE[0], "lat": HOUSE[1]},
    "category": "litter",
    "text": "垃圾",
    "channel": "hotline",
}


def test_a_repeated_key_gives_the_first_answer_and_no_second_case(town: Town) -> None:
    who = town.hire("api", "intake_machine") | {"Idempotency-Key": "abc"}
    first = town.client.post("/api/reports", json=BODY, headers=who)
    again = town.client.post("/api/reports", json=BODY, headers=who)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert ReceiptOut.model_validate(first.json()).case_no == first.json()["case_no"]
    # A mapping of the answer to the documented shape loses nothing.
    assert set(first.json()) <= set(ReceiptOut.model_fields) | {"channel"}
    assert town.session.scalar(text("SELECT count(*) FROM case_")) == 1
    assert town.session.scalar(text("SELECT count(*) FROM report")) == 1


def test_the_same_key_with_another_body_is_refused(town: Town) -> None:
    who = town.hire("api", "intake_machine") | {"Idempotency-Key": "abc"}
    town.client.post("/api/reports", json=BODY, headers=who)
    answer = town.client.post("/api/reports", json=BODY | {"text": "别的"}, headers=who)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/key-reused"
    assert town.session.scalar(text("SELECT count(*) FROM report")) == 1


def test_keys_belong_to_their_account(town: Town) -> None:
    one, two = (town.hire(name, "intake_machine") for name in ("a", "b"))
    key = {"Idempotency-Key": "abc"}
    numbers = {
        town.client.post("/api/reports", json=BODY, headers=who | key).json()["case_no"]
        for who in (one, two)
    }
    assert len(numbers) == 2


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"location": {"lon": 181, "lat": 0}}, "location.lon"),
        ({"location": {"lon": 102, "lat": "north"}}, "location.lat"),
        ({"location": {"lon": 102, "lat": 25, "datum": "mars"}}, "location.datum"),
        ({"location": {"lon": 102, "lat": 25, "accuracy_m": -1}}, "location.accuracy_m"),
        ({"colour": "red"}, "colour"),
        ({"reporter": {"name": 5}}, "reporter.name"),
    ],
)
def test_a_bad_shape_is_told_by_path_in_chinese_and_changes_nothing(
    town: Town, change: dict[str, object], path: str
) -> None:
    who = town.hire("api", "intake_machine")
    answer = town.client.post("/api/reports", json=BODY | change, headers=who)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    [fault] = answer.json()["errors"]
    assert fault["path"] == path
    assert any("\u4e00" <= letter <= "\u9fff" for letter in fault["message"])
    assert town.session.scalar(text("SELECT count(*) FROM case_")) == 0


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (BODY | {"category": "dragons"}, "unknown-category"),
        (BODY | {"channel": "pigeon"}, "unknown-channel"),
        (BODY | {"location": {"lon": 9.5, "lat": 47.1, "datum": "gcj02"}}, "datum-refused"),
    ],
)
def test_what_the_district_does_not_know_is_refused(
    town: Town, body: dict[str, object], kind: str
) -> None:
    who = town.hire("api", "intake_machine") | {"Accept-Language": "en"}
    answer = town.client.post("/api/reports", json=body, headers=who)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{kind}")
    assert answer.json()["detail"].isascii()


def test_not_json_is_a_problem_and_not_a_crash(town: Town) -> None:
    who = town.hire("api", "intake_machine") | {"Content-Type": "application/json"}
    for content in (b"{", b"\xff\xfe", b"[]", b'{"location": {"lon": NaN, "lat": 1}}'):
        answer = town.client.post("/api/reports", content=content, headers=who)
        assert answer.status_code == 422, answer.text


def test_what_cannot_be_stored_is_refused_and_never_a_crash(town: Town) -> None:
    who = town.hire("api", "administrator")
    no = town.client.post("/api/reports", json=BODY, headers=who).json()["case_no"]
    json = who | {"Content-Type": "application/json"}
    nul = b'{"text": "a\\u0000b", "channel": "hotline"}'
    half = b'{"text": "a\\ud800b", "channel": "hotline"}'
    for content in (nul, half):
        answer = town.client.post("/api/reports", content=content, headers=json)
        assert answer.status_code == 422, answer.text
    note = b'{"note": "a\\u0000b"}'
    assert town.client.post(f"/api/cases/{no}/note", content=note, headers=json).status_code == 422
    for path in (
        "/api/cases/%00",
        "/api/units/%00",
        "/api/cases?q=%00",
        "/api/cases?kind=%00",
        "/api/places?q=%00",
        "/api/places?q=%F0%9F%98%80",
        "/tiles/street/1/0/0.mvt?edition=99999999999999999999",
        "/tiles/street/1/0/0.mvt?edition=3000000000",
        "/api/cases?limit=99999999999999999999",
        "/api/cases?cursor=bnVsbA==",
        "/api/cases?cursor=WyIyMDI2LTAxLTAxIiwiXHUwMDAwIl0=",
    ):
        answer = town.client.get(path, headers=who)
        assert answer.status_code < 500, (path, answer.text)
        assert answer.status_code == 200 or answer.headers["content-type"].startswith(
            "application/problem+json"
        ), path
    assert town.session.scalar(text("SELECT count(*) FROM case_")) == 1


def test_a_refusal_never_rests_on_rules_that_are_out_of_date(town: Town) -> None:
    """A category published a moment ago is known, whatever this process still holds."""
    who = town.hire("api", "intake_machine")
    town.client.post("/api/reports", json=BODY, headers=who)
    town.session.execute(
        text(
            "INSERT INTO category (district_code, code, position, name_zh, name_en, matter, source)"
            " VALUES ('t', 'new', 9, '新', 'New', 'event', 'test')"
        )
    )
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    answer = town.client.post("/api/reports", json=BODY | {"category": "new"}, headers=who)
    assert answer.status_code == 201, answer.text


def test_a_key_gets_its_first_answer_even_when_the_category_is_gone(town: Town) -> None:
    who = town.hire("api", "intake_machine") | {"Idempotency-Key": "abc"}
    first = town.client.post("/api/reports", json=BODY, headers=who)
    town.session.execute(text("DELETE FROM category WHERE code = 'litter'"))
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    again = town.client.post("/api/reports", json=BODY, headers=who)
    assert again.json() == first.json()


def test_nobody_reports_without_a_token_and_planners_do_not_report(town: Town) -> None:
    assert town.client.post("/api/reports", json=BODY).status_code == 401
    planner = town.hire("planner", "planner")
    assert town.client.post("/api/reports", json=BODY, headers=planner).status_code == 403
    bad = {"Authorization": "Bearer nonsense"}
    assert town.client.post("/api/reports", json=BODY, headers=bad).status_code == 401


def test_gcj02_comes_out_where_wgs84_says(town: Town) -> None:
    """The house in AMap's coordinates (from the public formula) is the same house."""
    import geocoordinates_ffi as geocoordinates

    shifted = geocoordinates.wgs84_to_gcj02(geocoordinates.Wgs84(lat=HOUSE[1], lon=HOUSE[0]))
    place = {"lon": shifted.lon, "lat": shifted.lat, "datum": "gcj02"}
    who = town.hire("api", "intake_machine")
    told = town.client.post("/api/reports", json=BODY | {"location": place}, headers=who).json()
    assert told["chain"][-1]["code"] == "T.B.1"
    assert told["location"]["datum"] == "wgs84"
    assert abs(told["location"]["lon"] - HOUSE[0]) < 1e-8
    kept = town.session.execute(text("SELECT lon, datum FROM report")).one()
    assert (kept.lon, kept.datum) == (shifted.lon, "gcj02")


def test_a_new_edition_or_rulebook_is_used_at_once(town: Town) -> None:
    """The process holds a snapshot; a write never uses one that is out of date."""
    who = town.hire("api", "intake_machine")
    before = town.client.post("/api/reports", json=BODY, headers=who).json()
    assert [one["code"] for one in before["departments"]] == ["works"]
    town.session.execute(text("UPDATE responsibility SET lead_department = 'water' WHERE no = 1"))
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    after = town.client.post("/api/reports", json=BODY, headers=who).json()
    assert [one["code"] for one in after["departments"]] == ["water"]


def test_two_at_once_with_one_key_make_one_case() -> None:
    """Over real connections: the second waits for the first and gets its answer."""
    from fastapi.testclient import TestClient

    from api.app import create_app
    from gridsvc import db
    from tests.conftest import committed_town

    with committed_town() as who, ThreadPoolExecutor(8) as pool:
        client = TestClient(create_app())
        send = who | {"Idempotency-Key": "once"}
        answers = list(
            pool.map(lambda _: client.post("/api/reports", json=BODY, headers=send), range(16))
        )
        assert {answer.status_code for answer in answers} == {201}
        assert all(answer.json() == answers[0].json() for answer in answers)
        with db.transaction() as session:
            assert session.scalar(text("SELECT count(*) FROM case_")) == 1


def test_what_the_database_cannot_hold_is_refused_over_real_connections() -> None:
    from fastapi.testclient import TestClient

    from api.app import create_app
    from tests.conftest import committed_town

    with committed_town() as who:
        client = TestClient(create_app(), raise_server_exceptions=False)
        # The first report is judged in a thread, what follows from memory.
        assert client.post("/api/reports", json=BODY, headers=who).status_code == 201
        answer = client.post("/api/reports", json=BODY | {"text": "a\0b"}, headers=who)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unstorable")
        assert client.post("/api/reports", json=BODY, headers=who).status_code == 201
