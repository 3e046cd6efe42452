"""What every command writes to: answers to stdout, progress and refusals to stderr."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from sqlalchemy.orm import Session

from gridsvc.errors import BadInput

out = Console()
err = Console(stderr=True)


@contextmanager
def steps() -> Iterator[Any]:
    """A progress line for long work; yields a function that says what is being done."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=False) as progress:
        task = progress.add_task("…", total=None)

        def say(what: str) -> None:
            """What is being done; a Counted says how far it is."""
            done, total = getattr(what, "done", 0), getattr(what, "total", None)
            progress.update(task, description=what, completed=done, total=total)

        yield say


def only_district(session: Session) -> str:
    """The configured district, or the only one there is."""
    from sqlalchemy import select

    from gridsvc.config import DISTRICT
    from gridsvc.tables.grid import District

    codes = [DISTRICT] if DISTRICT else session.scalars(select(District.code).limit(2)).all()
    if len(codes) != 1:
        raise BadInput(zh="请用 --district 指定辖区。", en="Name the district with --district.")
    return codes[0]
