"""The chapters of documents: each a pure function from figures to blocks, without its heading."""

from typing import Any

from gridsvc.circulars.figures import Figures, Shapes
from gridsvc.circulars.kinds import ABOUT
from gridsvc.circulars.saying import (
    NO_DATA,
    TOO_FEW,
    Voice,
    change,
    hours,
    rate,
    rate_cells,
    rate_columns,
)
from gridsvc.documents.blocks import (
    Area,
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Heading,
    Kind,
    Map,
    Paragraph,
    Series,
    Table,
)
from gridsvc.documents.writing import MISSING, said
from gridsvc.words import Words

MOST_CATEGORIES, MOST_GROWN, BEST = 15, 10, 3
SMALL = 10
# Of a month; longer times have more cases.
CASE_LIMITS = (5, 10, 20, 50)
HOUR_LIMITS = (12, 24, 36, 48, 72)
COUNTED = {
    "received": Words("受理案件", "Cases received"),
    "whistles": Words("其中吹哨", "Of these whistles"),
    "solved": Words("核实结案", "Verified and closed"),
    "set_aside": Words("不予受理或并案", "Dismissed or merged"),
    "left_open": Words("期末在办", "Open at the end"),
    "overdue": Words("其中超期", "Of these overdue"),
    "supervised": Words("其中督办", "Of these supervised"),
}
NOTHING = Words("本期没有。", "None in this period.")


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
