"""Chapters on who is first and last, what it adds up to, and how to count again. Pure."""

from typing import Any

from gridsvc.circulars.figures import Figures
from gridsvc.circulars.saying import (
    TOO_FEW,
    Voice,
    rate,
)
from gridsvc.documents.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Kind,
    Paragraph,
    Table,
)
from gridsvc.rules.rates import SMALL

BEST = 3


def ranking(figures: Figures, voice: Voice) -> list[Block]:
    """The best and the last, by departments' response and units' closing in time; only where
    there were enough cases to say so."""
    sides = (
        ("departments", "response", voice("部门响应率", "Response by department")),
        ("units", "on_time", voice("按期结案率", "Closed on time by unit")),
    )
    columns = [
        Column(voice("名次", "Place"), 0.6),
        Column(voice("名称", "Name"), 3, number=False),
        Column(voice("比率", "Rate")),
        Column(voice("计入件数", "Counted")),
    ]
    blocks: list[Block] = []
    for key, code, title in sides:
        judged = [
            (figure, one, next(r["denominator"] for r in one["rates"] if r["code"] == code))
            for one in figures[key]
            if (figure := rate(one, code)).value is not None and not figure.small
        ]
        judged.sort(key=lambda three: (-(three[0].value or 0), -three[2], three[1]["code"]))
        places = list(enumerate(judged, 1))
        shown = places if len(places) <= 2 * BEST else [*places[:BEST], *places[-BEST:]]
        rows: list[list[Cell]] = [
            [Figure(place), _name(one, voice), figure, Figure(counted)]
            for place, (figure, one, counted) in shown
        ]
        note = voice(
            f"共{len(judged)}个参与排名；不足{SMALL}件的不参与。",
            f"{len(judged)} are ranked; those with fewer than {SMALL} cases are not.",
        )
        nobody = voice(f"没有满{SMALL}件的，不作排名。", f"Nobody had {SMALL} cases: no ranking.")
        blocks.append(Table(title, columns, rows, note, nobody))
    return blocks


def _name(one: Any, voice: Voice) -> str:
    return one["name"] if isinstance(one["name"], str) else voice(one["name"])


def assessment(figures: Figures, voice: Voice) -> list[Block]:
    """What 一哨一考核 adds up to for each department (domain rules 19 to 21)."""
    rows: list[list[Cell]] = [
        [
            voice(one["name"]),
            Figure(one["points"], Kind.ONE, one["small"] and one["points"] is not None),
            Figure(one["counted"]),
            Figure(one["adds"], Kind.ONE, one["small"] and one["adds"] is not None),
        ]
        for one in sorted(figures["assessments"], key=lambda one: -(one["points"] or 0))
    ]
    columns = [
        Column(voice("部门", "Department"), 3, number=False),
        Column(voice("考核得分（百分制）", "Points of 100"), 1.3),
        Column(voice("考核哨数", "Whistles")),
        Column(voice("计入绩效（分）", "Adds to the total"), 1.2),
    ]
    note = voice(
        f"一哨一考核，得分为本期已结案各哨的平均；按{figures['share_percent']:g}%计入绩效总分"
        "（不低于20%）。权重为本系统所设，可由辖区修改。" + voice(TOO_FEW),
        f"The mean of all whistles closed in the period; {figures['share_percent']:g} % of the "
        "performance total (not less than 20 %). Weights are ours unless changed. "
        + voice(TOO_FEW),
    )
    title = voice("部门考核结果", "Results of departments")
    return [
        Table(title, columns, rows, note, voice("本期没有已结案的哨。", "No whistle was closed."))
    ]


def recompute(figures: Figures, voice: Voice) -> list[Block]:
    """What was left out and why, how each rate is counted, and by which rows and addresses."""
    excluded: list[list[Cell]] = [
        [voice(one["rate"]), voice(one["reason"]), Figure(one["cases"])]
        for one in figures["excluded"]
    ]
    columns = [
        Column(voice("指标", "Figure"), 2, number=False),
        Column(voice("原因", "Reason"), 2, number=False),
        Column(voice("件数", "Left out")),
    ]
    none = voice("没有不计入的案件。", "Nothing was left out.")
    table = figures["table"]
    named = f"{table['no']}（{table['title']}）" if table else "—"
    unit = f"&unit={figures['unit']['code']}" if figures["unit"] else ""
    query = f"since={figures['since']}&until={figures['until']}{unit}"
    sources = voice(
        f"网格版本{figures['edition']}；规则簿第{figures['rulebook']}号；职责表{named}；"
        f"统计区间自{voice.moment(figures['since'])}起，至{voice.moment(figures['until'])}前；"
        f"数据取自{voice.moment(figures['made_at'])}的记录，此后重新打开的案件不在其中。",
        f"Grid edition {figures['edition']}; rulebook {figures['rulebook']}; table {named}; from "
        f"{voice.moment(figures['since'])} up to {voice.moment(figures['until'])}; by the record "
        f"of {voice.moment(figures['made_at'])}.",
    )
    again = voice("重新计算", "To count again")
    addresses = [f"GET /api/rates{part}?{query}" for part in ("", "/departments", "/units")]
    return [
        Table(voice("不计入的案件", "Left out"), columns, excluded, empty=none),
        Heading(voice("指标算法", "How each is counted"), 2),
        *(
            Paragraph(f"{voice(one['name'])}：{voice(one['definition'])}", "small")
            for one in [*figures["whole"]["rates"], *figures["whole"]["hours"]]
        ),
        Heading(again, 2),
        Paragraph(sources, "small"),
        *(Paragraph(one, "small") for one in addresses),
    ]
