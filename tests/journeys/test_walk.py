"""One report, from the citizen's words to the reply, with the statements counted."""

from gridsvc import worker
from tests.conftest import HOUSE, NOON, Town, statements
from tests.sketch import middle

BODY = {
    "location": {"lon": HOUSE[0], "lat": HOUSE[1], "accuracy_m": 8},
    "category": "litter",
    "text": "楼下垃圾堆放两天了",
    "channel": "hotline",
    "reporter": {"name": "王女士", "phone": "13800000000"},
}


def move(town: Town, who: dict[str, str], case_no: str, code: str, **fields: object) -> dict:  # type: ignore[type-arg]
    answer = town.client.post(f"/api/cases/{case_no}/{code}", json=fields, headers=who)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_closed_loop_from_collection_to_reply(town: Town) -> None:
    api = town.hire("api", "intake_machine")
    operator = town.hire("operator", "grid_center_operator")
    secretary = town.hire("secretary", "community_secretary", unit="T.S.A")
    works = town.hire("works", "department_handler", department="works")

    told = town.client.post("/api/reports", json=BODY, headers=api).json()
    assert [unit["code"] for unit in told["chain"]] == ["T", "T.S", "T.S.A", "T.B.1"]
    assert [d["code"] for d in told["departments"]] == ["works"]
    assert told["manual"] is None
    assert told["due_at"] == "2026-03-04T17:30:00+08:00"
    rules = ["territory", "table", "responsibility", "precedence", "level", "deadline"]
    assert [why["rule"] for why in told["why"]] == rules

    no = told["case_no"]
    case = move(town, secretary, no, "whistle", kind="problem_whistle", version=1)
    assert (case["stage"], case["version"]) == ("whistle", 2)
    assert move(town, operator, no, "accept")["stage"] == "report_in"
    assert move(town, works, no, "report_in")["stage"] == "handle"
    assert move(town, works, no, "resolve", result="已清运")["stage"] == "verify_close"
    assert move(town, operator, no, "rework", reason="仍有残留")["stage"] == "handle"
    assert move(town, works, no, "resolve", result="已冲洗")["stage"] == "verify_close"
    closed = move(town, operator, no, "verify")
    assert closed["stage"] == "evaluate"
    assert closed["closed_at"] is not None
    assert move(town, operator, no, "evaluate", score=90)["stage"] == "reply"
    last = move(town, secretary, no, "reply", reply="已处理，感谢反映")
    assert last["stage"] == "archived"
    assert [line["kind"] for line in last["timeline"]] == [
        *("received", "whistle", "accept", "report_in", "resolve", "rework", "resolve"),
        *("verify", "evaluate", "reply"),
    ]
    assert [line["seq"] for line in last["timeline"]] == list(range(1, 11))
    assert last["timeline"][1]["text"]["zh"] == "吹哨：问题哨；城管局"


def test_a_report_costs_one_statement_and_a_move_ten(town: Town) -> None:
    api = town.hire("api", "intake_machine")
    operator = town.hire("operator", "grid_center_operator")
    town.client.post("/api/reports", json=BODY, headers=api)

    with statements() as sent:
        told = town.client.post("/api/reports", json=BODY, headers=api)
    assert told.status_code == 201
    assert sent == ["EXECUTE"]

    no = told.json()["case_no"]
    town.client.get(f"/api/cases/{no}", headers=operator)
    with statements() as sent:
        move(town, operator, no, "note", note="已电话核对")
    # Lock the case; its departments, clocks and requests; the versions; write both rows; read
    # case, reports, events.
    assert sent == [*["SELECT"] * 5, "UPDATE", "INSERT", *["SELECT"] * 3]


def test_the_relay_numbers_events_in_the_order_of_commits(town: Town) -> None:
    from gridsvc import events

    api = town.hire("api", "intake_machine")
    for _ in range(3):
        town.client.post("/api/reports", json=BODY, headers=api)
    assert events.number(town.session, "t") == 3
    assert events.number(town.session, "t") == 0
    town.client.post("/api/reports", json=BODY, headers=api)
    assert events.number(town.session, "t") == 1
    told = events.after(town.session, "t", 0)
    assert [event.feed_no for event in told] == [1, 2, 3, 4]
    assert [event.feed_no for event in events.after(town.session, "t", 2)] == [3, 4]
    assert worker.BATCH >= 3


def test_outside_in_a_hole_and_nowhere_wait_for_a_person(town: Town) -> None:
    api = town.hire("api", "intake_machine")
    operator = town.hire("operator", "grid_center_operator")
    hole, away = middle(1, 1), (103.5, 25.5)
    places = {
        "in_hole": {"lon": hole[0], "lat": hole[1]},
        "outside_grid": {"lon": away[0], "lat": away[1]},
        "address_unknown": {"address": "天知道在什么地方"},
        "no_position": None,
    }
    numbers = {}
    for reason, location in places.items():
        told = town.client.post("/api/reports", json=BODY | {"location": location}, headers=api)
        assert told.status_code == 201
        assert told.json()["manual"]["code"] == reason
        numbers[reason] = told.json()["case_no"]
    queue = town.client.get("/api/cases", params={"manual": True}, headers=operator).json()
    assert {case["case_no"] for case in queue["items"]} == set(numbers.values())

    lon, lat = middle(0, 2)
    placed = move(town, operator, numbers["in_hole"], "place", place={"lon": lon, "lat": lat})
    assert placed["manual"] is None
    assert placed["chain"][-1]["code"] == "T.S.B"
    assert [d["code"] for d in placed["departments"]] == ["works", "water"]
    assert placed["opened_at"].startswith(NOON.strftime("%Y-%m-%d"))
