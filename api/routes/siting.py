"""What to build where: candidates, plans with their proof, and what if."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api import themefiles, workbooks
from api.asked import today
from api.deps import LoggedIn, Now, Speech, Tx
from api.shapes.base import ProblemOut
from api.shapes.siting import (
    SiteIn,
    SiteOut,
    SitesCompared,
    SitesOut,
    SitingAnswerOut,
    SitingPlanOut,
    SitingWishIn,
    SolveIn,
    WhatIfIn,
    WhatIfOut,
)
from api.shapes.themes import theme_out
from geodata import sitesheets
from gridsvc import snapshot
from gridsvc.permit import Account, check
from gridsvc.siting import candidates, plans, themes, whatif
from gridsvc.siting.candidates import KINDS, Kept, Site
from gridsvc.siting.plans import Wish
from gridsvc.siting.whatif import Change
from gridsvc.snapshot import Snapshot
from maps.themes import Desk

router = APIRouter(prefix="/siting", tags=["siting"])
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 404, 422)
}
ANY_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/candidates", response_model=SitesOut, responses=REFUSALS)
def listed(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Every candidate site, with the community that it would serve today."""
    facts = _facts(tx, account)
    return {"items": [_told(one) for one in candidates.listed(tx, facts)]}


@router.get("/candidates/theme", response_class=Response, responses=REFUSALS | themefiles.ANSWERS)
def theme(
    account: LoggedIn, tx: Tx, now: Now, lang: Speech, form: themefiles.Wanted = None
) -> Response:
    """The candidates as a map: JSON for the console, or a file."""
    facts = _facts(tx, account)
    found = themes.of_sites(candidates.listed(tx, facts))
    return themefiles.given(found, form, Desk(tx, facts, now, lang))


@router.get("/candidates.xlsx", response_class=Response, responses=workbooks.FILE)
def sheet(account: LoggedIn, tx: Tx) -> Response:
    """The candidates as a workbook that can be handed in again."""
    kept = candidates.listed(tx, _facts(tx, account))
    return workbooks.given("sites.xlsx", lambda path: sitesheets.write(kept, path))


@router.put("/candidates/{code}", response_model=SiteOut, responses=REFUSALS)
def enter(code: str, wish: SiteIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Enter a candidate, or put another in its place."""
    check(account, "plan.write")
    facts = _facts(tx, account)
    candidates.keep(tx, facts, {1: Site(code=code, **wish.model_dump())}, account.login, now)
    return next(_told(one) for one in candidates.listed(tx, facts) if one.site.code == code)


@router.delete("/candidates/{code}", status_code=204, responses=REFUSALS)
def remove(code: str, account: LoggedIn, tx: Tx) -> None:
    """Take a candidate away."""
    check(account, "plan.write")
    candidates.remove(tx, account.district, code)


@router.post(
    "/candidates/file",
    response_model=SitesCompared,
    responses=REFUSALS,
    openapi_extra=ANY_FILE,
)
async def hand_in(
    request: Request,
    account: LoggedIn,
    tx: Tx,
    now: Now,
    name: Annotated[str, Query(min_length=5, max_length=200, description="sites.xlsx, a.geojson")],
    write: bool = False,
) -> dict[str, Any]:
    """What the candidates of a file would change: a workbook, or places in any format of the
    importer; with `write` they are kept."""
    check(account, "plan.write")
    data = await workbooks.taken(request)

    def keep() -> dict[str, Any]:
        facts, sites = _facts(tx, account), sitesheets.read(name, data)
        compared = candidates.compare(tx, facts, sites)
        if write:
            candidates.keep(tx, facts, sites, account.login, now)
        return compared._asdict() | {"written": write}

    return await run_in_threadpool(keep)


@router.post(
    "/solve",
    response_class=Response,
    responses=REFUSALS | themefiles.ANSWERS | {200: {"model": SitingAnswerOut}},
)
def solve(wish: SolveIn, account: LoggedIn, tx: Tx, now: Now, lang: Speech) -> Any:
    """The best plan with its proof or gap, the greedy one, and the person's own; or the candidates
    with their plans as a file."""
    facts = _facts(tx, account)
    found = plans.answer(tx, facts, _wish(wish, facts, now))
    theme = themes.of_sites(candidates.listed(tx, facts), found)
    if wish.format is not None:
        return themefiles.given(theme, wish.format, Desk(tx, facts, now, lang))
    told = found._asdict() | {"note": found.note.both, "theme": theme_out(theme)}
    told["plans"] = [plan._asdict() for plan in found.plans]
    return Response(SitingAnswerOut(**told).model_dump_json(), media_type="application/json")


@router.post("/score", response_model=SitingPlanOut, responses=REFUSALS)
def score(wish: SitingWishIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """What the person's own choice achieves."""
    facts = _facts(tx, account)
    return plans.score(tx, facts, _wish(wish, facts, now))._asdict()


@router.post("/what-if", response_model=WhatIfOut, responses=REFUSALS)
def what_if(wish: WhatIfIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """What would change if a facility stood here. Nothing is stored."""
    facts = _facts(tx, account)
    asked = wish.model_dump(exclude={"map"}) | {"day": wish.day or today(facts, now)}
    found = whatif.effect(tx, facts, Change(**asked))
    theme = theme_out(themes.of_effect(tx, facts, found)) if wish.map else None
    return found._asdict() | {"theme": theme}


def _facts(tx: Tx, account: Account) -> Snapshot:
    check(account, "plan.read")
    return snapshot.current(tx, account.district)


def _wish(wish: SitingWishIn, facts: Snapshot, now: datetime) -> Wish:
    asked = wish.model_dump(exclude={"format"})
    return Wish(**(asked | {"day": wish.day or today(facts, now)}))


def _told(one: Kept) -> dict[str, Any]:
    return one._asdict() | one.site._asdict() | {"kind_name": KINDS[one.site.kind].both}
