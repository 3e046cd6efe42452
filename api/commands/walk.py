"""Commands about walking: streets imported and put in use, and what is within reach."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from api.terminal import only_district, out, steps
from gridsvc.datum import Datum
from gridsvc.errors import BadInput

if TYPE_CHECKING:
    from geodata.streets.laying import Laid
    from maps.themes import Form

app = typer.Typer(help="步行路网与可达。Streets to walk on, and what is within reach.")
DISTRICT = Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")]


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help=".osm .osm.gz .osm.pbf，或线图层 or a layer of lines")
    ],
    write: Annotated[bool, typer.Option(help="写入并启用；否则只试运行 write and use")] = False,
    district: DISTRICT = None,
    source: Annotated[str | None, typer.Option(help="来源；默认文件名 where it is from")] = None,
    attribution: Annotated[str, typer.Option(help="版权说明 whom to credit")] = "",
    crs: Annotated[str | None, typer.Option(help="文件没有坐标系时所用，如 EPSG:4543")] = None,
    datum: Annotated[Datum | None, typer.Option(help="经纬度的基准 datum of degrees")] = None,
    layer: Annotated[str | None, typer.Option(help="文件含多个图层时所用 layer")] = None,
    level: Annotated[str | None, typer.Option(help="区分桥梁与地面的字段 field")] = None,
    join: Annotated[float, typer.Option(min=0, max=50, help="端点相距多少米内相连")] = 0.5,
    ways: Annotated[Path | None, typer.Option(help="可步行道路表 what can be walked")] = None,
    findings: Annotated[
        Path | None, typer.Option(help="检查结果写入 .geojson 或 .csv write the findings")
    ] = None,
) -> None:
    """导入步行路网。Import streets to walk on; a dry run unless --write."""
    from geodata import findings as noticed
    from geodata.reading import Options
    from geodata.streets import laying, osm
    from geodata.streets.lines import Weaving
    from gridsvc import db, snapshot
    from gridsvc.tables.grid import District
    from gridsvc.walking import homes

    with db.transaction() as session, steps() as say:
        say("loading the grid")
        facts = snapshot.current(session, district or only_district(session))
        lived_in = homes.load(session, facts.district, facts.grid)
        srid = session.get_one(District, facts.district).metric_srid
        say("reading the streets")
        options = Options(layer=layer, assumed_crs=crs, datum=datum)
        table, how = osm.walkable(ways), Weaving(level, join)
        raw = laying.read(file, laying.around(lived_in), srid, options, how, table, say)
        say("looking at the network")
        about = laying.About(source or file.name, attribution)
        done = laying.lay(session, facts, raw, about, datetime.now(UTC), lived_in)
        if not write or not done.in_use:
            session.rollback()
    if findings:
        noticed.write(done.findings, findings)
    _print(done, write)


def _print(done: "Laid", written: bool) -> None:
    table = Table("级别", "说明 / what was found")
    for finding in done.findings:
        table.add_row(finding.severity, "\n".join(finding.text))
    if done.findings:
        out.print(table)
    outcome = "dry run, nothing written (--write)"
    if written:
        outcome = f"network {done.no} in use" if done.in_use else "not written: see the errors"
    out.print(
        f"{done.ways:,} ways, {done.stretches:,} stretches, {done.kilometres:,.0f} km in "
        f"{done.islands:,} parts; {outcome}",
        markup=False,
    )


@app.command()
def networks(
    use: Annotated[int | None, typer.Option(help="启用第几号；0为不用 use (0: none)")] = None,
    district: DISTRICT = None,
) -> None:
    """列出路网，或启用其中一个。List networks, or let one answer."""
    from gridsvc import db
    from gridsvc.walking import networks as kept

    with db.transaction() as session:
        code = district or only_district(session)
        if use is not None:
            kept.use(session, code, use or None)
        table = Table("路网", "启用", "来源 source", "路段 stretches", "km", "片 parts", "入库")
        for one in kept.listed(session, code):
            figures = (f"{one.stretches:,}", f"{one.metres / 1000:,.0f}", f"{one.islands:,}")
            sign = "●" if one.in_use else ""
            table.add_row(str(one.no), sign, one.source, *figures, str(one.made_at)[:16])
    out.print(table)


def _form(file: Path) -> "Form":
    from maps.themes import Form

    ending = file.suffix.lstrip(".").lower()
    if ending not in list(Form):
        some = "、".join(f".{one.value}" for one in Form)
        raise BadInput(zh=f"文件名应以 {some} 结尾。", en=f"The file's name ends in one of {some}.")
    return Form(ending)


@app.command()
def reach(
    type_: Annotated[str | None, typer.Argument(help="设施类型；默认全部 facility type")] = None,
    day: Annotated[str | None, typer.Option(help="日期；默认今天 day")] = None,
    minutes: Annotated[float | None, typer.Option(min=1, max=120, help="分钟 minutes")] = None,
    level: Annotated[int, typer.Option(min=1, max=4, help="文件按哪一级 level of the file")] = 3,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", help=".html .png .xlsx .gpkg .geojson")
    ] = None,
    lang: Annotated[str, typer.Option(help="zh 或 en")] = "zh",
    district: DISTRICT = None,
) -> None:
    """各类设施步行可达的户数。Households within reach of each type of facility on foot."""
    from gridsvc import db, snapshot
    from gridsvc.walking import summary, themes, walk
    from maps import themes as files
    from maps.themes import Desk

    now = datetime.now(UTC)
    with db.transaction() as session, steps() as say:
        say("measuring")
        facts = snapshot.current(session, district or only_district(session))
        on = date.fromisoformat(day) if day else now.astimezone(facts.rules.calendar.zone).date()
        asked = summary.Question(on, minutes)
        if file:
            if type_ is None:
                raise BadInput(zh="写文件时请指定设施类型。", en="Name a type for a file.")
            found, about = summary.reach_of(session, facts, type_, asked)
            held = walk.current(session, facts)
            theme = themes.of_reach(session, facts, held, found, about, level)
            form = _form(file)
            file.write_bytes(files.write(theme, form, Desk(session, facts, now, lang)))  # type: ignore[arg-type]
        told = summary.by_type(session, facts, asked, type_)
    table = Table("类型 type", "设施", "户数 households", "可达", "%", "不可达", "附近无路")
    none = [line.name.zh for line in told.lines if not line.open]
    for code, name, count, line in told.lines:
        if not count and type_ is None:
            continue
        share = "—" if line.share is None else f"{line.share:.1%}"
        figures = (line.households, line.reached)
        shown = (*(f"{n:,}" for n in figures), share, f"{line.unserved:,}", f"{line.untold:,}")
        table.add_row(f"{name.zh} {code}", str(count), *shown)
    out.print(table)
    if none and type_ is None:
        out.print(f"没有一处开放 none open: {'、'.join(none)}", markup=False)
    out.print(f"{told.basis.zh} {told.basis.en}", markup=False)
