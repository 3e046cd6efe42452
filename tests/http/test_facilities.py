"""The register of facilities over HTTP: handed in, changed from a day on, as workbook and map."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api import deps
from tests.conftest import HOUSE, Town
from tests.http.test_coverage import CENTRE, TOILET, of, provided
from tests.photo.made import photo as picture

__all__ = ["provided"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LON, LAT = HOUSE


@pytest.fixture
def planner(provided: Town) -> dict[str, str]:
    return provided.hire("planner", "planner")


def period(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "type": CENTRE, "name": f"{code}号", "lon": LON, "lat": LAT} | more


def hand_in(town: Town, headers: dict[str, str], *rows: dict[str, Any], write: bool = True) -> Any:
    return town.client.post(
        "/api/facilities",
        params={"write": write},
        json={"periods": list(rows), "reason": "test"},
        headers=headers,
    )


def test_handing_in_only_compares_until_it_is_told_to_write(
    provided: Town, planner: dict[str, str]
) -> None:
    before = of(provided)["T.S.A"]["area_m2"]
    told = hand_in(provided, planner, period("new", floor_area_m2=50), write=False).json()
    assert (told["written"], told["added"]) == (False, 1)
    assert of(provided)["T.S.A"]["area_m2"] == before
    assert hand_in(provided, planner, period("new", floor_area_m2=50)).json()["added"] == 1
    assert of(provided)["T.S.A"]["area_m2"] == before + 50
    again = hand_in(provided, planner, period("new", floor_area_m2=50)).json()
    assert (again["added"], again["changed"], again["same"]) == (0, 0, 1)


def test_a_change_from_a_day_on_keeps_the_history(provided: Town, planner: dict[str, str]) -> None:
    hand_in(provided, planner, period("new", floor_area_m2=50))
    wish = period("new", floor_area_m2=80, since="2026-02-15", reason="扩建")
    wish.pop("code")
    told = provided.client.post("/api/facilities/new", json=wish, headers=planner).json()
    assert [one["floor_area_m2"] for one in told["periods"]] == [50, 80]
    assert told["periods"][0]["valid_to"] == "2026-02-14"
    assert [one["reason"] for one in told["changes"]] == ["扩建", "test"]
    assert told["changes"][0]["by_name"] == "planner"
    earlier = of(provided, day="2026-02-14")["T.S.A"]["area_m2"]
    later = of(provided, day="2026-02-15")["T.S.A"]["area_m2"]
    assert later - earlier == pytest.approx(30)


def test_faults_are_told_with_line_and_column_and_nothing_is_written(
    provided: Town, planner: dict[str, str]
) -> None:
    refused = hand_in(
        provided,
        planner,
        period("good"),
        period("bad", lon=0, type="unheard", opening_hours="always"),
        period("twice", valid_from="2026-01-01"),
        period("twice", valid_to="2026-01-01"),
    )
    assert refused.status_code == 422
    told = {(one["line"], one["column"]) for one in refused.json()["faults"]}
    assert told == {(2, "type"), (2, "opening_hours"), (2, "lon"), (4, "valid_from")}
    missing = provided.client.get("/api/facilities/good", headers=planner)
    assert missing.status_code == 404


def test_the_workbook_comes_back_as_it_went(provided: Town, planner: dict[str, str]) -> None:
    hand_in(
        provided,
        planner,
        period(
            "new", floor_area_m2=50, serves=["T.S.A", "T.S.B"], open_to_public=True,
            provision_mode="purchase", opening_hours="24/7", note="=1+1",
        ),
    )  # fmt: skip
    file = provided.client.get("/api/facilities/file", headers=planner).content
    book = openpyxl.load_workbook(BytesIO(file))
    sheet = book.active
    assert sheet is not None
    # Text that looks like a formula is text for whoever opens the file, and refused when it comes.
    [row] = [row for row in sheet.iter_rows() if row[0].value == "new"]
    assert row[14].data_type == "s" and row[14].value == "=1+1"
    row[14].value = "说明"
    row[5].value = 75
    row[1].value = "centre"
    changed = BytesIO()
    book.save(changed)

    def send(**query: bool) -> Any:
        headers = planner | {"Content-Type": XLSX}
        answer = provided.client.post(
            "/api/facilities/file", params=query, headers=headers, content=changed.getvalue()
        )
        return answer.json()

    told = send()
    assert (told["written"], told["changed"], told["added"]) == (False, 1, 0)
    assert told["changes"][0]["after"][0]["floor_area_m2"] == 75
    kept = send(write=True)
    assert kept["written"] and kept["changes"] == told["changes"]
    again = send()
    assert (again["changed"], again["same"]) == (0, 5)


def test_a_workbook_that_is_none_is_refused(provided: Town, planner: dict[str, str]) -> None:
    headers = planner | {"Content-Type": XLSX}
    for data in (b"", b"PK\x03\x04broken"):
        answer = provided.client.post("/api/facilities/file", headers=headers, content=data)
        assert answer.status_code == 422, answer.text


def test_which_types_count_is_set_with_a_reason(provided: Town, planner: dict[str, str]) -> None:
    before = of(provided)["T.S.A"]["area_m2"]
    wish = {"counts": True, "reason": "区里的口径"}
    path = f"/api/facilities/types/{TOILET}"
    told = provided.client.put(path, json=wish, headers=planner).json()
    assert {one["code"]: one["counts_toward_standard"] for one in told["items"]}[TOILET]
    assert of(provided)["T.S.A"]["area_m2"] == before + 90
    operator = provided.hire("operator", "grid_center_operator")
    assert provided.client.put(path, json=wish, headers=operator).status_code == 403
    strange = provided.client.put("/api/facilities/types/none", json=wish, headers=planner)
    assert strange.status_code == 404
    listed = provided.client.get("/api/facilities/types", headers=planner).json()["items"]
    assert {one["code"]: one["facilities"] for one in listed} == {CENTRE: 2, TOILET: 1}


def test_the_list_is_narrowed(provided: Town, planner: dict[str, str]) -> None:
    def codes(**query: Any) -> list[str]:
        answer = provided.client.get("/api/facilities", params=query, headers=planner).json()
        assert answer["total"] == len(answer["items"])
        return [one["code"] for one in answer["items"]]

    assert codes() == ["one", "planned", "shared", "toilet"]
    assert codes(type=TOILET) == ["toilet"]
    assert codes(state="planned") == ["planned"]
    assert codes(unit="T.S.B") == ["shared"]
    assert codes(q="HAR") == ["shared"] and codes(q="%") == []
    page = provided.client.get("/api/facilities", params={"day": "2026-01-01"}, headers=planner)
    current = {one["code"]: one["current"] for one in page.json()["items"]}
    assert current["one"] and not current["shared"]


def test_the_map_shows_every_facility(provided: Town, planner: dict[str, str]) -> None:
    theme = provided.client.get("/api/facilities/theme", headers=planner).json()
    codes = [one["properties"]["code"] for one in theme["features"]["features"]]
    assert codes == ["one", "planned", "shared", "toilet"]
    one = provided.client.get(
        "/api/facilities/theme", params={"type": TOILET, "format": "geojson"}, headers=planner
    )
    assert one.json()["features"][0]["geometry"]["coordinates"] == pytest.approx([LON, LAT])
    narrowed = provided.client.get(
        "/api/facilities/theme", params={"state": "open", "q": "HAR"}, headers=planner
    ).json()
    assert [one["properties"]["code"] for one in narrowed["features"]["features"]] == ["shared"]
    sheet = provided.client.get("/api/facilities/theme", params={"format": "html"}, headers=planner)
    assert sheet.status_code == 200 and "circleMarker" in sheet.text


def test_photos_are_shown_to_whoever_reads_plans(
    provided: Town, planner: dict[str, str], tmp_path: Path
) -> None:
    operator = provided.hire("operator", "grid_center_operator")
    app = provided.client.app
    assert isinstance(app, FastAPI)
    app.dependency_overrides[deps.media] = lambda: tmp_path
    files = {"photo": ("a.jpg", picture(), "image/jpeg")}
    sent = provided.client.post("/api/photos", files=files, headers=operator).json()["id"]
    path = "/api/facilities/one/photos"
    told = provided.client.put(path, json={"photos": [sent]}, headers=operator).json()
    assert told["photos"] == [sent]
    shown = provided.client.get(f"/api/photos/{sent}", headers=planner)
    assert shown.status_code == 200 and shown.headers["content-type"] == "image/jpeg"
    strange = ["00000000-0000-0000-0000-000000000000"]
    refused = provided.client.put(path, json={"photos": strange}, headers=operator)
    assert refused.status_code == 404
    worker = provided.hire("worker", "grid_worker")
    assert provided.client.put(path, json={"photos": []}, headers=worker).status_code == 403
    taken = provided.client.put(path, json={"photos": []}, headers=operator).json()
    assert taken["photos"] == []


def test_periods_never_overlap_even_past_the_service(provided: Town) -> None:
    statement = text("""
        INSERT INTO facility SELECT (facility).* FROM (
            SELECT facility FROM facility WHERE code = 'one') held
    """)
    with pytest.raises(Exception, match=r"facility_pkey|facility_period_excl"):
        provided.session.execute(statement)


def test_without_the_act_nothing_is_read_or_written(provided: Town) -> None:
    worker = provided.hire("worker", "grid_worker")
    for path in ("", "/types", "/theme", "/file", "/one"):
        answer = provided.client.get(f"/api/facilities{path}", headers=worker)
        assert answer.status_code == 403, path
    assert hand_in(provided, worker, period("new")).status_code == 403
    secretary = provided.hire("secretary", "community_secretary", unit="T.S.A")
    assert hand_in(provided, secretary, period("new")).status_code == 403
