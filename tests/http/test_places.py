"""Names as they are typed, and addresses in free text, over HTTP."""

from tests.conftest import Town


def test_names_are_found_as_they_are_typed(town: Town) -> None:
    def codes(q: str) -> list[str]:
        return [
            one["code"] for one in town.client.get("/api/places", params={"q": q}).json()["items"]
        ]

    assert codes("图街") == codes("tujied") == codes("tjd")[:1] == ["T.S"]
    assert codes("A社区") == ["T.S.A"]
    assert codes("T.S.")[:2] == ["T.S.A", "T.S.B"]
    assert codes("没有的地方") == codes("，") == []


def test_an_address_is_taken_apart(town: Town) -> None:
    said = "我住在图街道Ａ社区，楼下有人堆垃圾"
    answer = town.client.get("/api/addresses", params={"q": said}).json()
    best = answer["candidates"][0]
    assert (best["code"], best["reached"], best["here"]) == ("T.S.A", "community", True)
    assert best["location"] and best["bounds"]
    pieces = {piece["kind"]: piece for piece in answer["pieces"]}
    community = pieces["community"]
    assert said[community["start"] : community["end"]] == community["text"] == "Ａ社区"
    assert (pieces["street"]["name"], pieces["street"]["how"]) == ("图街道", "exact")
    assert answer["edition"] == 1 and answer["confidence"] > 0.5


def test_nothing_found_and_another_district_are_answers(town: Town) -> None:
    nothing = town.client.get("/api/addresses", params={"q": "楼下有人堆垃圾"}).json()
    assert nothing["candidates"] == [] and nothing["confidence"] == 0
    assert nothing["remarks"][0]["code"] == "nothing_found"
    there = town.client.get("/api/addresses", params={"q": "北京市朝阳区建国路1号"}).json()
    assert not there["candidates"][0]["here"] and there["candidates"][0]["location"] is None
    assert there["remarks"][0]["code"] == "elsewhere"
    assert town.client.get("/api/addresses", params={"q": ""}).status_code == 422
