"""What the rows of a district's own tables must be like, and what holds where it has none."""

from collections.abc import Callable, Iterator, Sequence
from datetime import time
from itertools import pairwise
from typing import Any, NamedTuple

from gridsvc import defaults
from gridsvc.clock import TimeUnit
from gridsvc.rulebook import Rulebook
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.precedence import USUAL, Owner
from gridsvc.words import Words

Row = dict[str, Any]
# Line, column, and why.
Fault = tuple[int, str, Words]
MOST_AMOUNT = 9_999
REMIND = "remind"


class Subject(NamedTuple):
    """One of the tables: its columns with their names, and which of them make a key."""

    columns: dict[str, Words]
    key: tuple[str, ...]

    @property
    def fields(self) -> list[str]:
        return list(self.columns)


BASIS = Words("依据", "Basis")
AMOUNT, UNIT = Words("数量", "Amount"), Words("时间单位", "Unit")
CLOCK = Words("时限对象", "Clock")
SUBJECTS = {
    "hours": Subject(
        {
            "weekday": Words("星期", "Weekday"),
            "opens": Words("上班", "Opens"),
            "closes": Words("下班", "Closes"),
        },
        ("weekday", "opens"),
    ),
    "days": Subject(
        {
            "day": Words("日期", "Day"),
            "working": Words("上班", "Working"),
            "note": Words("说明", "Note"),
        },
        ("day",),
    ),
    "limits": Subject(
        {
            "no": Words("序号", "No."),
            "category_code": Words("类别", "Category"),
            "whistle_kind": Words("哨种", "Whistle"),
            "clock": CLOCK,
            "step": Words("步骤", "Step"),
            "name_zh": Words("步骤名称", "Name of the step"),
            "name_en": Words("步骤英文名称", "English name of the step"),
            "amount": AMOUNT,
            "unit": UNIT,
            "basis": BASIS,
        },
        ("no",),
    ),
    "supervision": Subject(
        {
            "no": Words("序号", "No."),
            "clock": CLOCK,
            "amount": AMOUNT,
            "unit": UNIT,
            "level": Words("级别", "Level"),
            "tells_post": Words("告知岗位", "Told post"),
            "basis": BASIS,
        },
        ("no",),
    ),
    "precedence": Subject(
        {
            "matter": Words("事项性质", "Matter"),
            "first_owner": Words("先办一方", "First owner"),
            "basis": BASIS,
        },
        ("matter",),
    ),
    "settings": Subject(
        {"name": Words("名称", "Name"), "value": Words("数值", "Value"), "basis": BASIS},
        ("name",),
    ),
}


class Bounds(NamedTuple):
    """How small and how large a setting may be, and what it is called."""

    least: float
    most: float
    words: Words


def bounds() -> dict[str, Bounds]:
    """Of every setting that has some."""
    return {
        row["name"]: Bounds(float(row["least"]), float(row["most"]), Words(row["zh"], row["en"]))
        for row in defaults.shipped("setting_bounds.csv")
    }


def effective(subject: str, own: list[Row]) -> list[Row]:
    """The district's own rows, and what ships where it has none."""
    if subject == "supervision" and not own:
        fields = SUBJECTS[subject].fields
        return [{name: getattr(row, name) for name in fields} for row in defaults.supervision()]
    if subject == "precedence":
        known = {row["matter"]: row for row in own}
        usual = {
            matter: {"matter": matter, "first_owner": str(first), "basis": "ours"}
            for matter, first in USUAL.items()
        }
        return list((usual | known).values())
    if subject == "settings":
        known = {row["name"]: row for row in own}
        shipped = {
            row["name"]: {"name": row["name"], "value": float(row["value"]), "basis": row["basis"]}
            for row in defaults.shipped("settings.csv")
        }
        return list((shipped | known).values())
    return own


def faults(
    subject: str, rows: Sequence[Row], lines: Sequence[int], rules: Rulebook
) -> Iterator[Fault]:
    """Everything that is wrong with the rows of a table."""
    key, seen = SUBJECTS[subject].key, set[tuple[Any, ...]]()
    for line, row in zip(lines, rows, strict=True):
        values = tuple(row[name] for name in key)
        if values in seen:
            yield line, key[-1], Words("重复", "stands twice")
        seen.add(values)
        yield from ((line, *fault) for fault in CHECKS[subject](row, rules))
    yield from WHOLE.get(subject, _nothing)(rows, lines)


Found = Iterator[tuple[str, Words]]


def _hours(row: Row, _: Rulebook) -> Found:
    if not 1 <= row["weekday"] <= 7:
        yield "weekday", Words("应为1（周一）至7（周日）", "is 1 (Monday) to 7 (Sunday)")
    if row["opens"] >= row["closes"]:
        yield "closes", Words("下班要晚于上班", "work must end after it begins")


