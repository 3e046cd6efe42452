"""Documents of a period: the API's own figures in every format, made once, and kept."""

import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from api.cli import app
from gridsvc import db, snapshot
from gridsvc.circulars import composing, figures, keeping, schedule
from gridsvc.circulars.kinds import CircularKind, Wish
from gridsvc.circulars.schedule import Line
from gridsvc.documents import formats
from gridsvc.documents.blocks import Chart, Document, Figure, Map, Table
from gridsvc.errors import BadField, BadInput, UnknownUnit
from gridsvc.rules import spans
from gridsvc.tables.circulars import Circular, CircularFile
from gridsvc.worker import Circulating
from tests.conftest import NOON, Town, committed_town
from tests.journeys.test_loop import Play

MARCH = {"kind": "monthly", "period": "2026-03"}
LATER = datetime(2026, 4, 9, tzinfo=UTC)


@pytest.fixture
def played(town: Town) -> Play:
    """Cases of March: solved, late after a rework, dismissed, open and overdue."""
    play = Play(town)
    play.dispatched("works")
    play.move("works", "report_in")
    play.move("works", "resolve", result="done")
    play.move("worker", "verify")
    play.no = play.tell("drain")
    play.dispatched("water", "works")
    play.move("works", "report_in")
    play.move("water", "report_in", hours=48)
    play.move("water", "resolve", hours=24 * 8, result="done")
    play.move("worker", "rework", reason="r")
    play.move("water", "resolve", result="done")
    play.move("worker", "verify")
    play.no = play.tell("other")
    play.move("centre", "dismiss", reason="重复")
    play.no = play.tell("litter")
    play.dispatched("works")
    return play


def numbers(sheet: Any) -> dict[str, list[list[Any]]]:
    """The tables of a sheet by their titles: rows of values without the heading."""
    found: dict[str, list[list[Any]]] = {}
    title, rows = "", list(sheet.iter_rows(values_only=True))
    for row in rows:
        held = [cell for cell in row if cell is not None]
        if len(held) == 1:
            title = str(held[0])
        elif held:
            found.setdefault(title, []).append(held)
    return {title: lines[1:] for title, lines in found.items()}


def same(told: Any, value: float | None) -> bool:
    return bool(told == "—" if value is None else told == pytest.approx(value))


def flat(told: dict[str, Any]) -> list[float | None]:
    """The figures of an API's answer in the order of the tables."""
    in_hours = {one["code"]: one for one in told["hours"]}
    came, closed = in_hours["report_in_hours"], in_hours["close_hours"]
    rates = [one["value"] for one in told["rates"]]
    return [*rates, came["median"], closed["median"], closed["p90"]]


def at(town: Town, moment: datetime) -> None:
    from api import deps

    town.client.app.dependency_overrides[deps.now] = lambda: moment  # type: ignore[attr-defined]


def test_every_figure_of_the_workbook_is_the_apis(town: Town, played: Play) -> None:
    chief = town.hire("chief", "coordination_assessor")
    at(town, LATER)
    ask = {"since": "2026-03-01T00:00:00+08:00", "until": "2026-04-01T00:00:00+08:00"}

    def told(path: str, **more: str) -> Any:
        return town.client.get(f"/api{path}", params=ask | more, headers=chief).json()

    answer = town.client.get(
        "/api/circulars/file", params={**MARCH, "format": "xlsx"}, headers=chief
    )
    assert answer.status_code == 200, answer.text
    book = openpyxl.load_workbook(BytesIO(answer.content))
    sheets = {sheet.title[2:]: numbers(sheet) for sheet in book.worksheets}

    main = {row[0]: row[1] for row in sheets["总体情况"]["主要数据"]}
    whole = told("/rates")
    assert all(same(main[one["name"]["zh"]], one["value"]) for one in whole["rates"])
    for name, part in (("中位数", "median"), ("九成", "p90")):
        shown = [main[f"{one['name']['zh']}{name}（时）"] for one in whole["hours"]]
        assert all(map(same, shown, (one[part] for one in whole["hours"])))
    cases = told("/cases", limit="200")["items"]
    assert main["受理案件"] == len(cases) == 4
    assert main["核实结案"] == 2
    assert main["期末在办"] == 1

    rows = {row[0]: row[1:] for row in sheets["部门"]["各部门指标"]}
    departments = told("/rates/departments")["items"]
    assert set(rows) == {one["name"]["zh"] for one in departments} == {"城管局", "水务局"}
    for one in departments:
        assert all(map(same, rows[one["name"]["zh"]], flat(one))), one["name"]

    units = {one["name"]: one for one in told("/rates/units")["items"]}
    shown_units = sheets["属地"]["各街道指标"]
    assert units and {row[0] for row in shown_units} >= set(units)
    for row in shown_units:
        assert all(map(same, row[2:], flat(units[row[0]]))), row[0]

    counted = {(row[0], row[1]): row[2] for row in sheets["说明与核算"]["不计入的案件"]}
    for one in whole["rates"]:
        of_rate = [n for (name, _), n in counted.items() if name == one["name"]["zh"]]
        assert sum(of_rate) == one["excluded"]


