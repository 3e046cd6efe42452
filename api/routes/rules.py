"""Who answers: tables of responsibility, what they lack, and what a change would move."""

from typing import Any

from fastapi import APIRouter

from api.deps import Reader, Tx
from api.shapes_rules import ReplayOut
from gridsvc import replay as replaying
from gridsvc import snapshot

router = APIRouter(tags=["rules"])


@router.get("/cases/{case_no}/replay", response_model=ReplayOut)
def replay(case_no: str, account: Reader, tx: Tx) -> dict[str, Any]:
    """Judge a case again by the table, day, edition and category of its first judgement."""
    found = replaying.replay(tx, snapshot.current(tx, account.district), case_no)
    return found._asdict() | {"equal": not found.differing}
