"""Commands about who answers: a case judged again."""

from typing import Annotated

import typer

from api.terminal import only_district, out

app = typer.Typer()


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
