"""Reports that say only an address: placed where it is clear, a person's work where it is not."""

from typing import Any

from tests.conftest import Town


def told(town: Town, address: str) -> dict[str, Any]:
    machine = town.hire("machine", "intake_machine")
    body = {"location": {"address": address}, "category": "litter", "text": "x", "channel": "api"}
    answer = town.client.post("/api/reports", json=body, headers=machine)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_clear_address_is_placed_with_its_confidence(town: Town) -> None:
    answer = told(town, "图区图街道B社区门口有垃圾")
    assert answer["manual"] is None
    assert [unit["code"] for unit in answer["chain"]] == ["T", "T.S", "T.S.B"]
    assert answer["location"]["method"] == "address"
    assert answer["location"]["confidence"] >= 0.9
    assert answer["location"]["lon"] is not None
    assert {one["code"] for one in answer["departments"]} == {"works", "water"}


def test_a_street_alone_is_too_little_and_the_meanings_are_listed(town: Town) -> None:
    answer = told(town, "图街道")
    assert answer["manual"]["code"] == "address_unsure"
    assert answer["chain"] == []
    assert [one["chain"][-1]["code"] for one in answer["location"]["candidates"]] == ["T.S"]


def test_nothing_found_waits_for_a_person(town: Town) -> None:
    answer = told(town, "天知道在什么地方")
    assert answer["manual"]["code"] == "address_unknown"


def test_another_district_is_told_as_such(town: Town) -> None:
    assert told(town, "浙江省杭州市余杭区")["manual"]["code"] == "address_elsewhere"


def test_a_point_goes_before_an_address(town: Town) -> None:
    machine = town.hire("machine", "intake_machine")
    place = {"lon": 102.005, "lat": 24.995, "address": "图区图街道B社区"}
    body = {"location": place, "category": "litter", "text": "x", "channel": "api"}
    answer = town.client.post("/api/reports", json=body, headers=machine).json()
    assert answer["chain"][2]["code"] == "T.S.A"


def test_a_case_tells_how_sure_its_place_is_until_a_person_sets_it(town: Town) -> None:
    chief = town.hire("chief", "administrator")
    no = told(town, "图街道")["case_no"]
    found = town.client.get(f"/api/cases/{no}", headers=chief).json()["location"]
    assert found["method"] is None and found["confidence"] is not None
    assert [one["chain"][-1]["code"] for one in found["candidates"]] == ["T.S"]
    code = found["candidates"][0]["chain"][-1]["code"]
    label = town.client.get(f"/api/units/{code}").json()["label"]
    moved = town.client.post(f"/api/cases/{no}/place", json={"place": label}, headers=chief)
    assert moved.status_code == 200, moved.text
    known = moved.json()["location"]
    assert (known["method"], known["confidence"], known["candidates"]) == ("contains", 1.0, [])
