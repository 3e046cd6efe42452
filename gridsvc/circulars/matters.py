"""Chapters on what it was about, where it was, and what waits. Pure, without headings."""

from typing import Any

from gridsvc.circulars.figures import Figures, Shapes
from gridsvc.circulars.kinds import ABOUT
from gridsvc.circulars.saying import (
    NOTHING,
    Voice,
    change,
)
from gridsvc.documents.blocks import (
    Area,
    Block,
    Cell,
    Column,
    Figure,
    Kind,
    Map,
    Table,
)
from gridsvc.documents.writing import MISSING
from gridsvc.rules.rates import SMALL

MOST_CATEGORIES, MOST_GROWN = 15, 10
# Of a month; longer times have more cases.
CASE_LIMITS = (5, 10, 20, 50)
HOUR_LIMITS = (12, 24, 36, 48, 72)


def categories(figures: Figures, voice: Voice) -> list[Block]:
    """What it was about: the most frequent matters, those that grew, kinds and channels."""
    all_of = figures["categories"]
    name, now = Column(voice("类别", "Category"), 3, number=False), Column(voice("本期", "Now"))
    columns = [name, now, Column(voice("上期", "Before")), Column(voice("增减", "Change"))]

    def row(one: Any) -> list[Any]:
        counts = Figure(one["cases"]), Figure(one["before"])
        return [voice(one["name"]), *counts, change(*counts)]

    grown = [one for one in all_of if one["cases"] > one["before"]]
    grown.sort(key=lambda one: (one["before"] - one["cases"], one["code"]))
    shown = [one for one in all_of if one["cases"]]
    rest = sum(one["cases"] for one in shown[MOST_CATEGORIES:])
    note = voice(f"其余类别共{rest:,}件。", f"All others: {rest:,}.") if rest else ""
    none = voice(NOTHING)
    return [
        Table(
            voice("案件最多的类别", "Most frequent"),
            columns,
            [row(one) for one in shown[:MOST_CATEGORIES]],
            note,
            none,
        ),
        Table(
            voice("增长的类别", "Those that grew"),
            columns,
            [row(one) for one in grown[:MOST_GROWN]],
            empty=voice("没有类别增长。", "None grew."),
        ),
        *(
            Table(
                title,
                [Column(voice("名称", "Name"), 3, number=False), now],
                [[voice(one["name"]), Figure(one["cases"])] for one in figures[key]],
                empty=none,
            )
            for key, title in (
                ("kinds", voice("吹哨类型", "Kinds of whistle")),
                ("channels", voice("上报渠道（按上报件数）", "Channels, by reports")),
            )
        ),
    ]


def maps(figures: Figures, shapes: Shapes, voice: Voice) -> list[Block]:
    """Where cases came from, and how long they took."""
    grounds = [one for one in figures["grounds"] if one["code"] in shapes]
    streets = [one for one in figures["units"] if one["code"] in shapes]
    outlines = [Area(one["name"], shapes[one["code"]], None) for one in streets]
    if ABOUT[figures["kind"]].per_street:
        outlines = []
    none = "" if grounds else voice("没有可以绘制的社区边界。", "There are no outlines to draw.")
    few = voice(f"不足{SMALL}件", f"under {SMALL} cases")

    def drawn(title: str, values: list[float | None], limits: Any, unit: str, no: str) -> Map:
        areas = [
            Area(one["name"], shapes[one["code"]], value)
            for one, value in zip(grounds, values, strict=True)
        ]
        return Map(title, areas, limits, unit, no, outlines, none)

    months = ABOUT[figures["kind"]].length.months
    # A median of a few cases says more about them than about the place.
    times = [None if one["small"] else one["median_hours"] for one in grounds]
    return [
        drawn(
            voice("各社区受理案件", "Cases received by community"),
            [one["cases"] for one in grounds],
            [1, *(limit * months for limit in CASE_LIMITS)],
            voice("件", "cases"),
            voice("无数据", "no data"),
        ),
        drawn(
            voice("各社区结案用时（中位数）", "Hours to close by community (median)"),
            times,
            HOUR_LIMITS,
            voice("小时", "hours"),
            few,
        ),
    ]


def listed(figures: Figures, voice: Voice) -> list[Block]:
    """What is overdue or under supervision at the end of the period."""
    columns = [
        Column(voice("案件", "Case"), 1.7, number=False),
        Column(voice("事项", "Matter"), 3.4, number=False),
        Column(voice("地点", "Place"), 1.9, number=False),
        Column(voice("牵头部门", "Lead"), 1.7, number=False),
        Column(voice("超期（天）", "Days late"), 0.9),
        Column(voice("督办", "Supervision"), 1.1, number=False),
    ]
    rows: list[list[Cell]] = [
        [
            one["case_no"],
            _short(one["text"]),
            one["place"],
            voice.many(one["leads"]) or voice("未派遣", "nobody yet"),
            Figure(one["days_late"], Kind.ONE),
            voice(one["supervision"]) if one["supervision"] else MISSING,
        ]
        for one in figures["listed"]
    ]
    counts = figures["counts"]
    note = voice(
        f"期末超期{counts['overdue']:,}件、督办{counts['supervised']:,}件（可重叠），"
        f"此处列出{len(rows)}件，挂牌督办和超期最久的在前；其余见台账。督办级别为制作时的级别。",
        f"{counts['overdue']:,} overdue and {counts['supervised']:,} supervised at the end (some "
        f"both); {len(rows)} are listed, the rest is in the ledger. Levels are those of the day "
        "this was made.",
    )
    empty = voice("期末没有超期或督办的案件。", "None was overdue or supervised at the end.")
    return [Table(voice("超期与督办案件", "Overdue and supervised"), columns, rows, note, empty)]


def _short(text: str, most: int = 46) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
