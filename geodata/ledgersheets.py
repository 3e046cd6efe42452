"""The ledger as a workbook: a sheet of cases, and one of the departments that were called."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import xlsxwriter

from geodata.sheets import OPTIONS, head
from geodata.wholefile import written
from gridsvc.errors import BadInput
from gridsvc.words import Words

Line = Mapping[str, Any]
# A sheet has 1,048,576 rows.
MOST_ROWS = 1_048_575


class Column(NamedTuple):
    title: Words
    read: Callable[[Line], Any]
    wide: int = 12


def _plain(name: str) -> Callable[[Line], Any]:
    return lambda line: line[name]


def _zh(name: str) -> Callable[[Line], Any]:
    return lambda line: line[name] and line[name]["zh"]


def _by(name: str) -> Callable[[Line], Any]:
    """Who, with the post."""

    def read(line: Line) -> Any:
        who = line[name]
        if not who or not who["name"]:
            return None
        return f"{who['name']}（{who['post']['zh']}）" if who["post"] else who["name"]

    return read


def _at(name: str) -> Callable[[Line], Any]:
    return lambda line: _moment(line[name]["at"]) if line[name] else None


def _moment(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


ROLES = {"lead": "牵头", "supporting": "配合"}

CASES = (
    Column(Words("案件", "case"), _plain("case_no"), 17),
    Column(Words("环节", "stage"), _zh("stage")),
    Column(Words("吹哨类型", "kind"), _zh("kind")),
    Column(Words("类别", "category"), _zh("category"), 18),
    Column(Words("街道", "street"), _plain("street"), 14),
    Column(Words("社区", "community"), _plain("community"), 14),
    Column(Words("地点", "place"), _plain("place"), 18),
    Column(Words("内容", "text"), _plain("text"), 40),
    Column(Words("渠道", "channel"), _zh("channel")),
    Column(Words("上报件数", "reports"), _plain("reports"), 8),
    Column(Words("受理时间", "received"), _plain("opened_at"), 16),
    Column(Words("吹哨人", "whistled by"), _by("whistled"), 20),
    Column(Words("吹哨时间", "whistled"), _at("whistled"), 16),
    Column(Words("办理方式", "mode"), _zh("mode")),
    Column(Words("责任领导", "leader"), _plain("leader")),
    Column(Words("责任科室", "section"), _plain("section")),
    Column(
        Words("部门", "departments"),
        lambda line: "、".join(one["name"]["zh"] for one in line["departments"]),
        24,
    ),
    Column(Words("时限", "due"), _plain("due_at"), 16),
    Column(Words("按时环节", "limits kept"), lambda line: line["clocks"]["kept"], 8),
    Column(
        Words("超时环节", "limits broken"),
        lambda line: "、".join(one["zh"] for one in line["clocks"]["broken"]),
        24,
    ),
    Column(Words("督办", "supervision"), _zh("supervision")),
    Column(Words("结案时间", "closed"), _plain("closed_at"), 16),
    Column(Words("结果", "outcome"), _zh("outcome")),
    Column(Words("办理情况", "result"), _plain("result"), 30),
    Column(Words("核实人", "verified by"), _by("verified"), 20),
    Column(Words("核实时间", "verified"), _at("verified"), 16),
    Column(Words("返工次数", "reworks"), _plain("reworks"), 8),
    Column(Words("评价（分）", "score"), _plain("score"), 8),
    Column(Words("不规范", "fault"), _zh("fault")),
    Column(Words("答复", "reply"), _plain("reply"), 30),
    Column(Words("上报人评价", "reporter"), _zh("satisfied")),
    Column(Words("评价理由", "reporter's reason"), _plain("satisfied_reason"), 24),
)

CALLED = (
    Column(Words("案件", "case"), _plain("case_no"), 17),
    Column(Words("部门", "department"), _zh("name"), 24),
    Column(Words("角色", "role"), lambda one: ROLES.get(one["role"], one["role"])),
    Column(Words("派遣时间", "called"), lambda one: _moment(one["called_at"]), 16),
    Column(Words("报到时间", "reported in"), lambda one: _moment(one["reported_in_at"]), 16),
    Column(Words("报到方式", "how"), _zh("reported_in_how")),
    Column(Words("任务", "task"), _plain("task"), 30),
    Column(Words("完成时间", "done"), lambda one: _moment(one["done_at"]), 16),
    Column(Words("撤回时间", "released"), lambda one: _moment(one["released_at"]), 16),
)


def write(lines: Iterable[Line], zone: ZoneInfo, target: Path) -> int:
    """The ledger as a workbook, row by row in little memory; times are the district's. Every text
    is written as text. Returns how many cases; raises BadInput for more than a sheet holds."""
    count = called = 0
    options = OPTIONS | {"constant_memory": True}
    with written(target) as draft, xlsxwriter.Workbook(draft, options) as book:
        cases = _Sheet(book, "台账 cases", CASES, zone)
        departments = _Sheet(book, "部门 departments", CALLED, zone)
        for line in lines:
            count += 1
            cases.add(count, line)
            for one in line["departments"]:
                called += 1
                departments.add(called, {**one, "case_no": line["case_no"]})
    return count


class _Sheet:
    def __init__(self, book: Any, name: str, columns: tuple[Column, ...], zone: ZoneInfo) -> None:
        self.sheet, self.columns, self.zone = book.add_worksheet(name), columns, zone
        self.stamp = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        bold = book.add_format({"bold": True})
        self.sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            self.sheet.set_column(place, place, column.wide)
            self.sheet.write_string(0, place, head(column.title), bold)

    def add(self, row: int, line: Line) -> None:
        if row > MOST_ROWS:
            raise BadInput(
                zh=f"超过一张表格能容纳的{MOST_ROWS:,}行，请缩小范围。",
                en=f"More than the {MOST_ROWS:,} rows that a sheet holds: narrow it down.",
            )
        for place, value in self._values(line):
            if isinstance(value, datetime):
                local = value.astimezone(self.zone).replace(tzinfo=None)
                self.sheet.write_datetime(row, place, local, self.stamp)
            elif isinstance(value, int):
                self.sheet.write_number(row, place, value)
            else:
                self.sheet.write_string(row, place, str(value))

    def _values(self, line: Line) -> Iterator[tuple[int, Any]]:
        for place, column in enumerate(self.columns):
            value = column.read(line)
            if value is not None and value != "":
                yield place, value