def _days(row: Row, _: Rulebook) -> Found:
    if not 2000 <= row["day"].year <= 2100:
        yield "day", Words("应在2000年至2100年之间", "must lie between 2000 and 2100")


def _limit(row: Row, rules: Rulebook) -> Found:
    yield from _among("category_code", row, rules.categories, empty=True)
    yield from _among("whistle_kind", row, rules.terms["whistle_kind"], empty=True)
    yield from _among("clock", row, list(Clock))
    yield from _amount(row, positive=True)
    if not 1 <= row["no"] <= 999_999:
        yield "no", Words("应为1至999999的整数", "must be a whole number from 1 to 999999")
    if (row["clock"] == Clock.STEP) != (row["step"] is not None):
        yield (
            "step",
            Words("步骤时限要有步骤序号，其他时限不能有", "a step has a number, others none"),
        )
    if row["clock"] == Clock.STEP and not row["name_zh"]:
        yield "name_zh", Words("步骤要有名称", "a step needs a name")
    yield from _based(row)


def _supervision(row: Row, rules: Rulebook) -> Found:
    yield from _among("clock", row, list(Clock), empty=True)
    yield from _among("level", row, [REMIND, *rules.terms["supervision"]])
    yield from _among("tells_post", row, rules.terms["post"])
    yield from _amount(row, positive=False)
    yield from _based(row)


def _precedence(row: Row, _: Rulebook) -> Found:
    yield from _among("matter", row, USUAL)
    yield from _among("first_owner", row, list(Owner))
    yield from _based(row)


def _setting(row: Row, _: Rulebook) -> Found:
    yield from _among("name", row, defaults.settings())
    allowed = BOUNDS.get(row["name"])
    if allowed and not allowed.least <= row["value"] <= allowed.most:
        between = f"{allowed.least:g}–{allowed.most:g}"
        yield "value", Words(f"应在{between}之间", f"must lie within {between}")
    yield from _based(row)


BOUNDS = bounds()
CHECKS: dict[str, Callable[[Row, Rulebook], Found]] = {
    "hours": _hours,
    "days": _days,
    "limits": _limit,
    "supervision": _supervision,
    "precedence": _precedence,
    "settings": _setting,
}


def _among(name: str, row: Row, known: Any, empty: bool = False) -> Found:
    value = row[name]
    if (value is None and empty) or value in known:
        return
    some = "、".join(list(known)[:12])
    yield name, Words(f"没有“{value}”，可填：{some}", f"there is no {value}; one of {some}")


def _amount(row: Row, positive: bool) -> Found:
    amount, unit = row["amount"], row["unit"]
    yield from _among("unit", row, list(TimeUnit))
    if abs(amount) > MOST_AMOUNT or (positive and amount <= 0):
        yield (
            "amount",
            Words(f"应大于0，不超过{MOST_AMOUNT}", f"must be above 0, up to {MOST_AMOUNT}"),
        )
    if unit == TimeUnit.WORKING_DAY and amount != int(amount):
        yield "amount", Words("工作日应为整数", "working days are whole")


def _based(row: Row) -> Found:
    if not (row["basis"] or "").strip():
        yield "basis", Words("不能为空", "must not be empty")


def _overlaps(rows: Sequence[Row], lines: Sequence[int]) -> Iterator[Fault]:
    """Stretches of one weekday that overlap; and a week without any work."""
    if not rows:
        yield 1, "opens", Words("一周至少要有一段工作时间", "a week needs some working time")
    order = sorted(zip(rows, lines, strict=True), key=lambda one: _place(one[0]))
    for (before, _), (row, line) in pairwise(order):
        if before["weekday"] == row["weekday"] and row["opens"] < before["closes"]:
            yield line, "opens", Words("与前一段重叠", "overlaps the stretch before")


def _place(row: Row) -> tuple[int, time]:
    return row["weekday"], row["opens"]


def _twins(rows: Sequence[Row], lines: Sequence[int]) -> Iterator[Fault]:
    """Limits of which nobody could say which one holds."""
    seen: dict[tuple[Any, ...], int] = {}
    for row, line in zip(rows, lines, strict=True):
        matter = tuple(row[name] for name in ("category_code", "whistle_kind", "clock", "step"))
        if matter in seen:
            text = Words(
                f"与第{seen[matter]}行同类别、同哨种、同时限对象",
                f"limits the same as line {seen[matter]}",
            )
            yield line, "clock", text
        seen.setdefault(matter, line)


def _nothing(_: Sequence[Row], __: Sequence[int]) -> Iterator[Fault]:
    return iter(())


WHOLE: dict[str, Callable[[Sequence[Row], Sequence[int]], Iterator[Fault]]] = {
    "hours": _overlaps,
    "limits": _twins,
}
