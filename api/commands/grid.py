"""Commands about the grid: import, editions, export, and locating a file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from sqlalchemy.orm import Session

from api.terminal import only_district, out, steps
from gridsvc.datum import Datum
from gridsvc.errors import BadInput

if TYPE_CHECKING:
    from geodata.findings import Finding
    from geodata.importing import Imported
    from gridsvc.tables.grid import District

# A longer list is for a file.
MOST_PRINTED = 60

app = typer.Typer()


@app.command("import")
def import_(
    recipe: Annotated[str, typer.Argument(help="导入方案名或文件 recipe name or file")],
    folder: Annotated[Path, typer.Argument(help="数据目录 folder with the files")],
    write: Annotated[bool, typer.Option(help="写入并发布；否则只试运行 write and publish")] = False,
    stage: Annotated[bool, typer.Option(help="只写入为待发布版本 write, do not publish")] = False,
    crs: Annotated[str | None, typer.Option(help="文件没有坐标系时所用，如 EPSG:4543")] = None,
    datum: Annotated[Datum | None, typer.Option(help="经纬度的基准 datum of degrees")] = None,
    layer: Annotated[str | None, typer.Option(help="文件含多个图层时所用 layer")] = None,
    findings: Annotated[
        Path | None, typer.Option(help="检查结果写入 .geojson 或 .csv write the findings")
    ] = None,
) -> None:
    """导入并发布一个辖区的网格。Import a district's grid; a dry run unless --write or --stage."""
    from geodata import findings as noticed
    from geodata import importing
    from geodata import recipe as recipes
    from gridsvc import db

    wanted, answers = recipes.read(recipe), recipes.Answers(crs, datum, layer)
    with db.new_session() as session, steps() as say:
        now = datetime.now(UTC)
        done = importing.run(session, wanted, folder, now, say, answers, only_stage=stage)
        if write or stage:
            session.commit()
            db.analyze()
    if findings:
        noticed.write(done.findings, findings)
    _print_findings(done.findings)
    out.print(
        f"{done.district}: {done.units:,} units, {done.points:,} address points, "
        f"{len(done.findings)} findings; {_outcome(done, write or stage)}"
    )


def _print_findings(found: list["Finding"]) -> None:
    table = Table("级别", "种类", "单元", "说明 / what was found")
    for finding in found[:MOST_PRINTED]:
        table.add_row(finding.severity, finding.kind, finding.unit, "\n".join(finding.text))
    if found:
        out.print(table)
    if len(found) > MOST_PRINTED:
        out.print(f"… {len(found) - MOST_PRINTED:,} more: --findings FILE")


def _outcome(done: "Imported", written: bool) -> str:
    if not written:
        return "dry run, nothing written (--write, --stage)"
    return f"edition {done.edition} {'published' if done.published else 'staged, not published'}"


@app.command()
def editions(
    publish: Annotated[int | None, typer.Option(help="发布此版本；旧版本即回退 publish")] = None,
    compare: Annotated[tuple[int, int] | None, typer.Option(help="比较两版 compare two")] = None,
    rejudge: Annotated[bool, typer.Option(help="按现行版本重新研判未结案件")] = False,
    login: Annotated[str | None, typer.Option(help="以哪个账号 login for --rejudge")] = None,
    reason: Annotated[str | None, typer.Option(help="原因 why")] = None,
    district: Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")] = None,
) -> None:
    """网格版本：列出、比较、发布、回退。List editions of the grid; compare, publish, roll back."""
    from gridsvc import db
    from gridsvc import editions as kept
    from gridsvc.tables.grid import District

    now = datetime.now(UTC)
    with db.transaction() as session:
        code = district or only_district(session)
        if compare:
            _print_changes(session, session.get_one(District, code), *compare)
            return
        if publish:
            kept.publish(session, code, publish, kept.Change("cli", now, reason))
        if rejudge:
            _rejudge(session, login, now)
        table = Table("版本", "现行", "单元", "错误", "提示", "入库", "首次发布", "来源 source")
        for one in kept.listed(session, code):
            units = sum((one.units or {}).values())
            times = (str(one.staged_at)[:16], str(one.published_at or "—")[:16])
            counts = (f"{units:,}", str(one.errors), str(one.warnings))
            table.add_row(str(one.no), "●" if one.answering else "", *counts, *times, one.source)
    out.print(table)


