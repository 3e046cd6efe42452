"""Chapters on the standards, and on how to count again."""

from gridsvc.documents.blocks import Block, Cell, Column, Paragraph, Table
from gridsvc.planning import standards
from gridsvc.planreport.subject import Subject
from gridsvc.tables.grid import Edition
from gridsvc.themes import Theme

MOST_NAMED = 12


def held_to(about: Subject) -> list[Block]:
    """Every standard that can be answered, and which of the units here miss it."""
    rows: list[list[Cell]] = []
    told = standards.judge(about.session, about.facts, about.day)
    for standard, verdict in told:
        if standard.measure is None:
            continue
        grid = about.facts.grid
        names = [
            unit.name
            for code in verdict.lacking[:200]
            if about.holds(code) and (unit := grid.unit(code)) is not None
        ]
        shown = about.joined(names[:MOST_NAMED])
        more = f" …（{len(names)}）" if len(names) > MOST_NAMED else ""
        rows.append(
            [
                about.words(standard.name),
                _met(about, verdict.met),
                f"{shown}{more}" or (about.words(verdict.why) if verdict.why else "—"),
                standard.source,
            ]
        )
    columns = [
        Column(about.say("标准", "Standard"), 3, number=False),
        Column(about.say("全区结论", "District"), 0.9, number=False),
        Column(about.say("本范围内缺少的单元", "Units here that miss it"), 3, number=False),
        Column(about.say("出处", "Source"), 1.6, number=False),
    ]
    left = sum(standard.measure is None for standard, _ in told)
    title = about.say("可由本系统数据回答的标准", "Standards that our data can answer")
    note = about.say(
        f"另有{left}项标准缺少数据，无法判断；所需数据见系统“各项标准”。",
        f"{left} more cannot be told for want of data; the page of standards says what each needs.",
    )
    return [Table(title, columns, rows, note)]


def _met(about: Subject, met: bool | None) -> str:
    if met is None:
        return about.say("无法判断", "Cannot tell")
    return about.say("达到", "Met") if met else about.say("未达到", "Missed")


def sources(about: Subject, edition: Edition, theme: Theme) -> list[Block]:
    """How to count again."""
    day = about.day.isoformat()
    unit = f"&unit={about.unit}" if about.unit else ""
    return [
        Paragraph(about.words(theme.note), "small"),
        Paragraph(
            about.say(
                f"网格版本{edition.no}（{edition.attribution}）；设施以{day}当日为准。",
                f"Grid edition {edition.no} ({edition.attribution}); facilities as of {day}.",
            ),
            "small",
        ),
        *(
            Paragraph(asked, "small")
            for asked in (
                f"GET /api/coverage?level=3&day={day}{unit}",
                f"GET /api/standards?day={day}",
                f"GET /api/walking?day={day}",
                "POST /api/siting/solve",
            )
        ),
    ]
