"""The command line: set up, serve, work, import, map, report, bench."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from gridsvc.errors import GridError

app = typer.Typer(
    help="gridsvc：网格化治理与调度。Grid management and dispatch for a city district.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console()
err = Console(stderr=True)


def main() -> None:
    """Run a command; an error of the domain is one sentence in both languages and exit code 2."""
    try:
        app()
    except GridError as refusal:
        err.print(f"{refusal.say('zh')}\n{refusal.say('en')}", style="red", markup=False)
        sys.exit(2)


@contextmanager
def steps() -> Iterator[Any]:
    """A progress line for long work; yields a function that says what is being done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=False) as progress:
        task = progress.add_task("…", total=None)
        yield lambda what: progress.update(task, description=what)


@app.command()
def migrate() -> None:
    """迁移数据库。Bring the database's schema and shipped words up to date."""
    from gridsvc import db, defaults, schema

    schema.migrate()
    with db.transaction() as session:
        defaults.lay_down(session)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址 address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 port")] = 8000,
    workers: Annotated[int, typer.Option(help="进程数 processes")] = 2,
) -> None:
    """启动接口与控制台。Serve the API and the console."""
    import uvicorn

    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        timeout_graceful_shutdown=3,
    )


@app.command()
def work() -> None:
    """启动后台进程。Run the worker until it is told to stop."""
    from gridsvc import worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.run(stop.wait)


@app.command("import")
def import_(
    recipe: Annotated[str, typer.Argument(help="导入方案名或文件 recipe name or file")],
    folder: Annotated[Path, typer.Argument(help="数据目录 folder with the files")],
    write: Annotated[bool, typer.Option(help="写入并发布；否则只试运行 write and publish")] = False,
) -> None:
    """导入并发布一个辖区的网格。Import a district's grid; a dry run unless --write is given."""
    from geodata import importing
    from geodata import recipe as recipes
    from gridsvc import db

    wanted = recipes.read(recipe)
    with db.new_session() as session, steps() as say:
        done = importing.run(session, wanted, folder, datetime.now(UTC), say)
        if write:
            session.commit()
    table = Table("级别", "种类", "单元", "说明 / what was found")
    for finding in done.findings:
        table.add_row(finding.severity, finding.kind, finding.unit, "\n".join(finding.text))
    if done.findings:
        out.print(table)
    out.print(
        f"{done.district}: {done.units:,} units, {done.points:,} address points, "
        f"{len(done.findings)} findings; "
        + (f"edition {done.edition} published" if write else "dry run, nothing written (--write)")
    )


@app.command()
def account(
    district: Annotated[str, typer.Argument(help="辖区代码 district code")],
    login: Annotated[str, typer.Argument(help="账号 login")],
    post: Annotated[str, typer.Argument(help="岗位 post")],
    name: Annotated[str | None, typer.Option(help="显示名 name shown")] = None,
    password: Annotated[str | None, typer.Option(help="密码；不给则只能用令牌")] = None,
    department: Annotated[str | None, typer.Option(help="部门代码")] = None,
    unit: Annotated[str | None, typer.Option(help="网格单元代码")] = None,
    token: Annotated[bool, typer.Option(help="发放并打印一个机器令牌")] = False,
) -> None:
    """新建或更新账号。Add or change an account; --token prints a new machine token."""
    from gridsvc import accounts, db

    with db.transaction() as session:
        holder = accounts.Holder(login, name or login, post, department, unit)
        made = accounts.add(session, district, holder, password)
        secret = accounts.issue(session, made, "cli", datetime.now(UTC)) if token else None
    if secret:
        out.print(secret, markup=False)


if __name__ == "__main__":
    main()
