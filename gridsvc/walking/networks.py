"""The street networks of a district, and which of them answers."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc.errors import BadField
from gridsvc.tables.grid import District
from gridsvc.tables.walking import WalkNetwork


class Kept(NamedTuple):
    """One network without its streets; lengths in metres, `islands` parts that are not joined."""

    no: int
    source: str
    attribution: str
    made_at: datetime
    nodes: int
    stretches: int
    metres: float
    islands: int
    generated: bool
    in_use: bool


def listed(session: Session, district: str) -> list[Kept]:
    """Every network, the newest first."""
    table = WalkNetwork
    using = session.scalar(select(District.walk_network_no).where(District.code == district))
    rows = session.execute(
        select(
            table.no,
            table.source,
            table.attribution,
            table.made_at,
            table.nodes,
            table.stretches,
            table.metres,
            table.islands,
            table.generated,
        )
        .where(table.district_code == district)
        .order_by(table.no.desc())
    )
    return [Kept(*row, in_use=row.no == using) for row in rows]


def use(session: Session, district: str, no: int | None) -> None:
    """Let a network answer from now on; None: straight lines. BadField where there is none."""
    known = [one.no for one in listed(session, district)]
    if no is not None and no not in known:
        raise BadField(field="network", want="、".join(map(str, known)) or "-")
    session.get_one(District, district).walk_network_no = no
    session.flush()