def test_assessments_of_a_year_are_the_apis(town: Town, played: Play) -> None:
    chief = town.hire("chief", "coordination_assessor")
    ask = {"since": "2026-01-01T00:00:00+08:00", "until": "2026-12-31T16:00:00Z"}
    at(town, datetime(2027, 1, 5, tzinfo=UTC))
    results = town.client.get("/api/assessments", params=ask, headers=chief).json()["results"]
    asked = {"kind": "yearly", "period": "2026", "format": "xlsx"}
    answer = town.client.get("/api/circulars/file", params=asked, headers=chief)
    book = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = next(sheet for sheet in book.worksheets if "考核" in sheet.title)
    rows = {row[0]: row[1:] for row in numbers(sheet)["部门考核结果"]}
    assert len(rows) == len(results) == 2
    for one in results:
        points, counted, adds = rows[one["name"]["zh"]]
        assert (points, counted, adds) == (
            pytest.approx(one["points"]),
            one["counted"],
            pytest.approx(one["adds"]),
        )


def figures_in(document: Document) -> Iterator[Figure]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row if isinstance(cell, Figure))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "period", "unit"),
    [
        (CircularKind.MONTHLY, "2026-03", None),
        (CircularKind.MONTHLY, "2026-02", None),
        (CircularKind.QUARTERLY, "2026-Q1", None),
        (CircularKind.YEARLY, "2026", None),
        (CircularKind.HALF_YEARLY, "2026-H1", "T.S"),
    ],
)
def test_every_kind_comes_out_also_of_nothing(
    town: Town, played: Play, kind: CircularKind, period: str, unit: str | None, lang: Any
) -> None:
    """February has no case at all; its document says so and has no figure that is not nothing."""
    facts = snapshot.current(town.session, town.district.code)
    wish = Wish(kind, spans.read(period), unit)
    told, document = keeping.composed(town.session, facts, wish, LATER, lang)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for table in tables:
        assert table.rows or table.empty, table.title
        assert all(len(row) == len(table.columns) for row in table.rows)
    assert any(isinstance(block, Map) for block in document.blocks)
    if lang == "en":
        said = " ".join(str(block) for block in document.blocks if not isinstance(block, Map))
        for word in ("受理", "部门", "本期", "超期", "率"):
            assert word not in said.replace("重复", "")
    if period == "2026-02":
        assert not any(figure.value for figure in figures_in(document))
        assert all(chart.empty for chart in document.blocks if isinstance(chart, Chart))
    assert told == figures.collect(town.session, facts, wish, LATER)


def test_the_document_follows_from_the_figures_alone(town: Town, played: Play) -> None:
    facts = snapshot.current(town.session, town.district.code)
    wish = Wish(CircularKind.MONTHLY, spans.read("2026-03"))
    no = keeping.keep(town.session, facts, wish, LATER)
    assert no is not None
    told = keeping.figures_of(town.session, town.district.code, no)
    again = composing.compose(told, figures.shapes(town.session, facts, None), "zh")
    assert again == keeping.composed(town.session, facts, wish, LATER)[1]


