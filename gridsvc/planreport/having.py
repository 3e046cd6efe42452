"""Chapters on what there is: the street beside the district, gaps in their order, facilities."""

from typing import Any

from gridsvc.documents.blocks import Block, Cell, Column, Figure, Kind, Paragraph, Table
from gridsvc.planning import coverage, ground
from gridsvc.planning.ground import COMMUNITY, DISTRICT
from gridsvc.planreport.subject import Subject
from gridsvc.themes import Theme
from gridsvc.walking import services
from gridsvc.words import Words


def overview(about: Subject) -> list[Block]:
    """The street beside the district."""
    given = coverage.given(about.session, about.facts, about.day)
    units = given.units
    district = units.of_level(DISTRICT)[:1]
    mine = [units.at[about.unit]] if about.unit else []
    rows: list[list[Cell]] = []
    for row in dict.fromkeys([*mine, *district]):
        line = coverage.line(given, row)
        below = [
            coverage.line(given, one)
            for one in coverage.rows_of(units, COMMUNITY, units.codes[row])
        ]
        told = [one["met"] for one in below]
        short = sum(one["shortfall_m2"] or 0.0 for one in below)
        rows.append(
            [
                line["name"],
                Figure(line["households"]),
                Figure(line["area_m2"], Kind.ONE),
                _per_100(line),
                Figure(told.count(True)),
                Figure(told.count(False)),
                Figure(told.count(None)),
                Figure(short, Kind.WHOLE),
            ]
        )
    columns = [
        Column(about.say("名称", "Name"), 2, number=False),
        Column(about.say("户数", "Households")),
        Column(about.say("服务设施面积（平方米）", "Facility area (m²)"), 1.3),
        Column(about.say("每百户面积", "Per 100 households")),
        Column(about.say("达标社区", "Communities that meet it")),
        Column(about.say("未达标社区", "below it")),
        Column(about.say("无法判断", "cannot tell")),
        Column(about.say("各社区缺口合计（平方米）", "Shortfall of communities (m²)"), 1.3),
    ]
    standard = f"{given.standard:g}"
    title = about.say(
        f"每百户居民拥有社区综合服务设施面积（标准：不低于{standard}平方米）",
        f"Floor area of facilities per 100 households (standard: at least {standard} m²)",
    )
    return [Table(title, columns, rows)]


def _per_100(line: dict[str, Any]) -> Cell:
    """The figure; where some area was never measured, at least what the rest comes to."""
    if line["no_data"] == "area_unknown" and line["households"]:
        return f"≥ {line['area_m2'] / line['households'] * 100:,.1f}"
    return Figure(line["per_100_households"], Kind.ONE)


def gaps(about: Subject, theme: Theme) -> list[Block]:
    """Communities below the standard, the largest shortfall first, and those of which nothing can
    be said."""
    short = sorted(
        (row for row in theme.rows if row["met"] is False), key=lambda row: -row["shortfall_m2"]
    )
    unknown = [row for row in theme.rows if row["met"] is None]
    columns = [
        Column(about.say("名次", "Place"), 0.6),
        Column(about.say("社区", "Community"), 2, number=False),
        Column(about.say("户数", "Households")),
        Column(about.say("现有面积（平方米）", "Area (m²)")),
        Column(about.say("每百户面积", "Per 100 households")),
        Column(about.say("缺口（平方米）", "Shortfall (m²)")),
    ]
    rows: list[list[Cell]] = [
        [
            Figure(place),
            row["name"],
            Figure(row["households"]),
            Figure(row["area_m2"], Kind.ONE),
            Figure(row["per_100_households"], Kind.ONE),
            Figure(row["shortfall_m2"], Kind.ONE),
        ]
        for place, row in enumerate(short, 1)
    ]
    none = about.say("没有低于标准的社区。", "No community is below the standard.")
    title = about.say("低于标准的社区", "Communities below the standard")
    blocks: list[Block] = [Table(title, columns, rows, empty=none)]
    if unknown:
        said = [f"{row['name']}（{about.words(row['reason'])}）" for row in unknown]
        joined = about.joined(said)
        blocks.append(
            Paragraph(about.say(f"无法判断：{joined}。", f"Cannot be told: {joined}."), "small")
        )
    return blocks


def facilities(about: Subject) -> list[Block]:
    """The counted facilities here that are open on the day."""
    standing = ground.standing(about.session, about.facts.district, about.day)
    names = services.types(about.session, about.facts.district)
    rows: list[list[Cell]] = []
    for row, chain in enumerate(standing.chains):
        if not standing.counts[row] or (about.unit and about.unit not in chain):
            continue
        kind, area = standing.types[row], float(standing.areas[row])
        rows.append(
            [
                standing.names[row],
                about.words(names.get(kind, Words(kind, kind))),
                Figure(None if area != area else area, Kind.ONE),
            ]
        )
    columns = [
        Column(about.say("名称", "Name"), 3, number=False),
        Column(about.say("类型", "Type"), 2, number=False),
        Column(about.say("建筑面积（平方米）", "Floor area (m²)")),
    ]
    title = about.say("计入标准的开放设施", "Open facilities that count toward the standard")
    none = about.say("没有计入标准的开放设施。", "No facility that counts is open.")
    return [Table(title, columns, rows, empty=none)]
