"""Commands for planners: coverage, standards, the register of facilities, the report."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table

from api.terminal import only_district, out, steps
from gridsvc.errors import BadInput, Lang
from gridsvc.permit import check

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from gridsvc.snapshot import Snapshot
    from maps.themes import Form

app = typer.Typer(help="规划：设施、覆盖、标准、报告。Facilities, coverage, standards, report.")
Where = Annotated[str | None, typer.Option("--district", help="辖区代码；默认唯一的辖区")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="截至日期 as of a day")]
Out = Annotated[Path, typer.Option("--out", "-o", help="写入的文件 file to write")]
Speech = Annotated[str, typer.Option("--lang", help="zh, en")]
Level = Annotated[int, typer.Option(min=1, max=5, help="层级 level")]
Unit = Annotated[str | None, typer.Option(help="只看该单元之内 only within a unit")]


@app.command()
def coverage(
    level: Level = 3,
    unit: Unit = None,
    day: Day = None,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", help=".html .png .xlsx .gpkg .geojson")
    ] = None,
    lang: Speech = "zh",
    district: Where = None,
) -> None:
    """每百户设施面积。Facility area per 100 households, as a table or a file."""
    from gridsvc import db
    from gridsvc.planning import coverage as coverages
    from maps.themes import Desk, write

    now, speech = datetime.now(UTC), _speech(lang)
    with db.transaction() as session:
        facts, on = _facts(session, district, day, now)
        if file is None:
            rows = coverages.by_unit(session, facts, level, on, unit)
            return _print_coverage(rows)
        form = _form(file)
        theme = coverages.theme(session, facts, on, level, unit)
        file.write_bytes(write(theme, form, Desk(session, facts, now, speech)))
    out.print(f"{file} ({file.stat().st_size / 1e3:,.0f} kB)", markup=False)


def _print_coverage(rows: Sequence[dict[str, Any]]) -> None:
    table = Table("编码 code", "名称 name", "户数", "面积 m²", "每百户", "缺口 m²", "")
    for row in rows:
        figures = (row["households"], row["area_m2"], row["per_100_households"])
        told = ["—" if value is None else f"{value:,.1f}" for value in figures]
        short = row["shortfall_m2"]
        reason = row["reason"].zh if row["reason"] else "" if row["met"] else "未达标"
        table.add_row(row["code"], row["name"], *told, f"{short:,.0f}" if short else "", reason)
    out.print(table)


@app.command()
def standards(day: Day = None, district: Where = None) -> None:
    """各项标准：达到、未达到、无法判断。Every standard: met, missed, cannot be told."""
    from gridsvc import db
    from gridsvc.planning import standards as judged

    words = {True: "达到 met", False: "未达到 missed", None: "无法判断 unknown"}
    table = Table("标准 standard", "结论 verdict", "现状 value", "单元 units", "出处 source")
    with db.transaction() as session:
        facts, on = _facts(session, district, day, datetime.now(UTC))
        for standard, verdict in judged.judge(session, facts, on):
            value = "—" if verdict.value is None else f"{verdict.value:,.1f}"
            units = f"{verdict.having}/{verdict.total}" if verdict.total > 1 else ""
            name = standard.name.zh
            table.add_row(name, words[verdict.met], value, units, standard.source)
    out.print(table)


@app.command("facilities")
def facilities(
    file: Annotated[
        Path | None, typer.Argument(help="导入的 .xlsx .geojson .gpkg .csv … file to hand in")
    ] = None,
    write: Annotated[bool, typer.Option(help="写入；否则只对比 keep it")] = False,
    to: Annotated[Path | None, typer.Option("--out", "-o", help="导出 .xlsx")] = None,
    login: Annotated[str, typer.Option(help="以谁的名义 in whose name")] = "planner",
    district: Where = None,
) -> None:
    """设施登记的导入与导出。The register of facilities, in and out."""
    from geodata import facilitysheets
    from gridsvc import accounts, db
    from gridsvc.errors import FacilityRefused
    from gridsvc.planning import register
    from gridsvc.words import Words

    now = datetime.now(UTC)
    with db.transaction() as session:
        facts, _ = _facts(session, district, None, now)
        kinds = register.types(session, facts.district)
        names = {kind.code: Words(kind.name_zh, kind.name_en) for kind in kinds}
        if to is not None:
            held = register.periods(session, facts.district)
            rows = [period for periods in held.values() for period in periods]
            facilitysheets.write(rows, names, to)
            return out.print(f"{to} ({len(rows):,})", markup=False)
        if file is None:
            raise BadInput(zh="请写明要导入的文件，或 --out。", en="Name a file, or --out.")
        try:
            found, lines = facilitysheets.read_file(file, names, facts.rules)
            if write:
                account = accounts.by_login(session, login)
                told = register.keep(session, facts, account, found, file.name, now, lines)
            else:
                told = register.compare(session, facts, found, lines)
        except FacilityRefused as refusal:
            for fault in refusal.facts["faults"]:
                out.print(f"{fault['zh']} | {fault['en']}", markup=False)
            raise
    added = sum(not change.before for change in told.changes)
    changed = len(told.changes) - added
    state = "已写入 written" if write else "未写入 not written"
    out.print(f"新增 new {added}，变更 changed {changed}，相同 same {told.same}：{state}")


@app.command()
def sites(
    file: Annotated[
        Path | None, typer.Argument(help=".xlsx .geojson .gpkg … 候选 to hand in")
    ] = None,
    write: Annotated[bool, typer.Option(help="写入；否则只对比 keep them")] = False,
    to: Annotated[Path | None, typer.Option("--out", "-o", help="导出候选 .xlsx")] = None,
    login: Annotated[str, typer.Option(help="以谁的名义 in whose name")] = "planner",
    district: Where = None,
) -> None:
    """候选地点的导入与导出。Candidate sites, in and out."""
    from geodata import sitesheets
    from gridsvc import accounts, db
    from gridsvc.siting import candidates

    now = datetime.now(UTC)
    with db.transaction() as session:
        facts, _ = _facts(session, district, None, now)
        if to is not None:
            kept = candidates.listed(session, facts)
            sitesheets.write(kept, to)
            return out.print(f"{to} ({len(kept):,})", markup=False)
        if file is None:
            raise BadInput(zh="请写明要导入的文件，或 --out。", en="Name a file, or --out.")
        found = sitesheets.read(file.name, file.read_bytes())
        told = candidates.compare(session, facts, found)
        if write:
            account = accounts.by_login(session, login)
            check(account, "plan.write")
            candidates.keep(session, facts, found, account.login, now)
    state = "已写入 written" if write else "未写入 not written"
    out.print(f"{', '.join(f'{name} {value}' for name, value in _counts(told))}：{state}")


def _counts(compared: Any) -> list[tuple[str, Any]]:
    """What a comparison counts."""
    return [(name, value) for name, value in compared._asdict().items() if isinstance(value, int)]


@app.command()
def solve(
    question: Annotated[Literal["standard", "cheapest", "reach"], typer.Argument()] = "standard",
    budget: Annotated[float | None, typer.Option(help="预算；默认不限 budget")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="reach 的设施类型 type")] = None,
    minutes: Annotated[float | None, typer.Option(help="reach 的分钟数")] = None,
    own: Annotated[list[str] | None, typer.Option(help="自选的候选编码 your own choice")] = None,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", help=".html .png .xlsx .gpkg .geojson")
    ] = None,
    day: Day = None,
    lang: Speech = "zh",
    district: Where = None,
) -> None:
    """建什么在哪里：最优方案与证明，旁列贪心与自选。What to build where, with the proof."""
    from gridsvc import db
    from gridsvc.siting import candidates, plans, themes
    from gridsvc.siting.plans import Wish
    from maps.themes import Desk, write

    now = datetime.now(UTC)
    with db.transaction() as session:
        facts, on = _facts(session, district, day, now)
        wish = Wish(question, on, budget, None, type_, minutes, None, tuple(own or ()))
        found = plans.answer(session, facts, wish)
        if file is not None:
            theme = themes.of_sites(candidates.listed(session, facts), found)
            form = _form(file)
            file.write_bytes(write(theme, form, Desk(session, facts, now, _speech(lang))))
    table = Table("方案 plan", "处 sites", "费用 cost", "户 before", "户 after", "选址 chosen")
    for plan in found.plans:
        figures = (f"{value:,.1f}" for value in (plan.cost, plan.before, plan.after))
        table.add_row(plan.name, str(len(plan.sites)), *figures, " ".join(plan.sites))
    out.print(table)
    proof = "已证明最优 proved" if found.proved else f"差距 gap {found.gap:.2%}"
    out.print(f"{proof}；界 bound {found.bound:,.1f}；{found.seconds:.2f} s")


@app.command()
def report(
    file: Out,
    unit: Annotated[str | None, typer.Option(help="街道代码；默认全区 code of a street")] = None,
    day: Day = None,
    lang: Speech = "zh",
    district: Where = None,
) -> None:
    """规划报告（.pdf .docx .xlsx）。The planner's report of a street or the district."""
    from gridsvc import db
    from gridsvc.documents.formats import Format, write
    from gridsvc.planreport import composing

    ending = file.suffix.lstrip(".").lower()
    if ending not in set(Format):
        known = "、".join(f".{form}" for form in Format)
        raise BadInput(
            zh=f"文件名应以{known}结尾：{file}。", en=f"The file must end in {known}: {file}."
        )
    now = datetime.now(UTC)
    with db.transaction() as session, steps() as say:
        say("counting")
        facts, on = _facts(session, district, day, now)
        document = composing.compose(session, facts, unit, on, now, _speech(lang))
        say("writing")
        file.write_bytes(write(document, Format(ending), now))
    out.print(f"{file} ({file.stat().st_size / 1e6:.1f} MB)", markup=False)


def _facts(
    session: "Session", district: str | None, day: datetime | None, now: datetime
) -> tuple["Snapshot", date]:
    """What is known of the district, and the day that is asked for: today without one."""
    from gridsvc import snapshot

    facts = snapshot.current(session, district or only_district(session))
    on = day.date() if day else now.astimezone(facts.rules.calendar.zone).date()
    return facts, on


def _form(file: Path) -> "Form":
    """The form that a file's ending asks for. Raises BadInput."""
    from maps.themes import Form

    form = file.suffix.lstrip(".").lower()
    if form not in set(Form):
        raise BadInput(zh=f"可写入：{'、'.join(Form)}。", en=f"Formats: {', '.join(Form)}.")
    return Form(form)


def _speech(lang: str) -> Lang:
    return "en" if lang == "en" else "zh"
