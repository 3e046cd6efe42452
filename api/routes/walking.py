"""What is within reach on foot: households, catchments, unserved homes, pressure."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api import themefiles
from api.asked import today
from api.deps import LoggedIn, Now, Speech, Tx
from api.shapes.base import ProblemOut
from api.shapes.walking import (
    PressureQuery,
    ThemeQuery,
    UnitWalkQuery,
    UnservedListOut,
    UnservedQuery,
    WalkingOut,
    WalkNetworkIn,
    WalkNetworksOut,
    WalkQuery,
)
from gridsvc import snapshot
from gridsvc.permit import Account, check
from gridsvc.snapshot import Snapshot
from gridsvc.walking import catchments, networks, reach, summary, themes, walk
from gridsvc.walking.summary import Question
from maps.themes import Desk

router = APIRouter(prefix="/walking", tags=["walking"])
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 422)
}
THEME: dict[str, Any] = {"response_class": Response, "responses": REFUSALS | themefiles.ANSWERS}


@router.get("", response_model=WalkingOut, responses=REFUSALS)
def by_type(
    asked: Annotated[WalkQuery, Query()], account: LoggedIn, tx: Tx, now: Now
) -> dict[str, Any]:
    """Households within reach of every type of facility, and how that was measured."""
    facts = _facts(tx, account)
    question = _question(asked, facts, now)
    held, pace = walk.current(tx, facts), walk.pace(facts)
    told = summary.by_type(tx, facts, question)
    kept = networks.listed(tx, facts.district)
    straight = held.ways.basis == "straight_line"
    return {
        "day": question.day,
        "minutes": pace.minutes if question.minutes is None else question.minutes,
        "kmh": pace.kmh,
        "detour": pace.detour if straight else None,
        "basis": held.ways.basis,
        "basis_name": told.basis.both,
        "network": next((one._asdict() for one in kept if one.in_use), None),
        "types": [
            line._asdict() | {"name": line.name.both, "figures": line.figures._asdict()}
            for line in told.lines
        ],
    }


@router.get("/reach", **THEME)
def by_unit(
    asked: Annotated[UnitWalkQuery, Query()],
    account: LoggedIn,
    tx: Tx,
    now: Now,
    lang: Speech,
) -> Response:
    """Households within reach of a type by unit: JSON for the console, or a file."""
    facts = _facts(tx, account)
    found, about = summary.reach_of(tx, facts, asked.type, _question(asked, facts, now))
    held = walk.current(tx, facts)
    theme = themes.of_reach(tx, facts, held, found, about, asked.level)
    return themefiles.given(theme, asked.format, Desk(tx, facts, now, lang))


@router.get("/catchments", **THEME)
def catchments_of(
    asked: Annotated[ThemeQuery, Query()],
    account: LoggedIn,
    tx: Tx,
    now: Now,
    lang: Speech,
) -> Response:
    """Who has which facility nearest, and over which ground they walk to it."""
    facts = _facts(tx, account)
    found, about = summary.reach_of(tx, facts, asked.type, _question(asked, facts, now))
    theme = catchments.theme(walk.current(tx, facts), found, about)
    return themefiles.given(theme, asked.format, Desk(tx, facts, now, lang))


@router.get("/pressure", **THEME)
def pressure(
    asked: Annotated[PressureQuery, Query()],
    account: LoggedIn,
    tx: Tx,
    now: Now,
    lang: Speech,
) -> Response:
    """Floor area within reach for every 100 households that share it (two-step catchment)."""
    facts = _facts(tx, account)
    found, about = summary.pressure_of(tx, facts, asked.type, _question(asked, facts, now))
    held = walk.current(tx, facts)
    theme = themes.of_pressure(tx, facts, held, found, about, asked.level)
    return themefiles.given(theme, asked.format, Desk(tx, facts, now, lang))


@router.get("/unserved", response_model=UnservedListOut, responses=REFUSALS)
def unserved(
    asked: Annotated[UnservedQuery, Query()], account: LoggedIn, tx: Tx, now: Now
) -> dict[str, Any]:
    """Homes that no facility of the type serves in time, a page of them, each with its reason."""
    facts = _facts(tx, account)
    found, _ = summary.reach_of(tx, facts, asked.type, _question(asked, facts, now))
    held = walk.current(tx, facts)
    rows = reach.unserved(held, found)
    page = rows[asked.offset : asked.offset + asked.limit].tolist()
    told = [reach.told(held, found, row) for row in page]
    return {
        "total": len(rows),
        "households": reach.households(held, rows),
        "basis": held.ways.basis,
        "apart": found.apart,
        "items": [one | {"why_name": themes.WHYS[one["why"]].both} for one in told],
    }


@router.get("/unserved/theme", **THEME)
def unserved_theme(
    asked: Annotated[ThemeQuery, Query()],
    account: LoggedIn,
    tx: Tx,
    now: Now,
    lang: Speech,
) -> Response:
    """All of them as points: JSON, or a file."""
    facts = _facts(tx, account)
    found, about = summary.reach_of(tx, facts, asked.type, _question(asked, facts, now))
    theme = themes.of_unserved(walk.current(tx, facts), found, about)
    return themefiles.given(theme, asked.format, Desk(tx, facts, now, lang))


@router.get("/networks", response_model=WalkNetworksOut, responses=REFUSALS)
def listed(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """The street networks that were imported, and which of them answers."""
    check(account, "plan.read")
    return {"items": [one._asdict() for one in networks.listed(tx, account.district)]}


@router.put("/network", response_model=WalkNetworksOut, responses=REFUSALS)
def use(wish: WalkNetworkIn, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Let a network answer from now on, or none of them."""
    check(account, "plan.write")
    networks.use(tx, account.district, wish.no)
    return {"items": [one._asdict() for one in networks.listed(tx, account.district)]}


def _facts(tx: Tx, account: Account) -> Snapshot:
    check(account, "plan.read")
    return snapshot.current(tx, account.district)


def _question(asked: WalkQuery, facts: Snapshot, now: datetime) -> Question:
    return Question(asked.day or today(facts, now), asked.minutes)
