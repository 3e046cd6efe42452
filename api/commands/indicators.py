"""Commands about the governance indicators."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.terminal import only_district, out
from gridsvc.errors import BadInput

app = typer.Typer()


@app.command()
def indicators(
    year: Annotated[int, typer.Argument(help="年份 year")],
    compute: Annotated[bool, typer.Option(help="计算可由本系统计算的 count what can be")] = False,
    take: Annotated[Path | None, typer.Option(help="录入 .xlsx enter a workbook")] = None,
    file: Annotated[Path | None, typer.Option(help="导出 .xlsx write it")] = None,
    login: Annotated[str | None, typer.Option(help="以哪个账号 login that acts")] = None,
    district: Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")] = None,
) -> None:
    """社会治理指标：列出、计算、录入、导出。The governance indicators of a year."""
    from geodata import indicatorsheets
    from gridsvc import accounts, db, snapshot
    from gridsvc.indicators import computing, register

    now = datetime.now(UTC)
    with db.transaction() as session:
        facts = snapshot.current(session, district or only_district(session))
        known = register.catalogue(session, facts.district)
        if compute or take:
            if login is None:
                raise BadInput(zh="请用 --login 指定账号。", en="Name an account with --login.")
            who = accounts.by_login(session, login)
            if take:
                entries = indicatorsheets.read(take.read_bytes(), known, year)
                register.enter(session, facts, who, entries, "xlsx", now)
            if compute:
                found = [(one, computing.compute(session, facts, one, year, now)) for one in known]
                entries = [computing.entry(one, year, its) for one, its in found if its.value]
                register.enter(session, facts, who, entries, "computed", now)
        held = register.answering(session, facts.district, year)
        if file:
            indicatorsheets.write(known, held, file)
        shown = Table(
            "", "指标 indicator", "单位", *("全市", "目标", "全区", "目标"), "存疑", "计算"
        )
        for one in known:
            cells = [
                held.get((one.code, scope, part), {}).get("value") or "—"
                for scope in register.SCOPES
                for part in register.PARTS
            ]
            marks = ["?" if one.uncertain else "", "✓" if one.computation else ""]
            shown.add_row(str(one.no), one.name_zh, one.unit or "", *cells, *marks)
    out.print(shown)
