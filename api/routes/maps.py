"""What is drawn besides tiles: the map's style, and the figures of response."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import LoggedIn, Now, PublicDistrict, Speech, Tx
from api.shapes.maps import ResponseOut
from gridsvc import snapshot
from gridsvc.errors import Lang
from gridsvc.heat import response as responses
from gridsvc.permit import check
from gridsvc.rules.rates import Period
from maps import style as styles

router = APIRouter(tags=["maps"])

Level = Annotated[int, Query(ge=1, le=5)]


@router.get("/style")
def style(
    district: PublicDistrict, speech: Speech, tx: Tx, lang: Lang | None = None
) -> dict[str, Any]:
    """The MapLibre style: sources, layers, legends. It loads nothing from outside."""
    edition = snapshot.current(tx, district).grid.edition
    return styles.style(lang or speech, edition)


@router.get("/response", response_model=ResponseOut)
def response(
    account: LoggedIn,
    tx: Tx,
    now: Now,
    level: Level = 3,
    days: Annotated[int, Query(ge=1, le=3660)] = 180,
) -> dict[str, Any]:
    """Hours from report to verified closing, by unit, for cases closed in the last days."""
    check(account, "case.read")
    facts = snapshot.current(tx, account.district)
    since = now - timedelta(days=days)
    return {
        "items": responses.by_unit(tx, facts, level, Period(since, now)),
        "note": responses.NOTE.both,
    }