def _print_changes(session: Session, district: "District", old: int, new: int) -> None:
    from geodata import compare

    found = compare.compare(session, district, old, new)
    table = Table("变化", "级", "原 old", "新 new", "m²", "户", "未结案件 open")
    for change in found.changes[:MOST_PRINTED]:
        sides = (
            "、".join(f"{u.name}({u.code})" for u in side) for side in (change.old, change.new)
        )
        households = "—" if change.households is None else f"{change.households:,}"
        figures = (f"{change.area_m2:,.0f}", households, f"{change.open_cases:,}")
        table.add_row(change.kind, str(change.level), *sides, *figures)
    out.print(table)
    out.print({level: f"{a:,} → {b:,}" for level, (a, b) in found.units.items()}, found.counts())


def _rejudge(session: Session, login: str | None, now: datetime) -> None:
    from gridsvc import accounts, rejudge

    if login is None:
        raise BadInput(zh="请用 --login 指定账号。", en="Name an account with --login.")
    done, left = rejudge.apply(session, accounts.by_login(session, login), now)
    out.print(rejudge.summary(done), f"moved meanwhile: {len(left)}")


@app.command()
def export(
    no: Annotated[int, typer.Argument(help="版本 edition")],
    file: Annotated[Path, typer.Argument(help=".gpkg .parquet .geojson .xlsx")],
    crs: Annotated[int, typer.Option(help="4326 或 4490（CGCS2000）")] = 4326,
    district: Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")] = None,
) -> None:
    """导出一个网格版本。Write an edition of the grid to a file."""
    from geodata import exporting
    from gridsvc import db
    from gridsvc.tables.grid import District

    with db.transaction() as session, steps() as say:
        held = session.get_one(District, district or only_district(session))
        units = exporting.export(session, held, no, file, crs, say)
    out.print(f"{file}: {units:,} units", markup=False)


@app.command()
def locate(
    source: Annotated[
        Path, typer.Argument(help="CSV、Parquet 或任何可导入的文件 a file of points")
    ],
    target: Annotated[Path, typer.Argument(help="结果 .csv 或 .parquet the answers")],
    lon: Annotated[str, typer.Option(help="经度列 column")] = "lon",
    lat: Annotated[str, typer.Option(help="纬度列 column")] = "lat",
    accuracy: Annotated[str | None, typer.Option(help="误差半径（米）的列 column")] = None,
    datum: Annotated[Datum, typer.Option(help="坐标基准 datum")] = Datum.WGS84,
    nearest: Annotated[float, typer.Option(help="最近楼栋的最大距离（米）metres")] = 15.0,
    edition: Annotated[int | None, typer.Option(help="版本；默认现行 edition")] = None,
    district: Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")] = None,
) -> None:
    """为文件中的每个点确定网格归属。Find the grid units of every point of a file."""
    from geodata import locatefile
    from gridsvc import db, snapshot

    with db.transaction() as session, steps() as say:
        say("loading the grid")
        facts = snapshot.current(session, district or only_district(session))
        grid = snapshot.grid_of(session, facts.district, edition or facts.grid.edition)
        columns = locatefile.Columns(lon, lat, accuracy)
        done = locatefile.locate(grid, source, target, columns, datum, nearest, say)
    out.print(f"{target}: {done.rows:,} rows, {done.located:,} in the grid", markup=False)


@app.command()
def areas(
    source: Annotated[Path, typer.Argument(help="含地址列的 CSV a CSV file with addresses")],
    target: Annotated[Path, typer.Argument(help="结果 CSV the answers")],
    column: Annotated[str, typer.Option(help="地址列 column")] = "address",
) -> None:
    """为文件中的每个地址标出所在区县。Mark every address of a file with the district it names."""
    from geodata import areasfile

    done = areasfile.mark(source, target, column)
    out.print(f"{target}: {done.rows:,} rows, {done.found:,} with a district", markup=False)
