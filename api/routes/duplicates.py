"""Likely duplicates: asked before a report is sent, and of a case."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, FiniteFloat

from api.deps import LoggedIn, Now, Tx
from api.shapes.base import Strict, WordsOut
from gridsvc import duplicates, snapshot
from gridsvc.datum import Datum
from gridsvc.duplicates import Offer
from gridsvc.locate import Location, locate
from gridsvc.permit import check
from gridsvc.rules.duplicates import Matter
from gridsvc.rules.lifecycle import STAGE_NAMES, Stage
from gridsvc.snapshot import Snapshot

router = APIRouter(tags=["duplicates"])


class MatterQuery(Strict):
    """A report that is being written."""

    lon: FiniteFloat = Field(ge=-180, le=180)
    lat: FiniteFloat = Field(ge=-90, le=90)
    datum: Datum = Datum.WGS84
    category: str | None = None
    text: str = Field("", max_length=2000)


class OfferOut(BaseModel):
    """An open case that may be the same matter."""

    case_no: str
    stage: str
    stage_name: WordsOut
    category: str | None
    text: str
    opened_at: datetime
    reports: int
    score: float
    distance_m: float
    reasons: WordsOut


class OffersOut(BaseModel):
    items: list[OfferOut]


@router.get("/duplicates", response_model=OffersOut)
def before(asked: Annotated[MatterQuery, Query()], account: LoggedIn, tx: Tx, now: Now) -> Any:
    """The open cases that may be the same matter as the report being written."""
    check(account, "case.read")
    facts = snapshot.current(tx, account.district)
    facts.rules.lineage(asked.category)
    point = locate(facts.grid, Location(asked.lon, asked.lat, asked.datum)).point
    if point is None:
        return {"items": []}
    matter = Matter(asked.category, asked.text)
    return _out(facts, duplicates.near(tx, facts, point, matter, now))


@router.get("/cases/{case_no}/duplicates", response_model=OffersOut)
def of_case(case_no: str, account: LoggedIn, tx: Tx) -> Any:
    """The open cases, earlier and later, that may be the same matter as this one."""
    check(account, "case.read")
    facts = snapshot.current(tx, account.district)
    return _out(facts, duplicates.of_case(tx, facts, case_no))


def _out(facts: Snapshot, offers: list[Offer]) -> dict[str, Any]:
    return {
        "items": [
            one._asdict()
            | {
                "stage_name": STAGE_NAMES[Stage(one.stage)].both,
                "score": round(one.likeness.score, 2),
                "distance_m": round(one.likeness.distance_m, 1),
                "reasons": one.likeness.reasons.both,
            }
            for one in offers
        ]
    }
