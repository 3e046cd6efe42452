"""Commands about assessments: a month or a year, freezing, counting again, appeals."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from api.terminal import only_district, out, steps
from gridsvc.errors import BadInput

if TYPE_CHECKING:
    from gridsvc.snapshot import Snapshot
    from gridsvc.yearly import Total

app = typer.Typer(
    help="一哨一考核：月、年、固定、复算、申诉。Assessments of whistles.", no_args_is_help=True
)
District = Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")]
Month = Annotated[str, typer.Argument(help="月份 month, 2026-10")]
File = Annotated[Path | None, typer.Option(help="结果写入 .xlsx")]


@app.command()
def year(
    number: Annotated[int, typer.Argument(help="年份 year", min=2000, max=2100)],
    file: File = None,
    district: District = None,
) -> None:
    """全年：各部门、各街道的得分及计入绩效总分的分数。A year for departments and streets."""
    from gridsvc import db, snapshot, yearly

    with db.new_session() as session, steps() as say:
        say("counting")
        facts = snapshot.current(session, district or only_district(session))
        _tell(facts, yearly.year(session, facts.rules, number), file)


@app.command()
def month(code: Month, file: File = None, district: District = None) -> None:
    """一个月：已固定的按固定时的，未固定的按现在的记录。A month, as kept or as it is now."""
    from gridsvc import db, snapshot, yearly

    with db.new_session() as session, steps() as say:
        say("counting")
        facts = snapshot.current(session, district or only_district(session))
        _tell(facts, yearly.month(session, facts.rules, code), file)


@app.command()
def freeze(
    code: Month,
    login: Annotated[str, typer.Option(help="以哪个账号 login that acts")],
    district: District = None,
) -> None:
    """截止后固定一个月，此后不再改变。Keep a month for good, after its cut-off."""
    from gridsvc import accounts, db, freezing, snapshot
    from gridsvc.permit import check

    with db.transaction() as session:
        account = accounts.by_login(session, login)
        check(account, "assessment.freeze")
        rules = snapshot.rules(session, district or account.district)
        kept = freezing.freeze(session, rules, code, account.name, datetime.now(UTC))
        count = len(kept.kept)
    out.print(f"{code}: {count:,} 项考核已固定。{count:,} assessments are kept.")


@app.command()
def recount(code: Month, district: District = None) -> None:
    """由固定时留下的数据重新计算，指出不一致的案件。Count a frozen month again from itself."""
    from gridsvc import db, freezing, snapshot

    with db.new_session() as session:
        rules = snapshot.rules(session, district or only_district(session))
        kept = freezing.month(session, rules, code).frozen
        if kept is None:
            raise BadInput(zh=f"{code}还没有固定。", en=f"{code} is not frozen.")
        wrong = [one.case_no for one in freezing.differing(kept)]
        count = len(kept.kept)
    if wrong:
        raise BadInput(zh=f"不一致：{'、'.join(wrong)}", en=f"Not equal: {', '.join(wrong)}")
    out.print(f"{code}: {count:,} 项一致。{count:,} come out equal.")


@app.command()
def appeals(district: District = None) -> None:
    """列出申诉，未决定的在前。List appeals, those that wait first."""
    from sqlalchemy import select

    from gridsvc import db
    from gridsvc.rules.assessment import NAMES
    from gridsvc.tables.assessments import AssessmentAppeal as Appeal

    table = Table(
        "号 no", "案件 case", "一方 body", "项 figure", "原值", "理由 reason", "决定 decision"
    )
    with db.new_session() as session:
        code = district or only_district(session)
        listed = select(Appeal).where(Appeal.district_code == code)
        for one in session.scalars(
            listed.order_by(Appeal.decided_at.is_not(None), Appeal.no.desc())
        ):
            decided = (
                "—" if one.upheld is None else ("支持 upheld" if one.upheld else "不予支持 refused")
            )
            figure = NAMES[one.figure]
            table.add_row(
                str(one.no),
                one.case_no,
                one.body,
                f"{figure.zh} {figure.en}",
                f"{one.was:g}",
                one.reason,
                decided if one.points is None else f"{decided} → {one.points:g}",
            )
    out.print(table)


def _tell(facts: "Snapshot", total: "Total", file: Path | None) -> None:
    from api.told_assessments import body_name
    from geodata import assessmentsheets

    for side, its in total.results.items():
        table = Table(
            assessmentsheets.TITLES[side].zh, "得分 points", "吹哨 whistles", "计入总分 adds"
        )
        for body, one in its.items():
            name = body_name(facts, side, body)
            points, adds = (
                "—" if value is None else f"{value:.1f}" for value in (one.points, one.adds)
            )
            table.add_row(name.zh, points, str(one.counted), adds)
        out.print(table)
    kept = [one.code for one in total.months if one.frozen]
    out.print(
        f"占绩效总分 share of the total: {total.share:g} %；已固定 frozen: {'、'.join(kept) or '—'}"
    )
    if file:
        names = {
            body: body_name(facts, side, body).zh
            for side, its in total.results.items()
            for body in its
        }
        assessmentsheets.write(total.results, total.items, names, file)
        out.print(str(file), markup=False)
