"""Cases: the list, one case, and the moves on it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.asked import wanted
from api.deps import LoggedIn, Now, Reader, Tx
from api.shapes.base import ProblemOut
from api.shapes.cases import CaseFilter, CaseOut, CasePage, MoveIn
from gridsvc import casebook, caselist, casework, snapshot
from gridsvc.errors import BadField
from gridsvc.rules.lifecycle import MOVES

router = APIRouter(tags=["cases"])


@router.get("/cases", response_model=CasePage)
def listed(
    asked: Annotated[CaseFilter, Query()], account: Reader, tx: Tx, now: Now
) -> dict[str, Any]:
    """Cases by filters, newest or most urgent first, a page at a time."""
    facts = snapshot.current(tx, account.district)
    return caselist.page(tx, facts, wanted(asked, facts), now)


@router.get("/cases/{case_no}", response_model=CaseOut, responses={404: {"model": ProblemOut}})
def one(case_no: str, account: Reader, tx: Tx, now: Now) -> dict[str, Any]:
    """One case: place, owners, reports, timeline, and the moves you may make."""
    return casebook.one(tx, snapshot.current(tx, account.district), account, case_no, now)


@router.post(
    "/cases/{case_no}/{move}",
    response_model=CaseOut,
    responses={
        403: {"model": ProblemOut},
        404: {"model": ProblemOut},
        409: {
            "model": ProblemOut,
            "description": "not legal now; `legal` names what is",
        },
    },
)
def move(
    case_no: str, move: str, fields: MoveIn, account: LoggedIn, tx: Tx, now: Now
) -> dict[str, Any]:
    """Make one move. The catalogue lists the moves, where they are legal and what they ask."""
    given = fields.model_dump(exclude={"version"}, exclude_none=True)
    known = {field.name for field in MOVES[move].fields} | {"lead"} if move in MOVES else set()
    for name in given:
        if known and name not in known:
            raise BadField(field=name, want=", ".join(sorted(known)))
    casework.move(tx, account, case_no, move, given, fields.version, now)
    return casebook.one(tx, snapshot.held(tx, account.district), account, case_no, now)
