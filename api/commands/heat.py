"""Heat maps as files, and what is more than usual."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.terminal import only_district, out
from gridsvc.errors import BadInput, Lang

app = typer.Typer(help="热力图与异常提示。Heat maps, hot spots, alerts.", no_args_is_help=True)
Where = Annotated[str | None, typer.Option("--district", help="辖区代码；默认唯一的辖区")]
Days = Annotated[int, typer.Option(min=1, max=3_650, help="截至今日的天数 days up to today")]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="最后一日 last day; today")
]
Out = Annotated[Path, typer.Option("--out", "-o", help=".html .png .xlsx .gpkg .geojson")]


@app.command(name="map")
def map_(
    file: Out,
    measure: Annotated[
        str, typer.Option(help="指标 measure: count, close_median, late …")
    ] = "count",
    by: Annotated[str, typer.Option(help="unit, hexagon, smooth")] = "unit",
    spots: Annotated[bool, typer.Option("--spots", help="热点 hot spots instead")] = False,
    level: Annotated[int, typer.Option(help="单元层级 level of units")] = 3,
    resolution: Annotated[int, typer.Option(help="六边形 H3 resolution, 7-10")] = 8,
    days: Days = 90,
    until: Day = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="与之前同长时段对比 with as many days before")
    ] = False,
    lang: Annotated[Lang, typer.Option(help="zh, en")] = "zh",
    district: Where = None,
) -> None:
    """一个时段的热力图或热点图。A heat map of a period, or its hot spots."""
    from gridsvc import db, snapshot
    from gridsvc.heat import spotting, surfaces
    from gridsvc.heat.questions import Question
    from gridsvc.rules.rates import Period
    from maps.themes import Desk, Form, write

    form, now = file.suffix.lstrip(".").lower(), datetime.now(UTC)
    if form not in set(Form):
        raise BadInput(zh=f"可写入：{'、'.join(Form)}。", en=f"Formats: {', '.join(Form)}.")
    with db.transaction() as session:
        facts = snapshot.current(session, district or only_district(session))
        zone = facts.rules.calendar.zone
        last = (until or now.astimezone(zone)).date() + timedelta(days=1)
        edges = [
            datetime.combine(last - timedelta(days=days * back), time(), zone) for back in (0, 1, 2)
        ]
        asked = Question(
            measure,
            Period(edges[1], edges[0]),
            by,
            level,
            resolution,
            against=Period(edges[2], edges[1]) if compare else None,
        )
        found = (spotting.spots if spots else surfaces.surface)(session, facts, asked)
        file.write_bytes(write(found.theme, Form(form), Desk(session, facts, now, lang)))
    out.print(
        f"{file} ({file.stat().st_size / 1e3:,.0f} kB)，共 counted {found.totals.counted:,}，"
        f"图上 on the map {found.totals.on_map:,}",
        markup=False,
    )


@app.command()
def alerts(
    days: Days = 14,
    look: Annotated[
        bool, typer.Option("--look", help="先核对昨日 look at yesterday first, unless done")
    ] = False,
    district: Where = None,
) -> None:
    """多于同星期、同季节通常件数的。What was more than usual for the weekday and season."""
    from gridsvc import db, snapshot
    from gridsvc.heat import alerts as unusual

    now = datetime.now(UTC)
    table = Table(
        "号 no", "日期 day", "天数 days", "对象 what", "件 cases", "通常 usual", "状态 state"
    )
    with db.transaction() as session:
        rules = snapshot.rules(session, district or only_district(session))
        if look:
            unusual.sweep(session, rules, now)
        since = now.astimezone(rules.calendar.zone).date() - timedelta(days=days)
        for one in unusual.listed(session, rules.district, since):
            state = "已排除 dismissed" if one.dismissed_at else "待核对 open"
            state = "无新情况 nothing new" if one.covered_by else state
            figures = (str(one.cases), f"{one.usual:.1f}")
            table.add_row(str(one.no), str(one.day), str(one.days), one.name, *figures, state)
    out.print(table)
