"""Commands about who answers: tables of responsibility, a case judged again, admissions."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from sqlalchemy.orm import Session

from api.terminal import only_district, out, steps
from gridsvc.errors import BadInput

if TYPE_CHECKING:
    from gridsvc.permit import Account
    from gridsvc.snapshot import Snapshot

# A longer list is for a file.
MOST_PRINTED = 60

app = typer.Typer()


@app.command()
def rules(
    stage: Annotated[Path | None, typer.Option(help="上传 .xlsx 为待发布表 hand in")] = None,
    title: Annotated[str | None, typer.Option(help="表名 title of --stage")] = None,
    check: Annotated[int | None, typer.Option(help="检查矛盾与空缺 what is wrong")] = None,
    try_: Annotated[int | None, typer.Option("--try", help="用过往案件试算 try it")] = None,
    publish: Annotated[int | None, typer.Option(help="发布此表 publish")] = None,
    holds_from: Annotated[str | None, typer.Option(help="执行日期；默认今天 YYYY-MM-DD")] = None,
    reason: Annotated[str | None, typer.Option(help="发布原因 why")] = None,
    export: Annotated[int | None, typer.Option(help="导出此表 write it to --file")] = None,
    file: Annotated[Path | None, typer.Option(help="结果写入 .xlsx")] = None,
    login: Annotated[str | None, typer.Option(help="以哪个账号 login that acts")] = None,
    district: Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")] = None,
) -> None:
    """职责表：列出、上传、检查、试算、发布、导出。Tables of responsibility, from draft to use."""
    from gridsvc import db, snapshot

    now = datetime.now(UTC)
    with db.transaction() as session, steps() as say:
        say("loading")
        facts = snapshot.current(session, district or only_district(session))
        if stage:
            _stage(session, facts, _who(session, login), stage, title or stage.stem, now)
        if check:
            _check(session, facts, check, now)
        if try_:
            say("trying")
            _try(session, facts, _who(session, login), try_, file, now)
        if publish:
            _publish(session, facts, _who(session, login), publish, holds_from, reason, now)
        if export:
            _export(session, facts, export, file)
        _list(session, snapshot.current(session, facts.district), now)


def _who(session: Session, login: str | None) -> "Account":
    from gridsvc import accounts

    if login is None:
        raise BadInput(zh="请用 --login 指定账号。", en="Name an account with --login.")
    return accounts.by_login(session, login)


def _stage(
    session: Session, facts: "Snapshot", who: "Account", file: Path, title: str, now: datetime
) -> None:
    from geodata import rulereading
    from gridsvc import ruletables

    draft = rulereading.read(file.read_bytes(), facts, title)
    no = ruletables.stage(session, facts, who, draft, now)
    out.print(f"{no}: {len(draft.rows):,} rows staged", markup=False)


def _check(session: Session, facts: "Snapshot", no: int, now: datetime) -> None:
    from gridsvc import ruletables
    from gridsvc.rules.responsibility import contradictions

    table = ruletables.read(session, facts.district, no)
    found = contradictions(table.rows)
    for one, other in found:
        out.print(f"矛盾 contradiction: {one.no} {one.answer[0]} ≠ {other.no} {other.answer[0]}")
    day = now.astimezone(facts.rules.calendar.zone).date()
    gaps = ruletables.gaps(session, facts, table, day)
    out.print(f"矛盾 contradictions: {len(found)}; 空缺 gaps: {len(gaps):,}", markup=False)
    shown = Table("类别 category", "单元 unit", "全部 whole", "最小单元数 smallest units")
    for gap in gaps[:MOST_PRINTED]:
        shown.add_row(gap.category, gap.unit, "●" if gap.whole else "", f"{gap.ends:,}")
    if gaps:
        out.print(shown)
    if len(gaps) > MOST_PRINTED:
        out.print(f"… {len(gaps) - MOST_PRINTED:,} more")


def _try(
    session: Session,
    facts: "Snapshot",
    who: "Account",
    no: int,
    file: Path | None,
    now: datetime,
) -> None:
    from geodata import rulesheets
    from gridsvc import trial

    found = trial.record(session, who, facts, no, trial.usual(now), now)
    out.print(found.counts())
    shown = Table("原牵头 before", "新牵头 after", "案件 cases")
    for old, new, cases in found.flows()[:MOST_PRINTED]:
        shown.add_row(old or "—", new or "—", f"{cases:,}")
    if found.changed:
        out.print(shown)
    if file:
        texts = trial.texts(session, facts, found.changed)
        rulesheets.write_trial(found, texts, facts, file)


def _publish(
    session: Session,
    facts: "Snapshot",
    who: "Account",
    no: int,
    holds_from: str | None,
    reason: str | None,
    now: datetime,
) -> None:
    from gridsvc import ruletables

    if reason is None:
        raise BadInput(zh="请用 --reason 说明原因。", en="Say why with --reason.")
    today = now.astimezone(facts.rules.calendar.zone).date()
    try:
        day = date.fromisoformat(holds_from) if holds_from else today
    except ValueError:
        raise BadInput(zh="日期应为 YYYY-MM-DD。", en="A day is YYYY-MM-DD.") from None
    ruletables.publish(session, facts, who, no, ruletables.Publication(day, reason), now)


def _export(session: Session, facts: "Snapshot", no: int, file: Path | None) -> None:
    from geodata import rulesheets
    from gridsvc import ruletables

    target = file or Path(f"rules-{no}.xlsx")
    rulesheets.write(ruletables.read(session, facts.district, no).rows, facts, target)
    out.print(str(target), markup=False)


def _list(session: Session, facts: "Snapshot", now: datetime) -> None:
    from gridsvc import ruletables

    shown = Table(
        "", "状态 state", "表名 title", "行 rows", "执行日期 from", "试算 tried", "发布 by"
    )
    for head in ruletables.listed(session, facts, now):
        line = head.line
        tried = f"{line.tried['changed']:,}/{line.tried['cases']:,}" if line.tried else ""
        since = str(line.holds_from or "") if line.published_at else ""
        shown.add_row(
            str(line.no), head.state, line.title, f"{line.rows:,}", since, tried, line.published_by
        )
    out.print(shown)


@app.command()
def replay(
    case_no: Annotated[str, typer.Argument(help="案件编号 number of the case")],
    district: Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")] = None,
) -> None:
    """按当初的职责表重新研判一件案件。Judge a case again as it was judged first."""
    from gridsvc import db, replay, snapshot

    with db.transaction() as session:
        facts = snapshot.current(session, district or only_district(session))
        found = replay.replay(session, facts, case_no)
    out.print_json(
        data=found._asdict() | {"equal": not found.differing}, default=str, ensure_ascii=False
    )


@app.command()
def admissions(
    district: Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")] = None,
) -> None:
    """社区工作准入登记。The register of what may be handed to communities."""
    from gridsvc import admissions, db, snapshot
    from gridsvc.rules.admission import KIND_NAMES, Kind

    shown = Table("", "状态 state", "类型 kind", "事项 item", "类别 category", "期限 term")
    with db.transaction() as session:
        facts = snapshot.current(session, district or only_district(session))
        for item, state, overdue in admissions.listed(session, facts, datetime.now(UTC)):
            told = f"{state} ⚠" if overdue else state
            term = f"{item.starts} – {item.ends or ''}"
            kind = KIND_NAMES[Kind(item.kind)].zh
            shown.add_row(str(item.no), told, kind, item.title, item.category_code, term)
    out.print(shown)
