"""Inbox, outbox and the ways of telling people, over HTTP."""

from typing import Any

import pytest

from gridsvc import events, messages
from tests.conftest import HOUSE, NOON, Town

ROBOT = {
    "kind": "wecom",
    "name": "城管群",
    "url": "https://qyapi.example.org/send?key=secret-key",
    "secret": "s3cret",
    "post": "department_handler",
    "department_code": "works",
}


@pytest.fixture
def admin(town: Town) -> dict[str, str]:
    return town.hire("chief", "administrator")


def whistled(town: Town, headers: dict[str, str]) -> str:
    told = {"location": {"lon": HOUSE[0], "lat": HOUSE[1]}, "text": "垃圾", "channel": "hotline"}
    case_no = town.client.post("/api/reports", json=told, headers=headers).json()["case_no"]
    move = {"kind": "problem_whistle"}
    town.client.post(f"/api/cases/{case_no}/whistle", json=move, headers=headers)
    while events.number(town.session, "t"):
        pass
    messages.make(town.session, "t", NOON)
    return str(case_no)


def test_the_inbox_holds_what_is_for_the_post_until_it_is_seen(
    town: Town, admin: dict[str, str]
) -> None:
    centre, other = town.hire("c", "grid_center_operator"), town.hire("d", "grid_center_operator")
    case_no = whistled(town, admin)
    told = town.client.get("/api/inbox", headers=centre).json()
    assert told["unread"] == 1
    assert (told["items"][0]["case_no"], told["items"][0]["unread"]) == (case_no, True)
    upto = {"upto": told["items"][0]["id"]}
    assert town.client.post("/api/inbox/seen", json=upto, headers=centre).status_code == 204
    assert town.client.get("/api/inbox", headers=centre).json()["unread"] == 0
    # What one has seen another has not.
    assert town.client.get("/api/inbox", headers=other).json()["unread"] == 1
    assert town.client.get("/api/inbox", headers=admin).json()["items"] == []
    assert town.client.get("/api/inbox").status_code == 401


def test_an_endpoint_keeps_its_secrets(town: Town, admin: dict[str, str]) -> None:
    made = town.client.post("/api/channels/endpoints", json=ROBOT, headers=admin)
    assert made.status_code == 201 and made.json()["signed"] is True
    shown = town.client.get("/api/channels", headers=admin)
    assert "secret-key" not in shown.text and "s3cret" not in shown.text
    no = made.json()["no"]
    changed: dict[str, Any] = {k: v for k, v in ROBOT.items() if k not in ("url", "secret")}
    again = town.client.put(
        f"/api/channels/endpoints/{no}", json=changed | {"name": "新名"}, headers=admin
    )
    assert again.json()["signed"] is True and again.json()["name"] == "新名"
    [held] = messages.endpoints_of(town.session, "t")
    assert (held.url, held.secret) == (ROBOT["url"], "s3cret")
    trial = town.client.post(f"/api/channels/endpoints/{no}/trial", json={}, headers=admin)
    assert trial.status_code == 202
    waiting = town.client.get("/api/messages?state=waiting", headers=admin).json()
    assert waiting["items"][0]["endpoint_name"] == "新名" and waiting["counts"]["waiting"] == 1
    gone = town.client.delete(f"/api/channels/endpoints/{no}", headers=admin)
    assert gone.status_code == 204
    gone = town.client.delete(f"/api/channels/endpoints/{no}", headers=admin)
    assert gone.status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://h/"},
        {"url": "file:///etc/passwd"},
        {"post": None},
        {"post": "nobody"},
        {"department_code": "none"},
        {"unit_code": "none"},
        {"kind": "telegram"},
        {"url": None},
    ],
)
def test_an_endpoint_that_cannot_be_is_refused_and_none_is_kept(
    town: Town, admin: dict[str, str], wrong: dict[str, Any]
) -> None:
    refused = town.client.post("/api/channels/endpoints", json=ROBOT | wrong, headers=admin)
    assert refused.status_code == 422
    assert messages.endpoints_of(town.session, "t") == []


def test_notices_are_changed_whole_or_not_at_all(town: Town, admin: dict[str, str]) -> None:
    row = {"event": "received", "post": "grid_head", "channel": "inbox", "template": "to_review"}
    bad = [row, row | {"template": "none"}]
    refused = town.client.put("/api/channels/notices", json={"rows": bad}, headers=admin)
    assert refused.status_code == 422 and "2" in refused.json()["detail"]
    before = town.client.get("/api/channels", headers=admin).json()
    assert before["own_notices"] is False
    done = town.client.put("/api/channels/notices", json={"rows": [row]}, headers=admin)
    assert done.status_code == 204
    after = town.client.get("/api/channels", headers=admin).json()
    assert after["own_notices"] is True and len(after["notices"]) == 1
    town.client.put("/api/channels/notices", json={"rows": []}, headers=admin)
    assert town.client.get("/api/channels", headers=admin).json() == before


def test_words_are_checked_kept_and_given_back(town: Town, admin: dict[str, str]) -> None:
    where = "/api/channels/templates/to_review/zh"
    for body in ("$nobody", "${", "  "):
        refused = town.client.put(where, json={"subject": "s", "body": body}, headers=admin)
        assert refused.status_code == 422
    words = {"subject": "新的哨 $case_no", "body": "$place：$text"}
    assert town.client.put(where, json=words, headers=admin).status_code == 204
    town.hire("c", "grid_center_operator")
    case_no = whistled(town, admin)
    told = town.client.get("/api/inbox", headers=town.hire("e", "grid_center_operator")).json()
    assert told["items"][0]["subject"] == f"新的哨 {case_no}"
    assert town.client.delete(where, headers=admin).status_code == 204
    unknown = "/api/channels/templates/none/zh"
    assert town.client.put(unknown, json=words, headers=admin).status_code == 422


def test_only_who_may_reads_and_changes(town: Town) -> None:
    worker = town.hire("w", "grid_worker")
    centre = town.hire("c", "grid_center_operator")
    assert town.client.get("/api/messages", headers=worker).status_code == 403
    assert town.client.post("/api/messages/again", headers=worker).status_code == 403
    assert town.client.get("/api/channels", headers=worker).status_code == 403
    assert town.client.get("/api/channels", headers=centre).json()["may_write"] is False
    refused = town.client.post("/api/channels/endpoints", json=ROBOT, headers=centre)
    assert refused.status_code == 403
    assert town.client.post("/api/messages/again", headers=centre).json() == {"again": 0}
