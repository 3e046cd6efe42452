"""Tables of responsibility over the API: handed in, tried, published with a day; no orphans."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from geodata import rulereading
from gridsvc import accounts, db, ruletables, snapshot, trial
from gridsvc.accounts import Holder
from gridsvc.errors import GridError
from gridsvc.judge import judge
from gridsvc.locate import Location, locate
from gridsvc.rules.responsibility import Row, table
from gridsvc.trial import Period
from tests.conftest import HOUSE, NOON, Town, committed_town
from tests.sketch import middle

HEAD = ["序号", "类别", "网格单元", "社区类型", "牵头部门", "配合部门", "起始日期", "截止日期"]
HEAD += ["依据", "经费与条件"]
OLD: list[list[Any]] = [
    [1, "city", None, None, "works", None, None, None, "test"],
    [2, "litter", "T.S.B", None, "works", "water", None, None, "test"],
    [3, "drain", None, None, "water", "works", None, None, "test"],
]
# Litter in A goes to the water bureau.
NEW: list[list[Any]] = [*OLD, [4, "litter", "T.S.A", None, "水务局", None, None, None, "test"]]


def workbook(rows: Sequence[Sequence[Any]], head: list[str] = HEAD) -> bytes:
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def hand_in(town: Town, who: dict[str, str], data: bytes) -> Any:
    return town.client.post("/api/rules", params={"title": "新表"}, content=data, headers=who)


def report(town: Town, at: tuple[float, float], category: str | None) -> dict[str, Any]:
    body = {"location": {"lon": at[0], "lat": at[1]}, "category": category, "text": "x"}
    answer = town.client.post(
        "/api/reports", json=body | {"channel": "hotline"}, headers=town.hire("m", "intake_machine")
    )
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture
def admin(town: Town) -> dict[str, str]:
    return town.hire("admin", "administrator")


def asked(town: Town, url: str, who: dict[str, str], body: Any = None) -> dict[str, Any]:
    call = town.client.get(url, headers=who) if body is None else None
    answer = call or town.client.post(url, json=body, headers=who)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_table_is_handed_in_tried_and_published_with_a_day(
    town: Town, admin: dict[str, str]
) -> None:
    case = report(town, HOUSE, "litter")["case_no"]
    report(town, middle(0, 2), "litter")
    answer = hand_in(town, admin, workbook(NEW))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["no"], made["rows"], made["state"], made["tried"]) == (2, 4, "staged", None)
    assert report(town, HOUSE, "litter")["table"] == 1

    wish = {"holds_from": "2026-03-03", "reason": "调整"}
    refused = town.client.post("/api/rules/2/publish", json=wish, headers=admin)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/table-untried")

    period = {"until": (NOON + timedelta(hours=1)).isoformat()}
    tried = asked(town, "/api/rules/2/trial", admin, period)
    assert (tried["cases"], tried["changed"], tried["leads"], tried["lost"]) == (3, 2, 2, 0)
    one = tried["items"][-1]
    assert (one["case_no"], one["by"], one["before"]["row"], one["after"]["row"]) == (case, 1, 1, 4)
    assert one["after"]["lead"]["name"] == "水务局"
    assert [flow["cases"] for flow in tried["flows"]] == [2]
    page = asked(town, "/api/rules/2/trial?limit=1&offset=1", admin)
    assert [item["case_no"] for item in page["items"]] == [case]

    published = asked(town, "/api/rules/2/publish", admin, wish)
    assert (published["state"], published["holds_from"]) == ("waiting", "2026-03-03")
    again = town.client.post("/api/rules/2/publish", json=wish, headers=admin)
    assert again.json()["type"] == "/problems/table-published"
    # On its eve the former one answers; from its day on the new one.
    assert report(town, HOUSE, "litter")["table"] == 1
    facts = snapshot.current(town.session, "t")
    place = locate(facts.grid, Location(*HOUSE))
    tomorrow = judge(facts, place, "litter", None, NOON + timedelta(days=1))
    assert (tomorrow.table, tomorrow.departments) == (2, ("water",))
    # A case of the day before that is judged again goes to whom today's table names.
    later = judge(facts, place, "litter", None, NOON, (NOON + timedelta(days=1)).date())
    assert (later.departments, later.due_at) == (
        ("water",),
        judge(facts, place, "litter", None, NOON).due_at,
    )
    listed = asked(town, "/api/rules", admin)
    assert [item["state"] for item in listed["items"]] == ["waiting", "answering"]
    assert listed["today"] == "2026-03-02"


def test_a_trial_against_what_no_longer_answers_does_not_count(
    town: Town, admin: dict[str, str]
) -> None:
    for no in (2, 3):
        assert hand_in(town, admin, workbook(NEW)).json()["no"] == no
        asked(town, f"/api/rules/{no}/trial", admin, {})
    wish = {"holds_from": "2026-03-02", "reason": "x"}
    assert asked(town, "/api/rules/3/publish", admin, wish)["state"] == "answering"
    # A process that holds the former rules notices with the next report.
    assert report(town, HOUSE, "litter")["table"] == 3
    refused = town.client.post("/api/rules/2/publish", json=wish, headers=admin)
    assert refused.json()["type"] == "/problems/table-untried"


def test_an_open_case_that_is_classified_goes_to_whom_the_table_of_today_names(
    town: Town, admin: dict[str, str]
) -> None:
    case = report(town, HOUSE, None)["case_no"]
    town.session.execute(text("UPDATE case_ SET opened_at = opened_at - interval '1 day'"))
    hand_in(town, admin, workbook(NEW))
    asked(town, "/api/rules/2/trial", admin, {})
    asked(town, "/api/rules/2/publish", admin, {"holds_from": "2026-03-02", "reason": "x"})
    moved = asked(town, f"/api/cases/{case}/classify", admin, {"category": "litter"})
    assert moved["departments"][0]["code"] == "water"


def test_no_table_holds_from_a_day_that_is_past(town: Town, admin: dict[str, str]) -> None:
    hand_in(town, admin, workbook(NEW))
    asked(town, "/api/rules/2/trial", admin, {})
    wish = {"holds_from": "2026-03-01", "reason": "x"}
    assert town.client.post("/api/rules/2/publish", json=wish, headers=admin).status_code == 422
    assert report(town, HOUSE, "litter")["table"] == 1


def test_contradictions_are_told_and_bar_publishing(town: Town, admin: dict[str, str]) -> None:
    rows = [*OLD, [7, "city", None, None, "water", None, "2026-01-01", None, "test"]]
    hand_in(town, admin, workbook(rows))
    found = asked(town, "/api/rules/2/findings", admin)
    assert [(c["one"]["no"], c["other"]["no"]) for c in found["contradictions"]] == [(1, 7)]
    asked(town, "/api/rules/2/trial", admin, {})
    wish = {"holds_from": "2026-03-02", "reason": "x"}
    refused = town.client.post("/api/rules/2/publish", json=wish, headers=admin)
    assert refused.json()["type"] == "/problems/table-unsound"


def test_who_is_missing_is_told_with_its_ground(town: Town, admin: dict[str, str]) -> None:
    hand_in(
        town, admin, workbook([*OLD[:2], [3, "drain", "T.S.A", None, "water", "", "", "", "t"]])
    )
    found = asked(town, "/api/rules/2/findings", admin)
    told = {
        (one["unit"]["code"], category["code"]): (one["whole"], one["ends"])
        for one in found["orphans"]
        for category in one["categories"]
    }
    # The house and the ground around it are two ends in A; B is one.
    assert told == {("T", "other"): (True, 3), ("T.S.B", "drain"): (True, 1)}
    assert (found["pairs"], found["units"], found["categories"]) == (4, 2, 2)
    assert all(one["ground"]["type"].endswith("Polygon") for one in found["orphans"])


@pytest.mark.parametrize(
    ("rows", "line", "column", "said"),
    [
        ([[1, "nothing", None, None, "works", None, None, None, "t"]], 2, "category", "nothing"),
        ([[1, None, "T.X", None, "works", None, None, None, "t"]], 2, "unit", "T.X"),
        ([[1, None, None, "martian", "works", None, None, None, "t"]], 2, "community_kind", "mart"),
        ([[1, None, None, None, "消防", None, None, None, "t"]], 2, "lead", "消防"),
        ([[1, None, None, None, None, "water", None, None, "t"]], 2, "lead", "不能为空"),
        ([[1, None, None, None, "works", "works", None, None, "t"]], 2, "supporting", "重复"),
        ([[1, None, None, None, "works", None, "昨天", None, "t"]], 2, "valid_from", "日期"),
        (
            [[1, None, None, None, "works", None, "2026-2-3", "2026/2/2", "t"]],
            2,
            "valid_to",
            "早于",
        ),
        ([[1, None, None, None, "works", None, None, None, None]], 2, "basis", "不能为空"),
        ([["x", None, None, None, "works", None, None, None, "t"]], 2, "no", "整数"),
        ([[1, None, None, None, "=A1", None, None, None, "t"]], 2, "lead", "公式"),
        ([OLD[0], [], OLD[0]], 4, "no", "重复"),
    ],
)
def test_a_bad_cell_is_refused_with_its_place_and_the_reason(
    town: Town, admin: dict[str, str], rows: list[list[Any]], line: int, column: str, said: str
) -> None:
    answer = hand_in(town, admin, workbook(rows))
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["type"] == "/problems/table-refused"
    assert [(f["line"], f["column"]) for f in problem["faults"]] == [(line, column)]
    assert f"第{line}行" in problem["detail"] and said in problem["detail"]
    english = town.client.post(
        "/api/rules?title=x", content=workbook(rows), headers=admin | {"Accept-Language": "en"}
    )
    assert f"line {line}" in english.json()["detail"]
    assert town.session.scalar(text("SELECT count(*) FROM rule_table")) == 1


def test_headings_are_known_or_refused(town: Town, admin: dict[str, str]) -> None:
    answer = hand_in(town, admin, workbook(OLD, [*HEAD[:4], "牵头部们", *HEAD[5:]]))
    assert [fault["column"] for fault in answer.json()["faults"]] == ["牵头部们", "lead"]


@pytest.mark.parametrize("data", [b"", b"PK", b"no,category\n1,city", workbook(OLD)[:-300]])
def test_what_is_no_workbook_is_refused(town: Town, admin: dict[str, str], data: bytes) -> None:
    answer = hand_in(town, admin, data)
    assert answer.status_code == 422 and "XLSX" in answer.json()["detail"]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("before", "cell"),
    [
        (f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{LAUGHS}]>', "&a9;"),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>', "&f;"),
        ("", " " * 70_000_000),
    ],
)
def test_a_workbook_made_to_do_harm_does_none(
    town: Town, admin: dict[str, str], before: str, cell: str
) -> None:
    bomb, part = BytesIO(), "xl/worksheets/sheet1.xml"
    with ZipFile(BytesIO(workbook(NEW))) as sound, ZipFile(bomb, "w", ZIP_DEFLATED) as made:
        for name in sound.namelist():
            xml = sound.read(name).decode()
            harm = before + xml.replace(">test<", f">{cell}<")
            made.writestr(name, harm if name == part else xml)
    begun = time.perf_counter()
    answer = hand_in(town, admin, bomb.getvalue())
    assert answer.status_code == 422 and "root:" not in answer.text
    assert time.perf_counter() - begun < 5
    assert town.session.scalar(text("SELECT count(*) FROM rule_table")) == 1


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 6_000), st.binary(min_size=1, max_size=8)), max_size=4))
def test_a_damaged_workbook_is_read_or_refused_in_words(
    town: Town, damage: list[tuple[int, bytes]]
) -> None:
    data = bytearray(workbook(NEW))
    for at, bytes_ in damage:
        at %= len(data)
        data[at : at + len(bytes_)] = bytes_
    try:
        draft = rulereading.read(bytes(data), snapshot.current(town.session, "t"), "x")
    except GridError:
        return
    assert len(draft.rows) == len(draft.lines)


def test_a_table_goes_out_and_comes_back_and_nothing_in_it_runs(
    town: Town, admin: dict[str, str]
) -> None:
    hand_in(town, admin, workbook(NEW))
    town.session.execute(
        text("UPDATE responsibility SET basis = '=1+1', conditions = '@x' WHERE table_no = 2")
    )
    file = town.client.get("/api/rules/2/file", headers=admin)
    sheet = openpyxl.load_workbook(BytesIO(file.content)).worksheets[0]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    # What looks like a formula is shown as text, and is not taken back.
    assert hand_in(town, admin, file.content).json()["faults"][0]["column"] == "basis"
    town.session.execute(text("UPDATE responsibility SET basis = 'b' WHERE table_no = 2"))
    file = town.client.get("/api/rules/2/file", headers=admin)
    assert hand_in(town, admin, file.content).status_code == 201
    one, other = (ruletables.read(town.session, "t", no).rows for no in (2, 3))
    assert one == other
    rows = asked(town, "/api/rules/2/rows?limit=1&offset=3", admin)
    assert (rows["total"], rows["items"][0]["lead"]["name"]) == (4, "水务局")


def test_the_trial_as_a_workbook_lists_every_case(town: Town, admin: dict[str, str]) -> None:
    town.client.post(
        "/api/reports",
        json={"location": {"lon": HOUSE[0], "lat": HOUSE[1]}, "category": "litter"}
        | {"text": "=cmd()", "channel": "hotline"},
        headers=town.hire("m", "intake_machine"),
    )
    hand_in(town, admin, workbook(NEW))
    url = "/api/rules/2/trial/file?until=2026-03-03T00:00:00Z"
    file = town.client.get(url, headers=admin)
    sheet = openpyxl.load_workbook(BytesIO(file.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet]
    assert (len(rows), rows[1][2], rows[1][8]) == (2, "=cmd()", "水务局")
    assert sheet["C2"].data_type == "s"


def test_only_who_may_hands_in_and_publishes(town: Town) -> None:
    handler = town.hire("h", "department_handler", department="works")
    operator = town.hire("o", "grid_center_operator")
    assert hand_in(town, handler, workbook(NEW)).status_code == 403
    assert hand_in(town, operator, workbook(NEW)).status_code == 201
    assert town.client.get("/api/rules/2", headers=handler).json()["no"] == 2
    assert town.client.post("/api/rules/2/trial", json={}, headers=handler).status_code == 403
    wish = {"holds_from": "2026-03-02", "reason": "x"}
    assert town.client.post("/api/rules/2/publish", json=wish, headers=operator).status_code == 403
    machine = town.hire("m", "intake_machine")
    assert town.client.get("/api/rules", headers=machine).status_code == 403


def test_two_who_hand_in_at_once_wait_for_each_other() -> None:
    def stage(no: int) -> int:
        with db.transaction() as session:
            account = accounts.by_login(session, "boss")
            facts = snapshot.current(session, "t")
            draft = rulereading.read(workbook(NEW), facts, f"table {no}")
            return ruletables.stage(session, facts, account, draft, NOON)

    with committed_town():
        with db.transaction() as session:
            accounts.add(session, "t", Holder("boss", "boss", "administrator"))
        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(stage, range(4))) == [2, 3, 4, 5]


@pytest.mark.parametrize("path", ["", "/rows", "/file", "/findings", "/trial", "/trial/file"])
def test_an_unknown_table_is_not_found(town: Town, admin: dict[str, str], path: str) -> None:
    assert town.client.get(f"/api/rules/9{path}", headers=admin).status_code == 404


PLACES = [HOUSE, middle(0, 2), middle(0, 0), (0.0, 0.0)]
rows_strategy = st.lists(
    st.tuples(
        st.sampled_from([None, "city", "litter", "drain"]),
        st.sampled_from([None, "T", "T.S.A", "T.B.1", "T.S.B"]),
        st.sampled_from([None, "urban", "rural"]),
        st.sampled_from(["works", "water"]),
        st.lists(st.sampled_from(["works", "water"]), max_size=2, unique=True),
        st.sampled_from([(None, None), (NOON.date(), None), (None, NOON.date())]),
    ),
    max_size=6,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows_strategy, st.booleans())
def test_a_trial_is_judging_one_by_one(town: Town, drawn: list[Any], as_if: bool) -> None:
    session = town.session
    session.execute(text("UPDATE grid_unit SET kind = 'rural' WHERE code = 'T.S.A'"))
    snapshot.forget()
    if not session.scalar(text("SELECT count(*) FROM case_")):
        for at, category in product(PLACES, ("litter", "drain", None)):
            report(town, at, category)
            report(town, at, category)
        # Of each two alike one came the day after.
        session.execute(
            text(
                "UPDATE case_ SET opened_at = opened_at + interval '1 day' "
                "WHERE CAST(right(case_no, 1) AS integer) % 2 = 0"
            )
        )
    rows = [
        Row(no, what, where, lead, tuple(s for s in others if s != lead), since, until, "t", kind)
        for no, (what, where, kind, lead, others, (since, until)) in enumerate(drawn, 1)
    ]
    facts = snapshot.current(session, "t")
    staged = table(9, "", None, rows)
    day = NOON.date() if as_if else None
    period = Period(NOON - timedelta(1), NOON + timedelta(2), as_if=day)
    found = trial.run(session, facts, staged, period)
    only = facts._replace(rules=facts.rules._replace(tables=(staged,)))
    changed = {}
    cases = session.execute(
        text("SELECT case_no, category_code, opened_at, ST_X(place) x, ST_Y(place) y FROM case_")
    ).all()
    for case in cases:
        place = locate(facts.grid, Location(case.x, case.y))
        before = judge(facts, place, case.category_code, None, case.opened_at)
        after = judge(only, place, case.category_code, None, case.opened_at, day)
        told = [(one[:1], frozenset(one[1:])) for one in (before.departments, after.departments)]
        if told[0] != told[1]:
            changed[case.case_no] = (before.departments, after.departments)
    named = {
        one.case.case_no: tuple(
            (side.lead, *side.supporting) if side else () for side in (one.before, one.after)
        )
        for one in found.changed
    }
    assert named == changed
    assert found.cases == len(cases) == 24
