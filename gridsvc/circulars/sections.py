"""Chapters on how it went: in all, over time, by department and by unit. Pure, without headings."""

from typing import Any

from gridsvc.circulars.figures import Figures
from gridsvc.circulars.kinds import ABOUT
from gridsvc.circulars.saying import (
    NO_DATA,
    NOTHING,
    TOO_FEW,
    Voice,
    change,
    hours,
    rate,
    rate_cells,
    rate_columns,
)
from gridsvc.documents.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Kind,
    Paragraph,
    Series,
    Table,
)
from gridsvc.documents.writing import said
from gridsvc.words import Words

COUNTED = {
    "received": Words("受理案件", "Cases received"),
    "whistles": Words("其中吹哨", "Of these whistles"),
    "solved": Words("核实结案", "Verified and closed"),
    "set_aside": Words("不予受理或并案", "Dismissed or merged"),
    "left_open": Words("期末在办", "Open at the end"),
    "overdue": Words("其中超期", "Of these overdue"),
    "supervised": Words("其中督办", "Of these supervised"),
}


def overview(figures: Figures, voice: Voice) -> list[Block]:
    """The head figures with the change against the period before."""
    now, before = figures["counts"], figures["counts_before"]
    blocks: list[Block] = [Paragraph(_lead(figures, voice), "lead")]
    whole, past = figures["whole"], figures["whole_before"]
    pairs: list[tuple[str, Figure, Figure]] = [
        (voice(words), Figure(now[code]), Figure(before[code])) for code, words in COUNTED.items()
    ]
    pairs += [
        (voice(one["name"]), rate(whole, one["code"]), rate(past, one["code"]))
        for one in whole["rates"]
    ]
    for one in whole["hours"]:
        for part, words in (("median", "中位数 median"), ("p90", "九成 p90")):
            zh, en = words.split()
            name = voice(f"{one['name']['zh']}{zh}（时）", f"{one['name']['en']}, {en}")
            code = one["code"]
            pairs.append((name, hours(whole, code, part), hours(past, code, part)))
    columns = [Column(voice("指标", "Figure"), 2.4, number=False)]
    columns += [Column(voice("本期", "This period")), Column(voice(figures["span_before"]))]
    rows: list[list[Any]] = [[name, a, b, change(a, b)] for name, a, b in pairs]
    columns.append(Column(voice("增减（率为百分点）", "Change (shares in points)"), 1.4))
    if figures["district_whole"]:
        columns.append(Column(voice("全区", "Whole district")))
        district = figures["district_whole"]
        beside: list[Cell] = [""] * len(COUNTED)
        beside += [rate(district, one["code"]) for one in whole["rates"]]
        beside += [
            hours(district, one["code"], part)
            for one in whole["hours"]
            for part in ("median", "p90")
        ]
        rows = [[*row, other] for row, other in zip(rows, beside, strict=True)]
    blocks.append(Table(voice("主要数据", "Main figures"), columns, rows, voice(TOO_FEW)))
    return blocks


def _lead(figures: Figures, voice: Voice) -> str:
    now, whole = figures["counts"], figures["whole"]
    if not now["received"] and not now["solved"]:
        return voice(
            f"{figures['span']['zh']}没有受理案件，也没有核实结案。",
            f"No case was received and none was closed in {figures['span']['en']}.",
        )
    shares = {}
    for code in ("response", "on_time", "satisfied"):
        figure = rate(whole, code)
        shares[code] = voice(NO_DATA) if figure.value is None else said(figure)
    more = now["received"] - figures["counts_before"]["received"]
    turned = f"增加{more:,}件" if more > 0 else f"减少{-more:,}件" if more else "持平"
    return voice(
        f"{figures['span']['zh']}受理案件{now['received']:,}件（较{figures['span_before']['zh']}"
        f"{turned}），其中吹哨{now['whistles']:,}件；核实结案{now['solved']:,}件；期末在办"
        f"{now['left_open']:,}件，其中超期{now['overdue']:,}件。部门响应率{shares['response']}，"
        f"按期结案率{shares['on_time']}，满意率{shares['satisfied']}。",
        f"{now['received']:,} cases were received in {figures['span']['en']} ({more:+,} against "
        f"{figures['span_before']['en']}), {now['whistles']:,} of them whistles; "
        f"{now['solved']:,} were verified and closed; {now['left_open']:,} were open at the end, "
        f"{now['overdue']:,} of them overdue. Response {shares['response']}, on time "
        f"{shares['on_time']}, satisfied {shares['satisfied']}.",
    )


def over_time(figures: Figures, voice: Voice) -> list[Block]:
    """Received and closed along the period."""
    told = figures["over_time"]
    daily = ABOUT[figures["kind"]].step == "day"
    series = [
        Series(voice("受理", "Received"), [one["received"] for one in told]),
        Series(voice("核实结案", "Closed"), [one["solved"] for one in told]),
    ]
    title = voice("逐日受理与结案（件）", "Received and closed by day")
    if not daily:
        title = voice("逐月受理与结案（件）", "Received and closed by month")
    labels = [one["label"][5:] if daily else one["label"] for one in told]
    return [
        Chart(title, labels, series, lines=daily, empty="" if told else voice(NOTHING)),
    ]


def departments(figures: Figures, voice: Voice) -> list[Block]:
    """Every department that was called, with its rates."""
    rows = [[voice(one["name"]), *rate_cells(one)] for one in figures["departments"]]
    columns = rate_columns(voice, figures["whole"], voice("部门", "Department"), 2.6)
    title = voice("各部门指标", "Departments")
    asked = sorted(
        (one for one in figures["departments"] if rate(one, "response").value is not None),
        key=lambda one: -(rate(one, "response").value or 0),
    )
    shares = [rate(one, "response").value for one in asked]
    return [
        Table(
            title,
            columns,
            rows,
            voice(TOO_FEW),
            voice("本期没有派遣部门。", "No department was called."),
        ),
        Chart(
            voice("各部门响应率", "Response rate by department"),
            [voice(one["name"]) for one in asked],
            [Series(voice("响应率", "Response rate"), shares)],
            Kind.SHARE,
            empty="" if asked else voice(NOTHING),
        ),
    ]


def units(figures: Figures, voice: Voice) -> list[Block]:
    """Every street, or every community of a street, with its rates."""
    per_street = ABOUT[figures["kind"]].per_street
    what = voice("社区", "Community") if per_street else voice("街道", "Street")
    columns = rate_columns(voice, figures["whole"], what, 2.2)
    columns.insert(1, Column(voice("受理", "Received")))
    rows = [[one["name"], Figure(one["cases"]), *rate_cells(one)] for one in figures["units"]]
    title = voice("各社区指标", "Communities") if per_street else voice("各街道指标", "Streets")
    empty = voice("网格中没有这一级。", "The grid has no such level.")
    return [Table(title, columns, rows, voice(TOO_FEW), empty)]
