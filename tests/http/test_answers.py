"""The reporter's link: what it says, what it hides, and what a judgement sets going."""

import pytest

from tests.conftest import Town
from tests.http.test_cases import BODY
from tests.http.test_rates import PERIOD


@pytest.fixture
def loop(town: Town) -> "Loop":
    return Loop(town)


class Loop:
    def __init__(self, town: Town) -> None:
        self.town, self.client = town, town.client
        self.boss = town.hire("boss", "administrator")
        self.works = town.hire("works", "department_handler", department="works")
        told = self.client.post("/api/reports", json=BODY, headers=self.boss).json()
        self.no, self.link = told["case_no"], told["link"].replace("/r/", "/api/answers/")

    def move(self, code: str, who: dict[str, str] | None = None, **fields: object) -> dict:  # type: ignore[type-arg]
        answer = self.client.post(
            f"/api/cases/{self.no}/{code}", json=fields, headers=who or self.boss
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def close(self) -> None:
        self.move("whistle", kind="problem_whistle")
        self.move("accept")
        self.move("report_in", self.works)
        self.move("resolve", self.works, result="垃圾已清运")
        self.move("verify")

    def see(self) -> dict:  # type: ignore[type-arg]
        answer = self.client.get(self.link)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def judge(self, **given: str) -> tuple[int, dict]:  # type: ignore[type-arg]
        answer = self.client.post(self.link, json=given)
        return answer.status_code, answer.json()


def test_the_link_says_where_it_stands_and_nobodys_name(loop: Loop) -> None:
    seen = loop.see()
    assert (seen["stage"], seen["solved"], seen["may_judge"]) == ("collect", False, False)
    assert seen["state"]["zh"] == "正在办理：问题收集"
    assert loop.judge(satisfied="yes")[0] == 409
    loop.close()
    seen = loop.see()
    assert seen["state"]["zh"] == "已由他人核实解决"
    assert (seen["result"], seen["reply"]) == ("垃圾已清运", None)
    loop.move("evaluate", score=90)
    loop.move("reply", reply="已处理，感谢反映")
    seen = loop.see()
    assert seen["reply"] == "已处理，感谢反映"
    assert "王女士" not in str(seen) and "13800000000" not in str(seen)
    assert loop.client.get("/api/answers/nothing").status_code == 404


def test_the_link_is_in_no_history_and_the_same_for_a_repeated_key(loop: Loop) -> None:
    case = loop.client.get(f"/api/cases/{loop.no}", headers=loop.boss).json()
    token = loop.link.rsplit("/", 1)[1]
    assert token not in str(case)
    key = loop.boss | {"Idempotency-Key": "once"}
    first, again = (
        loop.client.post("/api/reports", json=BODY, headers=key).json() for _ in range(2)
    )
    assert first["link"] == again["link"] != loop.link


def test_closed_is_not_shown_as_solved(loop: Loop) -> None:
    loop.move("dismiss", reason="不属本区")
    seen = loop.see()
    assert (seen["solved"], seen["dismissed"]) == (False, "不属本区")
    assert loop.judge(satisfied="no", reason="r")[0] == 409


def test_not_satisfied_needs_a_reason_and_asks_to_open_again(loop: Loop) -> None:
    loop.close()
    assert loop.judge(satisfied="no")[0] == 422
    assert loop.judge(satisfied="maybe")[0] == 422
    status, seen = loop.judge(satisfied="no", reason="还有垃圾")
    assert (status, seen["feedback"]["satisfied"]) == (200, "no")
    assert "等待决定" in seen["state"]["zh"]
    case = loop.client.get(f"/api/cases/{loop.no}", headers=loop.boss).json()
    assert [(one["kind"], one["granted"]) for one in case["asks"]] == [("reopen", None)]
    assert case["timeline"][-1]["text"]["zh"] == "上报人评价：不满意：还有垃圾"
    assert {"grant", "refuse"} <= set(case["moves"])
    # Saying it again asks no second time.
    loop.judge(satisfied="no", reason="真的还有")
    case = loop.move("grant", note="同意重办")
    assert (case["stage"], case["closed_at"], len(case["asks"])) == ("collect", None, 1)
    assert loop.see()["solved"] is False


def test_satisfaction_is_a_rate_with_its_reports(loop: Loop) -> None:
    loop.close()
    loop.judge(satisfied="partly")
    loop.judge(satisfied="yes")

    def rate() -> tuple[int, int]:
        found = loop.client.get("/api/rates", params=PERIOD, headers=loop.boss).json()
        one = next(one for one in found["rates"] if one["code"] == "satisfied")
        return one["numerator"], one["denominator"]

    assert rate() == (1, 1)
    listed = loop.client.get("/api/rates/satisfied/cases", params=PERIOD, headers=loop.boss)
    assert [(i["case_no"], bool(i["report_no"])) for i in listed.json()["items"]] == [
        (loop.no, True)
    ]


def test_a_merged_report_gets_the_answer_of_the_other_case(loop: Loop) -> None:
    other = loop.client.post("/api/reports", json=BODY, headers=loop.boss).json()
    first = loop.no
    loop.no = other["case_no"]
    loop.move("merge", into=first)
    loop.no = first
    loop.close()
    link = other["link"].replace("/r/", "/api/answers/")
    seen = loop.client.get(link).json()
    assert (seen["report_no"], seen["solved"], seen["result"]) == (
        *(other["report_no"], True, "垃圾已清运"),
    )
    assert loop.client.post(link, json={"satisfied": "partly"}).status_code == 200
