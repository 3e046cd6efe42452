"""The command line: set up, serve, work, import, map, report, bench."""

import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from api.commands import (
    assess,
    audit,
    circulars,
    grid,
    heat,
    indicators,
    people,
    plan,
    rules,
    suggest,
    walk,
)
from api.terminal import err, only_district, out, steps
from gridsvc.errors import BadInput, GridError, Lang

# The district folder that ships with the product.
DEMO = next((Path(__file__).parent.parent / "geodata" / "demo").glob("*/district.json")).parent

app = typer.Typer(
    help="gridsvc：网格化治理与调度。Grid management and dispatch for a city district.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(grid.app)
app.add_typer(rules.app)
app.add_typer(indicators.app)
app.add_typer(audit.app, name="audit")
app.add_typer(assess.app, name="assess")
app.add_typer(people.parties, name="parties")
app.add_typer(people.messages, name="messages")
app.add_typer(suggest.app, name="suggest")
app.add_typer(circulars.app, name="report")
app.add_typer(walk.app, name="walk")
app.add_typer(plan.app, name="plan")
app.add_typer(heat.app, name="heat")


def main() -> None:
    """Run a command; an error of the domain is one sentence in both languages and exit code 2."""
    try:
        app()
    except GridError as refusal:
        err.print(f"{refusal.say('zh')}\n{refusal.say('en')}", style="red", markup=False)
        sys.exit(2)


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
    worker.run_all(stop, lambda: datetime.now(UTC))


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


demo_app = typer.Typer(help="演示辖区。The demonstration district.", invoke_without_command=True)
app.add_typer(demo_app, name="demo")


@demo_app.callback()
def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Option(help="辖区数据目录 district folder")] = DEMO,
    buildings: Annotated[int, typer.Option(min=1000, max=1_000_000, help="楼栋数")] = 60_000,
    cases: Annotated[int, typer.Option(min=0, max=1_000_000, help="案件数")] = 12_000,
    seed: Annotated[int, typer.Option(help="随机种子 seed")] = 1,
) -> None:
    """生成演示辖区（已有则不变）。Generate the demonstration district, unless it is there."""
    from geodata import seeding
    from gridsvc import db

    if context.invoked_subcommand:
        return
    until = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    with db.transaction() as session:
        if seeding.is_seeded(session, folder):
            out.print("演示辖区已就绪。The demonstration district is there.")
            return
        with steps() as say:
            seeding.seed(session, seeding.Wish(folder, until, buildings, cases, seed), say)
        seeding.open_accounts(session, folder)
    db.analyze()


@demo_app.command()
def accounts(
    folder: Annotated[Path, typer.Option(help="辖区数据目录 district folder")] = DEMO,
) -> None:
    """列出演示账号，并发放新的机器令牌。Print the demo accounts and a new machine token."""
    from geodata import seeding
    from gridsvc import db

    with db.transaction() as session:
        holders, token = seeding.list_accounts(session, folder, datetime.now(UTC))
    table = Table("账号 login", "密码 password", "岗位 post", "姓名 name")
    for holder in holders:
        table.add_row(holder.login, seeding.DEMO_PASSWORD, holder.post, holder.name)
    out.print(table)
    out.print(f"令牌 machine token: {token}", markup=False, soft_wrap=True)


@demo_app.command("addresses")
def noisy_addresses(
    file: Annotated[Path, typer.Argument(help="写入的CSV文件 CSV file to write")],
    count: Annotated[int, typer.Option(min=1, help="条数 how many")] = 1_000,
    seed: Annotated[int, typer.Option(help="地址的随机种子 seed of the addresses")] = 1,
    folder: Annotated[Path, typer.Option(help="辖区数据目录 district folder")] = DEMO,
    buildings: Annotated[int, typer.Option(min=1000, max=1_000_000, help="楼栋数")] = 60_000,
    harder: Annotated[bool, typer.Option(help="更难的一组 the harder set")] = False,
    district_seed: Annotated[int, typer.Option(help="辖区的随机种子 the district's seed")] = 1,
) -> None:
    """生成带真值的嘈杂地址。Write noisy addresses of the demonstration, with their truth."""
    from geodata.demo import addresses, generate

    now = datetime.now(UTC)
    with steps() as say:
        say("generating")
        made = generate(folder, until=now, buildings=buildings, seed=district_seed, cases=0)
        known = (folder, made.units, made.points, made.names)
        told = addresses.generate(*known, count, seed, harder=harder)
    addresses.write(file, told)
    out.print(f"{file} ({len(told):,})", markup=False)


class Picture(StrEnum):
    COVERAGE = "coverage"
    RESPONSE = "response"


@app.command("map")
def map_(
    picture: Annotated[Picture, typer.Argument(help="coverage 覆盖图，response 响应热力图")],
    file: Annotated[Path, typer.Option("--out", "-o", help="写入的文件 file to write")],
    district: Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")] = None,
    days: Annotated[int, typer.Option(help="响应图的天数 days of the response map")] = 180,
    lang: Annotated[str, typer.Option(help="zh 或 en")] = "zh",
) -> None:
    """生成可离线打开的地图文件。Write a map as one HTML file that opens without a network."""
    from gridsvc import db, snapshot
    from maps import documents

    speech: Lang = "en" if lang == "en" else "zh"
    now = datetime.now(UTC)
    with db.transaction() as session, steps() as say:
        say("drawing")
        facts = snapshot.current(session, district or only_district(session))
        if picture is Picture.COVERAGE:
            page = documents.coverage(session, facts, now, speech)
        else:
            page = documents.response(session, facts, now - timedelta(days=days), now, speech)
        file.write_text(page, "utf-8")
    out.print(f"{file} ({len(page.encode()) / 1e6:.1f} MB)", markup=False)


@app.command()
def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="lookups memory posts tiles addresses loop rules papers walking；默认全部"
        ),
    ] = None,
) -> None:
    """运行基准测试，打印比值。Run the benchmarks of the checkout and print their ratios."""
    import subprocess

    checkout = Path(__file__).parent.parent
    if not (checkout / "tests" / "bench").is_dir():
        raise BadInput(
            zh="基准测试只在源码目录中。", en="The benchmarks are in the source checkout only."
        )
    command = [sys.executable, "-m", "tests.bench", *(names or [])]
    sys.exit(subprocess.run(command, cwd=checkout, check=False).returncode)


if __name__ == "__main__":
    main()
