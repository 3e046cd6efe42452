"""The governance indicators: entered by hand and by workbook, counted, never zero by default."""

import csv
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import deps
from geodata import districts
from tests.conftest import NOON, Town, real_data
from tests.journeys.test_loop import Play

SHIPPED = next((Path(districts.__file__).parent / "demo").glob("*/indicators.csv"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DISPUTED, PLAIN = "ind_35_mediation_success", "ind_09_social_insurance_coverage"


@pytest.fixture
def register(town: Town) -> Town:
    districts.read_file(town.session, town.district, SHIPPED.parent, SHIPPED.name)
    town.session.flush()
    return town


def listed(town: Town, headers: dict[str, str], year: int = 2026) -> dict[str, Any]:
    answer = town.client.get("/api/indicators", params={"year": year}, headers=headers)
    assert answer.status_code == 200, answer.text
    return {one["code"]: one for one in answer.json()["items"]}


def test_the_shipped_catalogue_is_the_sources() -> None:
    real = real_data("../domain") / "indicators.csv"
    if not real.is_file():
        pytest.skip("the domain catalogues are not here (they are not part of the project)")
    source = {row["id"]: row for row in csv.DictReader(real.open(encoding="utf-8"))}
    shipped = {row["code"]: row for row in csv.DictReader(SHIPPED.open(encoding="utf-8"))}
    assert len(shipped) == 42 and set(shipped) == set(source)
    for code, row in shipped.items():
        its = source[code]
        assert row["name_zh"] == its["level4"] and row["uncertain"] == its["uncertain"]
        assert row["target_unknown"] == its["target_scope_unknown"]
        assert row["value_unknown"] == its["value_column_unknown"]
        assert bool(row["computation"]) == (its["computable_from_own_data"] == "true")
        assert bool(row["needs_zh"]) == (its["computable_from_own_data"] == "partly")


def test_what_is_printed_stands_apart_and_what_is_empty_is_not_zero(register: Town) -> None:
    chief = register.hire("chief", "coordination_assessor")
    items = listed(register, chief)
    assert len(items) == 42 and sum(one["uncertain"] for one in items.values()) == 17
    assert all(one["values"] == [] for one in items.values())
    unclear = items["ind_30_production_accidents"]
    assert unclear["printed"]["value_unknown"] == "20"
    assert unclear["printed"]["target_district"] is None
    assert unclear["uncertain"] and unclear["uncertain_note"]
    assert "区财政局" in items["ind_08_education_spending_share"]["why_not"]["zh"]
    assert items["ind_11_grid_service_rate"]["computable"]
    assert "0" not in [one["printed"]["current_district"] for one in items.values()]


def test_a_correction_keeps_what_stood_there(register: Town) -> None:
    chief, planner = register.hire("c", "administrator"), register.hire("p", "planner")
    wish = {"indicator": PLAIN, "year": 2026, "value": "97.5", "note": "人社局报"}
    path = "/api/indicators/values"
    assert register.client.post(path, json=wish, headers=planner).status_code == 403
    assert register.client.post(path, json=wish, headers=chief).json() == {"added": 1}
    assert register.client.post(path, json=wish, headers=chief).json() == {"added": 0}
    better = wish | {"value": "大于97", "uncertain": True}
    assert register.client.post(path, json=better, headers=chief).json() == {"added": 1}
    (value,) = listed(register, chief)[PLAIN]["values"]
    assert (value["value"], value["number"], value["uncertain"]) == ("大于97", None, True)
    assert (value["origin"], value["entered_by"]) == ("manual", "c")
    register.client.post(path, json=wish | {"value": None}, headers=chief)
    assert listed(register, chief)[PLAIN]["values"] == []
    past = register.client.get(f"/api/indicators/{PLAIN}/history", headers=chief).json()["items"]
    assert [one["value"] for one in past] == [None, "大于97", "97.5"]
    assert listed(register, chief, 2025)[PLAIN]["values"] == []


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"indicator": "ind_99"}, 404),
        ({"scope": "moon"}, 422),
        ({"year": 12}, 422),
        ({"part": "past"}, 422),
        ({"value": "9" * 101}, 422),
    ],
)
def test_a_wrong_entry_is_refused(register: Town, wrong: dict[str, Any], status: int) -> None:
    chief = register.hire("c", "administrator")
    wish = {"indicator": PLAIN, "year": 2026, "value": "1"} | wrong
    answer = register.client.post("/api/indicators/values", json=wish, headers=chief)
    assert answer.status_code == status and answer.json()["detail"]
    assert listed(register, chief)[PLAIN]["values"] == []