def test_kept_once_and_downloaded_as_it_was_made(town: Town, played: Play) -> None:
    chief, worker = town.hire("chief", "grid_center_operator"), town.hire("w", "grid_worker")
    assert town.client.post("/api/circulars", json=MARCH, headers=worker).status_code == 403
    early = town.client.post("/api/circulars", json=MARCH, headers=chief)
    assert early.status_code == 422 and "尚未结束" in early.json()["detail"]
    draft = town.client.get("/api/circulars/figures", params=MARCH, headers=chief).json()
    assert draft["figures"]["ended"] is False
    at(town, LATER)
    made = town.client.post("/api/circulars", json=MARCH, headers=chief)
    assert made.status_code == 201, made.text
    no, files = made.json()["no"], made.json()["files"]
    assert made.json()["made_by"] == "chief"
    assert {one["format"] for one in files} == {"pdf", "docx", "xlsx"}
    again = town.client.post("/api/circulars", json=MARCH, headers=chief)
    assert again.status_code == 409 and "2026年3月" in again.json()["detail"]
    assert len(town.client.get("/api/circulars", headers=chief).json()["items"]) == 1
    for one in files:
        path = f"/api/circulars/{no}/file?format={one['format']}"
        content = town.client.get(path, headers=chief).content
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
    word = town.client.get(f"/api/circulars/{no}/file?format=docx", headers=chief).content
    assert "图区" in docx.Document(BytesIO(word)).paragraphs[0].text
    kept = town.client.get(f"/api/circulars/{no}/figures", headers=chief).json()["figures"]
    assert kept["counts"]["received"] == 4 and kept["ended"]
    lost = town.client.get("/api/circulars/999999/file", headers=chief)
    assert lost.status_code == 404


def test_a_file_that_was_changed_is_not_given_out(town: Town, played: Play) -> None:
    chief = town.hire("chief", "grid_center_operator")
    at(town, LATER)
    no = town.client.post("/api/circulars", json=MARCH, headers=chief).json()["no"]
    town.session.execute(text("UPDATE circular_file SET content = content || '\\x00'::bytea"))
    answer = town.client.get(f"/api/circulars/{no}/file", headers=chief)
    assert answer.status_code == 422 and "摘要" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kind": "monthly", "period": "2026-Q1"}, 422),
        ({"kind": "monthly", "period": "soon"}, 422),
        ({"kind": "monthly", "period": "2030-01"}, 422),
        ({"kind": "half_yearly", "period": "2026-H1"}, 422),
        ({"kind": "half_yearly", "period": "2026-H1", "unit": "T.S.A"}, 404),
        ({"kind": "monthly", "period": "2026-03", "unit": "T.S"}, 422),
        ({"kind": "weekly", "period": "2026-03"}, 422),
    ],
)
def test_a_wrong_wish_is_refused(town: Town, asked: dict[str, str], status: int) -> None:
    chief = town.hire("chief", "administrator")
    answer = town.client.get("/api/circulars/figures", params=asked, headers=chief)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_the_schedule_is_rows_that_the_permitted_change(town: Town) -> None:
    admin, centre = town.hire("a", "administrator"), town.hire("c", "grid_center_operator")
    lines = town.client.get("/api/circulars/schedule", headers=centre).json()["items"]
    assert [one["kind"] for one in lines] == [kind.value for kind in CircularKind]
    assert all(one["changed_by"] is None and one["since"] == "2026-03-02" for one in lines)
    wish = {"day": 3, "at": "07:30", "since": "2026-02-01", "active": True}
    path = "/api/circulars/schedule/monthly"
    assert town.client.put(path, json=wish, headers=centre).status_code == 403
    assert town.client.put(path, json=wish | {"day": 0}, headers=admin).status_code == 422
    changed = town.client.put(path, json=wish, headers=admin).json()["items"][0]
    assert (changed["day"], changed["at"], changed["changed_by"]) == (3, "07:30:00", "a")

    def due(moment: str) -> list[str]:
        now = datetime.fromisoformat(moment)
        found = schedule.due(town.session, town.district.code, now)
        return [one.span.code for one in found if one.kind is CircularKind.MONTHLY]

    assert due("2026-02-03T07:29:59+08:00") == []
    assert due("2026-02-03T07:30:00+08:00") == ["2026-01"]
    assert due("2026-04-03T07:30:00+08:00") == ["2026-01", "2026-02", "2026-03"]
    town.client.put(path, json=wish | {"active": False}, headers=admin)
    assert due("2026-04-03T07:30:00+08:00") == []


