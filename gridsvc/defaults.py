"""The words and permissions that ship with the product, laid into the database as rows.

Words follow the product: a migration brings them up to date. Permissions are only a beginning:
they are laid down once, and then belong to whoever runs the service.
"""

import csv
from importlib.resources import files
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.tables.catalogue import Term
from gridsvc.tables.parties import PostPermission


def lay_down(session: Session) -> None:
    """Bring the words up to date; give posts their first permissions if none exist."""
    words = insert(Term)
    session.execute(
        words.on_conflict_do_update(
            index_elements=["catalogue", "code"],
            set_={
                name: words.excluded[name] for name in ("position", "name_zh", "name_en", "source")
            },
        ),
        [row | {"position": int(row["position"])} for row in shipped("terms.csv")],
    )
    if not session.scalar(select(func.count()).select_from(PostPermission)):
        session.execute(insert(PostPermission), shipped("permissions.csv"))


def shipped(name: str) -> list[dict[str, Any]]:
    """The rows of one of the shipped tables."""
    text = files("gridsvc").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
