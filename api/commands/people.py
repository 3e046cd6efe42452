"""Commands about departments and posts, and about messages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.terminal import only_district, out
from gridsvc.errors import BadInput

parties = typer.Typer(help="机构与任职人员。Departments and posts.", no_args_is_help=True)
messages = typer.Typer(help="消息的发送情况。Messages on their way.", no_args_is_help=True)

Login = Annotated[str, typer.Option("--as", help="以此账号的权限 with this account's permissions")]


@parties.command("export")
def export(file: Annotated[Path, typer.Argument(help="XLSX")]) -> None:
    """导出机构与任职人员。Write all departments and posts to a workbook."""
    from geodata import partysheets
    from gridsvc import db, partybook, snapshot

    with db.new_session() as session:
        district = only_district(session)
        facts = snapshot.current(session, district)
        posts = partybook.held(session, district)
        bodies = partybook.bodies(session, district).values()
        units = {one.unit: facts.grid.unit(one.unit) for one in posts.values() if one.unit}
        names = {code: unit.name for code, unit in units.items() if unit}
        partysheets.write(bodies, posts.items(), facts.rules, names, file)
    out.print(str(file), markup=False)


@parties.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="XLSX", exists=True)],
    login: Login = "admin",
    write: Annotated[bool, typer.Option(help="写入；缺省只核对 keep it, not only compare")] = False,
) -> None:
    """核对或导入机构与任职人员。Compare a workbook with what is there, or keep it."""
    from geodata import partysheets
    from gridsvc import accounts, db, partybook, snapshot
    from gridsvc.errors import PartyRefused

    now = datetime.now(UTC)
    with db.transaction() as session:
        account = accounts.by_login(session, login)
        facts = snapshot.current(session, account.district)
        today = now.astimezone(facts.rules.calendar.zone).date()
        try:
            draft = partysheets.read(file.read_bytes(), facts.rules)
            if write:
                found = partybook.keep(session, facts, account, draft, today)
            else:
                found = partybook.compare(session, facts, draft, today)
        except PartyRefused as refusal:
            for fault in refusal.facts["faults"]:
                out.print(f"{fault['sheet']}: {fault['zh']} | {fault['en']}", markup=False)
            raise
    for one in found.changes:
        sign = "+" if one.new else "~"
        out.print(f"{sign} {one.sheet} {one.name}: {', '.join(one.columns)}", markup=False)
    added = sum(one.new for one in found.changes)
    moving = sum(found.moving.values())
    out.print(
        f"新增{added}，修改{len(found.changes) - added}，不变{found.same}，移交在办案件{moving}"
        f"{'，已写入' if write else '（未写入）'}\n"
        f"{added} new, {len(found.changes) - added} changed, {found.same} the same, "
        f"{moving} open cases go over; {'kept' if write else 'nothing written'}"
    )


@messages.command("list")
def list_(
    state: Annotated[str, typer.Option(help="waiting, sent, dead, settled")] = "dead",
) -> None:
    """列出消息。Messages in a state, the newest first."""
    from gridsvc import db, outbox

    if state not in outbox.STATES:
        known = ", ".join(outbox.STATES)
        raise BadInput(zh=f"状态只有：{known}。", en=f"The states are {known}.")
    with db.new_session() as session:
        district = only_district(session)
        counts = outbox.counts(session, district)
        rows = outbox.listed(session, district, state)
    for row in rows:
        whom = row.recipient or row.endpoint_name
        line = f"{row.id} {row.made_at:%F %T} {row.channel} {whom} {row.subject}"
        out.print(f"{line} {row.trouble or ''}".rstrip(), markup=False)
    out.print(", ".join(f"{name} {count}" for name, count in counts.items()))


@messages.command()
def again(
    message: Annotated[int | None, typer.Argument(help="编号，缺省全部 id or all")] = None,
    login: Login = "admin",
) -> None:
    """重新发送未送达的消息。Send once more what was not delivered."""
    from gridsvc import accounts, db, outbox

    with db.transaction() as session:
        account = accounts.by_login(session, login)
        done = outbox.again(session, account, datetime.now(UTC), message)
    out.print(f"{done}条将重新发送 | {done} will be sent again")