def test_what_can_be_counted_is_and_says_from_what(register: Town) -> None:
    play = Play(register)
    chief = register.hire("c", "administrator")
    answer = register.client.post("/api/indicators/compute", json={"year": 2026}, headers=chief)
    found = {one["indicator"]: one for one in answer.json()["items"]}
    # The town has no urban community with its kind, no facility and no such case.
    assert answer.json()["added"] == 0
    assert all(one["value"] is None and one["why_not"] for one in found.values())
    assert "没有数据，不是零" in found["ind_12_home_care_centers"]["why_not"]["zh"]
    assert "每件调解的结果" in found[DISPUTED]["why_not"]["zh"]

    statement = "UPDATE indicator SET computation_of = 'litter' WHERE computation = 'closing_rate'"
    register.session.connection().exec_driver_sql(statement)
    register.session.connection().exec_driver_sql(
        "UPDATE grid_unit SET kind = 'urban' WHERE level = 3"
    )
    register.session.expire_all()
    later = NOON + timedelta(days=1)
    register.client.app.dependency_overrides[deps.now] = lambda: later  # type: ignore[attr-defined]
    answer = register.client.post("/api/indicators/compute", json={"year": 2026}, headers=chief)
    assert answer.json()["added"] == 2
    items = listed(register, chief)
    (closing,) = items["ind_27_food_drug_complaint_completion"]["values"]
    assert closing["value"] == "0" and closing["behind"]["not_closed"] == [play.no]
    assert closing["behind"]["denominator"] == 1 and closing["origin"] == "computed"
    cases = register.client.get(closing["behind"]["query"].replace("+", "%2B"), headers=chief)
    assert [one["case_no"] for one in cases.json()["items"]] == [play.no]
    (served,) = items["ind_11_grid_service_rate"]["values"]
    assert served["behind"]["denominator"] == 2
    assert len(served["behind"]["without_officer"]) == 2 and served["value"] == "0"
    again = register.client.post("/api/indicators/compute", json={"year": 2026}, headers=chief)
    assert again.json()["added"] == 0


def book_of(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def send(town: Town, headers: dict[str, str], book: Any) -> Any:
    file = BytesIO()
    book.save(file)
    return town.client.post(
        "/api/indicators/file?year=2026",
        content=file.getvalue(),
        headers=headers | {"Content-Type": XLSX},
    )


def test_the_workbook_goes_out_is_filled_in_and_comes_back(register: Town) -> None:
    chief = register.hire("c", "administrator")
    path = "/api/indicators/file?year=2026"
    book = book_of(register.client.get(path, headers=chief).content)
    sheet = book.worksheets[0]
    heads = {str(cell.value).split()[0]: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    assert len(rows) == 42
    assert all(sheet.cell(row, heads["全区现值"]).value is None for row in rows.values())
    sheet.cell(rows[PLAIN], heads["全区现值"]).value = 98.25
    sheet.cell(rows[PLAIN], heads["全市目标"]).value = "99以上"
    sheet.cell(rows[PLAIN], heads["存疑"]).value = "是"
    assert send(register, chief, book).json() == {"added": 2}
    values = {(one["scope"], one["part"]): one for one in listed(register, chief)[PLAIN]["values"]}
    assert values["district", "current"]["number"] == 98.25
    assert values["city", "target"]["value"] == "99以上" and values["city", "target"]["uncertain"]
    assert values["city", "target"]["origin"] == "xlsx"
    again = book_of(register.client.get(path, headers=chief).content)
    assert send(register, chief, again).json() == {"added": 0}


def test_bad_cells_are_told_and_nothing_is_entered(register: Town) -> None:
    chief, planner = register.hire("c", "administrator"), register.hire("p", "planner")
    book = book_of(register.client.get("/api/indicators/file?year=2026", headers=chief).content)
    sheet = book.worksheets[0]
    heads = {str(cell.value).split()[0]: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["全区现值"]).value = 50
    sheet.cell(3, heads["全区现值"]).value = "=1+1"
    sheet.cell(4, heads["存疑"]).value = "也许"
    sheet.cell(5, 1).value = "ind_99"
    sheet.cell(6, 1).value = sheet.cell(7, 1).value
    assert send(register, planner, book).status_code == 403
    answer = send(register, chief, book)
    assert answer.status_code == 422
    faults = {(one["line"], one["column"].split()[0]): one["zh"] for one in answer.json()["faults"]}
    assert set(faults) == {(3, "district.current"), (4, "uncertain"), (5, "code"), (7, "code")}
    assert "不能是公式" in faults[3, "district.current"]
    assert all(one["values"] == [] for one in listed(register, chief).values())


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=400))
def test_whatever_is_no_workbook_is_refused(register: Town, data: bytes) -> None:
    chief = register.hire("c", "administrator")
    answer = register.client.post(
        "/api/indicators/file?year=2026", content=data, headers=chief | {"Content-Type": XLSX}
    )
    assert answer.status_code == 422