def _set(kind: CircularKind, **more: Any) -> None:
    with db.transaction() as session:
        for one in schedule.lines(session, "t"):
            line = Line(one.kind, 1, time(0), date(2026, 3, 1), one.kind is kind)._replace(**more)
            from gridsvc.tables.circulars import CircularSchedule

            session.add(
                CircularSchedule(
                    district_code="t", changed_by="test", changed_at=NOON, **_columns(line)
                )
            )


def _columns(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in ("kind", "day", "at", "since", "active")}


def _kept() -> list[tuple[str, int]]:
    with db.transaction() as session:
        rows = session.execute(
            select(Circular.span, text("count(circular_file.no)"))
            .join(CircularFile, Circular.no == CircularFile.no)
            .group_by(Circular.span)
            .order_by(Circular.span)
        )
        return [(row[0], row[1]) for row in rows]


def test_whatever_is_due_is_made_once_also_by_two_at_once_and_after_a_pause() -> None:
    with committed_town():
        _set(CircularKind.MONTHLY)
        assert keeping.make_due(NOON) == (1, 0)  # February ended on the first day of March
        later = NOON + timedelta(days=70)
        threads = [threading.Thread(target=keeping.make_due, args=(later,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert _kept() == [("2026-02", 3), ("2026-03", 3), ("2026-04", 3)]
        assert keeping.make_due(later) == (0, 0)


def test_a_crash_half_way_leaves_nothing_and_the_next_time_makes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with committed_town():
        _set(CircularKind.MONTHLY)
        real, calls = formats.write, iter([None])

        def crashing(*given: Any) -> bytes:
            if next(calls, 1) is None:
                return real(*given)
            raise BadInput(zh="断电", en="power is gone")

        monkeypatch.setattr(keeping, "write", crashing)
        assert keeping.make_due(NOON) == (0, 1)
        assert _kept() == []
        monkeypatch.setattr(keeping, "write", real)
        assert keeping.make_due(NOON) == (1, 0)
        assert _kept() == [("2026-02", 3)]


def test_the_worker_lets_a_process_of_its_own_make_them() -> None:
    with committed_town():
        _set(CircularKind.MONTHLY)
        circulating = Circulating()
        assert circulating.once(NOON)
        assert not circulating.once(NOON)  # it is at it, or has just been
        assert circulating._making is not None
        assert circulating._making.wait() == 0
        assert not circulating.once(NOON)
        assert not circulating.once(NOON + timedelta(minutes=5))
        assert _kept() == [("2026-02", 3)]
        circulating.stop()


def test_streets_have_their_own(town: Town, played: Play) -> None:
    facts = snapshot.current(town.session, town.district.code)
    wish = Wish(CircularKind.HALF_YEARLY, spans.read("2026-H1"), "T.S")
    told = figures.collect(town.session, facts, wish, LATER)
    assert told["unit"] == {"code": "T.S", "name": facts.grid.unit("T.S").name}  # type: ignore[union-attr]
    assert told["district_whole"]["rates"]
    assert {one["code"] for one in told["units"]} == {"T.S.A", "T.S.B"}
    with pytest.raises(UnknownUnit):
        figures.collect(town.session, facts, wish._replace(unit="T.S.A"), LATER)
    with pytest.raises(BadField):
        figures.collect(town.session, facts, wish._replace(unit=None), LATER)


def test_the_command_line_writes_them_too_and_still_reports_a_matter(tmp_path: Path) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["report", *words])

    with committed_town():
        for form, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
            file = tmp_path / f"F.{form}"
            assert run("monthly", "2026-02", "-o", str(file)).exit_code == 0
            assert file.read_bytes().startswith(begins)
        ledger = tmp_path / "L.xlsx"
        assert run("ledger", "-o", str(ledger)).exit_code == 0 and ledger.is_file()
        street = tmp_path / "S.docx"
        assert run("half-yearly", "2026-H1", "--unit", "T.S", "-o", str(street)).exit_code == 0
        assert "2026-Q4" in str(run("monthly", "soon", "-o", str(street)).exception)
        odd = run("monthly", "2026-02", "-o", str(tmp_path / "F.txt"))
        assert ".docx" in str(odd.exception) and not (tmp_path / "F.txt").exists()
        told = run("路灯不亮", "--login", "machine", "--category", "litter", "--channel", "hotline")
        assert told.exit_code == 0 and "case_no" in told.stdout
