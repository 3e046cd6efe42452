"""Commands about documents of a period; and a matter reported, by the same first word."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from typer.core import TyperGroup

from api.terminal import only_district, out, steps
from gridsvc.datum import Datum
from gridsvc.errors import BadInput, Lang

if TYPE_CHECKING:
    from gridsvc.circulars.kinds import CircularKind


class Either(TyperGroup):
    """What is no document is a matter that somebody reports."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        known = self.get_command(ctx, args[0]) is not None
        return super().resolve_command(ctx, args if known else ["matter", *args])


app = typer.Typer(
    cls=Either,
    no_args_is_help=True,
    help="制作通报等文件；或上报一件事。Documents of a period; or report a matter.",
)

Period = Annotated[str, typer.Argument(help="2026-10, 2026-Q4, 2026-H2, 2026")]
Out = Annotated[Path, typer.Option("--out", "-o", help="写入 .pdf、.docx 或 .xlsx file to write")]
Speech = Annotated[str, typer.Option(help="zh 或 en")]
Where = Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")]


@app.command()
def monthly(period: Period, file: Out, lang: Speech = "zh", district: Where = None) -> None:
    """月通报。The monthly circular."""
    from gridsvc.circulars.kinds import CircularKind

    _write(CircularKind.MONTHLY, period, file, lang, district)


@app.command()
def quarterly(period: Period, file: Out, lang: Speech = "zh", district: Where = None) -> None:
    """季调度。The quarterly review."""
    from gridsvc.circulars.kinds import CircularKind

    _write(CircularKind.QUARTERLY, period, file, lang, district)


@app.command()
def yearly(period: Period, file: Out, lang: Speech = "zh", district: Where = None) -> None:
    """年总结。The yearly summary."""
    from gridsvc.circulars.kinds import CircularKind

    _write(CircularKind.YEARLY, period, file, lang, district)


@app.command("half-yearly")
def half_yearly(
    period: Period,
    file: Out,
    unit: Annotated[str, typer.Option(help="街道代码 code of the street")],
    lang: Speech = "zh",
    district: Where = None,
) -> None:
    """街道半年报告。The half-yearly report of a street."""
    from gridsvc.circulars.kinds import CircularKind

    _write(CircularKind.HALF_YEARLY, period, file, lang, district, unit)


def _write(
    kind: "CircularKind",
    period: str,
    file: Path,
    lang: str,
    district: str | None,
    unit: str | None = None,
) -> None:
    from gridsvc import db, snapshot
    from gridsvc.circulars import keeping
    from gridsvc.circulars.kinds import Wish
    from gridsvc.documents.formats import Format, write
    from gridsvc.rules import spans

    ending = file.suffix.lstrip(".").lower()
    if ending not in {form.value for form in Format}:
        known = "、".join(f".{form}" for form in Format)
        raise BadInput(
            zh=f"文件名应以{known}结尾：{file}。", en=f"The file must end in {known}: {file}."
        )
    speech: Lang = "en" if lang == "en" else "zh"
    now = datetime.now(UTC)
    with db.transaction() as session, steps() as say:
        say("counting")
        facts = snapshot.current(session, district or only_district(session))
        wish = Wish(kind, spans.read(period), unit)
        document = keeping.composed(session, facts, wish, now, speech)[1]
        say("writing")
        file.write_bytes(write(document, Format(ending), now))
    out.print(f"{file} ({file.stat().st_size / 1e6:.1f} MB)", markup=False)


@app.command()
def ledger(
    file: Annotated[Path, typer.Option("--out", "-o", help="写入 .xlsx file to write")],
    period: Annotated[str | None, typer.Option(help="受理于此期间 2026-10, 2026-Q4 …")] = None,
    unit: Annotated[str | None, typer.Option(help="网格单元代码 unit and all below")] = None,
    department: Annotated[str | None, typer.Option(help="部门代码")] = None,
    district: Where = None,
) -> None:
    """工作台账。The ledger of every case, as a workbook."""
    from geodata import ledgersheets
    from gridsvc import db, snapshot
    from gridsvc import ledger as records
    from gridsvc.rules import spans

    with db.transaction() as session, steps() as say:
        say("writing")
        facts = snapshot.current(session, district or only_district(session))
        zone = facts.rules.calendar.zone
        since, until = spans.read(period).bounds(zone) if period else (None, None)
        asked = {"since": since, "until": until, "unit": unit, "department": department}
        filters = {name: value for name, value in asked.items() if value is not None}
        found = records.lines(session, facts, filters, datetime.now(UTC))
        count = ledgersheets.write(found, zone, file)
    out.print(f"{file} ({count:,})", markup=False)


@app.command()
def due() -> None:
    """制作并留存到期文件（后台进程也会做）。Make and keep what is due, as the worker does."""
    from gridsvc.circulars import keeping

    made = keeping.make_due(datetime.now(UTC))
    out.print(f"已制作 made: {made.made}；失败 failed: {made.failed}", markup=False)
    if made.failed:
        raise typer.Exit(1)


@app.command()
def kept(district: Where = None) -> None:
    """列出已留存的文件。The documents that were kept."""
    from gridsvc import db
    from gridsvc.circulars import keeping

    shown = Table("", "标题 title", "制作 made", "由 by", "SHA-256 (pdf)")
    with db.transaction() as session:
        for row in keeping.listed(session, district or only_district(session)):
            sha = next((one["sha256"] for one in row.files if one["format"] == "pdf"), "")
            made = f"{row.made_at:%Y-%m-%d %H:%M}"
            shown.add_row(str(row.no), row.title, made, row.made_by or "—", sha[:16])
    out.print(shown)


@app.command()
def matter(
    text: Annotated[str, typer.Argument(help="内容 what is the matter")],
    login: Annotated[str, typer.Option(help="以哪个账号上报 login that reports")],
    lon: Annotated[float | None, typer.Option(help="经度")] = None,
    lat: Annotated[float | None, typer.Option(help="纬度")] = None,
    datum: Annotated[Datum, typer.Option(help="坐标系")] = Datum.WGS84,
    address: Annotated[str | None, typer.Option(help="地址")] = None,
    category: Annotated[str | None, typer.Option(help="类别代码")] = None,
    channel: Annotated[str, typer.Option(help="渠道代码")] = "hotline",
) -> None:
    """上报一件事，并说明归谁、为什么。File a report and say who answers for it, and why."""
    from gridsvc import accounts, db, intake
    from gridsvc.locate import Location

    told = intake.Submission(
        Location(lon, lat, datum, None, address),
        category,
        text,
        channel,
        intake.Reporter(),
        None,
        b"",
    )
    with db.transaction() as session:
        answer = intake.receive(session, accounts.by_login(session, login), told, datetime.now(UTC))
    out.print_json(data=answer, default=str, ensure_ascii=False)
