"""Sessions, the catalogue, the grid's pages, and the figures of the maps."""

from gridsvc import accounts
from gridsvc.accounts import Holder
from tests.conftest import HOUSE, NOON, Town
from tests.sketch import middle


def test_a_person_logs_in_looks_and_logs_out(town: Town) -> None:
    holder = Holder("li", "李", "community_secretary", unit="T.S.A")
    accounts.add(town.session, "t", holder, "correct horse")
    wrong = {"login": "li", "password": "battery staple"}
    assert town.client.post("/api/session", json=wrong).status_code == 401
    assert town.client.get("/api/me").status_code == 401
    right = {"login": "li", "password": "correct horse"}
    me = town.client.post("/api/session", json=right).json()
    assert (me["post"], me["unit"]["name"], me["district"]["edition"]) == (
        "community_secretary",
        "A社区",
        1,
    )
    assert "case.whistle" in me["acts"] and "case.accept" not in me["acts"]
    again = town.client.get("/api/me")
    assert again.json()["login"] == "li"
    cookie = town.client.cookies.jar
    assert [one.has_nonstandard_attr("HttpOnly") for one in cookie] == [True]
    assert town.client.delete("/api/session").status_code == 204
    assert town.client.get("/api/me").status_code == 401
    assert NOON.tzinfo


def test_the_catalogue_names_every_word_and_move(town: Town) -> None:
    words = town.client.get("/api/catalogue").json()
    assert [stage["code"] for stage in words["stages"]][:3] == ["collect", "whistle", "report_in"]
    assert len(words["kinds"]) == 4 and len(words["levels"]) == 5
    whistle = next(move for move in words["moves"] if move["code"] == "whistle")
    assert (whistle["from"], whistle["to"]) == (["collect"], "whistle")
    assert whistle["fields"][0]["required"]
    assert {one["code"] for one in words["departments"]} == {"works", "water"}


def test_units_by_level_parent_and_code(town: Town) -> None:
    def codes(**asked: object) -> list[str]:
        answer = town.client.get("/api/units", params=asked)  # type: ignore[arg-type]
        return [unit["code"] for unit in answer.json()["items"]]

    assert codes() == ["T"]
    assert codes(level=3) == codes(parent="T.S") == ["T.S.A", "T.S.B"]
    assert codes(parent="T.S.A") == ["T.B.1"]
    unit = town.client.get("/api/units/T.S.A").json()
    assert unit["geometry"]["type"] == "MultiPolygon"
    assert [one["code"] for one in unit["chain"]] == ["T", "T.S", "T.S.A"]
    assert unit["children_count"] == 1
    assert town.client.get("/api/units", params={"parent": "X"}).status_code == 404


def test_where_a_point_lies_and_where_a_name_is(town: Town) -> None:
    lon, lat = middle(1, 1)
    hole = town.client.get("/api/locate", params={"lon": lon, "lat": lat}).json()
    assert (hole["chain"], hole["manual"]["code"]) == ([], "in_hole")
    house = town.client.get("/api/locate", params={"lon": HOUSE[0], "lat": HOUSE[1]}).json()
    assert house["chain"][-1]["code"] == "T.B.1"
    found = town.client.get("/api/places", params={"q": "A社"}).json()["items"]
    assert [(one["code"], one["chain_text"]) for one in found] == [("T.S.A", "图区图街道A社区")]
    assert town.client.get("/api/places", params={"q": "%"}).json()["items"] == []


def test_figures_by_unit(town: Town) -> None:
    operator = town.hire("op", "administrator")
    body = {"location": {"lon": HOUSE[0], "lat": HOUSE[1]}, "text": "x", "channel": "hotline"}
    town.client.post("/api/reports", json=body, headers=operator)
    counts = town.client.get("/api/counts", params={"level": 3}, headers=operator).json()["items"]
    assert [(one["code"], one["open"], one["overdue"]) for one in counts] == [("T.S.A", 1, 0)]
    coverage = town.client.get("/api/coverage").json()
    assert {one["no_data"] for one in coverage["items"]} == {"households_unknown"}
    assert coverage["standard"] == 30
    response = town.client.get("/api/response", headers=operator).json()
    assert [one["closed"] for one in response["items"]] == [0, 0]
    assert town.client.get("/api/response").status_code == 401
    assert town.client.get("/api/style").json()["version"] == 8


def test_health_and_documents(town: Town) -> None:
    assert town.client.get("/api/health").json() == {"database": True, "schema_current": True}
    page = town.client.get("/api/docs").text
    assert "https://" not in page and "/docs/swagger-ui-bundle.js" in page
