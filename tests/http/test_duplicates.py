"""Likely duplicates are offered, merged by a person, and parted again without a loss."""

from tests.conftest import HOUSE, Town, statements
from tests.http.test_cases import BODY, tell
from tests.sketch import middle

HERE = {"lon": HOUSE[0], "lat": HOUSE[1]}


def test_duplicates_are_offered_before_and_after_a_report(town: Town) -> None:
    boss = town.hire("boss", "administrator")
    first = tell(town, boss)
    tell(town, boss, category="drain")
    tell(town, boss, location={"lon": middle(0, 2)[0], "lat": middle(0, 2)[1]})
    asked = HERE | {"category": "litter", "text": "垃圾"}
    with statements() as sent:
        offers = town.client.get("/api/duplicates", params=asked, headers=boss).json()["items"]
    assert [one["case_no"] for one in offers] == [first]
    assert offers[0]["reasons"]["zh"].startswith("相距0米")
    assert len(sent) == 2
    second = tell(town, boss)
    for no, other in ((first, second), (second, first)):
        offers = town.client.get(f"/api/cases/{no}/duplicates", headers=boss).json()["items"]
        assert [one["case_no"] for one in offers] == [other]
    assert town.client.get("/api/cases/none/duplicates", headers=boss).status_code == 404


def test_merging_loses_nothing_and_can_be_undone(town: Town) -> None:
    boss = town.hire("boss", "administrator")
    kept, merged = tell(town, boss), tell(town, boss, text="又是垃圾")
    due = town.client.get(f"/api/cases/{merged}", headers=boss).json()["due_at"]

    def move(no: str, code: str, **fields: str) -> tuple[int, dict]:  # type: ignore[type-arg]
        answer = town.client.post(f"/api/cases/{no}/{code}", json=fields, headers=boss)
        return answer.status_code, answer.json()

    for wrong in (merged, "none"):
        assert move(merged, "merge", into=wrong)[0] == 422
    status, case = move(merged, "merge", into=kept)
    assert (status, case["merged_into"], case["stage"], case["outcome"]) == (
        *(200, kept, "archived", "merged"),
    )
    assert "unmerge" in case["moves"] and "reopen" not in case["moves"]
    assert move(kept, "merge", into=merged)[0] == 422
    whole = town.client.get(f"/api/cases/{kept}", headers=boss).json()
    assert [(one["case_no"], one["text"]) for one in whole["reports"]] == [
        *((kept, BODY["text"]), (merged, "又是垃圾")),
    ]
    assert town.client.get(f"/api/cases/{kept}/duplicates", headers=boss).json()["items"] == []

    status, case = move(merged, "unmerge", reason="是两件事")
    assert (status, case["merged_into"], case["stage"], case["closed_at"]) == (
        *(200, None, "collect", None),
    )
    assert case["due_at"] == due
    whole = town.client.get(f"/api/cases/{kept}", headers=boss).json()
    assert [one["case_no"] for one in whole["reports"]] == [kept]
