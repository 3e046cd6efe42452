"""The words and permissions that ship with the product, laid into the database as rows.

Words follow the product: a migration brings them up to date. Permissions are only a beginning:
each act is laid down once, and then belongs to whoever runs the service.
"""

import csv
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.tables.catalogue import Supervision, Term
from gridsvc.tables.parties import PostPermission


def lay_down(session: Session) -> None:
    """Bring the words up to date; give posts the first permissions for acts that are new."""
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
    known = set(session.scalars(select(PostPermission.act).distinct()))
    fresh = [row for row in shipped("permissions.csv") if row["act"] not in known]
    if fresh:
        session.execute(insert(PostPermission), fresh)


def settings() -> dict[str, float]:
    """The figures that hold where a district has none of its own."""
    return {row["name"]: float(row["value"]) for row in shipped("settings.csv")}


def supervision() -> list[Supervision]:
    """The reminders and supervision that hold where a district has no rows of its own."""
    return [
        Supervision(
            no=int(row["no"]),
            clock=row["clock"] or None,
            amount=float(row["amount"]),
            unit=row["unit"],
            level=row["level"],
            tells_post=row["tells_post"],
            basis=row["basis"],
        )
        for row in shipped("supervision.csv")
    ]


def shipped(name: str) -> list[dict[str, Any]]:
    """The rows of one of the shipped tables."""
    text = files("gridsvc").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
