"""Commands about suggested categories: learn from the cases, list the models, choose one, ask."""

from datetime import UTC, datetime
from getpass import getuser
from typing import Annotated

import typer
from rich.table import Table

from api.terminal import only_district, out, steps
from gridsvc.errors import BadInput

app = typer.Typer(help="由文字建议类别。Suggest a category from the text.", no_args_is_help=True)
District = Annotated[str | None, typer.Option(help="辖区代码；默认唯一的辖区")]


@app.command()
def train(district: District = None) -> None:
    """从已分类的案件学习，打印留出案件上的准确率，并启用。Learn, measure, and put to use."""
    from gridsvc import db, learning, snapshot

    with db.transaction() as session, steps() as say:
        say("learning")
        facts = snapshot.current(session, district or only_district(session))
        model, rare = learning.train(session, facts, getuser(), datetime.now(UTC))
        names = [facts.rules.categories[code].name for code in rare]
    out.print(
        f"第{model.no}号模型已启用。Model {model.no} is in use.\n"
        f"学习 learnt from: {model.cases:,} → {model.categories} 类 categories, "
        f"至 until {model.until:%Y-%m-%d %H:%M} UTC, {model.library}\n"
        f"最近留出 held out, the latest: {model.held_out:,}\n"
        f"首选正确 first is right: {model.top1:.1%}；前三含正确 among three: {model.top3:.1%}"
        f"（最多的类别 commonest category: {model.most_frequent:.1%}）\n"
        f"置信度偏差 calibration error: {model.calibration_error:.3f}\n"
        f"有把握的 sure: {model.sure:.1%}"
        + ("" if model.sure_right is None else f"，其中正确 right: {model.sure_right:.1%}"),
        markup=False,
    )
    if names:
        said = "、".join(f"{one.zh} {one.en}" for one in names)
        out.print(f"案件太少、未学习 too few cases, not learnt: {said}", markup=False)


@app.command()
def models(district: District = None) -> None:
    """列出各号模型及其准确率。List the models and how well they did and do."""
    from gridsvc import db, suggestions

    table = Table(
        "号 no", "启用", "训练 trained", "案件 cases", "类 cat.", "首选 top 1", "前三 top 3",
        "偏差 ECE", "人选首项 first chosen", "库 library",
    )  # fmt: skip
    with db.new_session() as session:
        for model, chosen in suggestions.listed(session, district or only_district(session)):
            table.add_row(
                str(model.no),
                "●" if model.active else "",
                f"{model.trained_at:%Y-%m-%d %H:%M} {model.trained_by}",
                f"{model.cases:,}",
                str(model.categories),
                f"{model.top1:.1%}",
                f"{model.top3:.1%}",
                f"{model.calibration_error:.3f}",
                f"{chosen['first']}/{chosen['shown']}",
                model.library,
            )
    out.print(table)


@app.command()
def use(
    no: Annotated[int | None, typer.Argument(help="模型号 number of the model")] = None,
    off: Annotated[bool, typer.Option("--off", help="停用建议 suggest nothing")] = False,
    district: District = None,
) -> None:
    """换用某号模型，或停用。Let another model suggest, or none."""
    from gridsvc import db, suggestions

    if off == (no is not None):
        raise BadInput(zh="请给出模型号，或用 --off。", en="Give a number, or --off.")
    with db.transaction() as session:
        suggestions.use(session, district or only_district(session), no)


@app.command()
def ask(
    said: Annotated[str, typer.Argument(help="情况描述 a text")], district: District = None
) -> None:
    """看一段文字会得到什么建议。What is suggested for a text."""
    from gridsvc import db, snapshot, suggestions

    with db.new_session() as session:
        facts = snapshot.current(session, district or only_district(session))
        offer = suggestions.of_text(session, facts, said)
    if offer is None:
        raise BadInput(
            zh="还没有模型，请先运行 gridsvc suggest train。",
            en="There is no model yet: run gridsvc suggest train.",
        )
    for one in offer.items:
        name = facts.rules.categories[one.category].name
        out.print(f"{one.confidence:6.1%}  {name.zh} {name.en} ({one.category})", markup=False)
    if not offer.sure:
        out.print("没有把握，请人工判断。Not sure: please judge for yourself.")
