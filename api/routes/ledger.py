"""The ledger: every case from its first word to its last, as pages and as a workbook."""

from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Query
from fastapi.responses import FileResponse

from api import workbooks
from api.asked import wanted
from api.deps import LoggedIn, Now, Tx
from api.shapes.cases import CaseFilter
from api.shapes.ledger import LedgerPage
from geodata import ledgersheets
from gridsvc import ledger, snapshot
from gridsvc.permit import check

router = APIRouter(prefix="/ledger", tags=["ledger"])

Asked = Annotated[CaseFilter, Query()]


@router.get("", response_model=LedgerPage)
def of_cases(asked: Asked, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """The ledger of the cases that the same question to /cases lists, a page at a time."""
    check(account, "ledger.read")
    facts = snapshot.current(tx, account.district)
    return ledger.page(tx, facts, wanted(asked, facts), now)


@router.get("/file", response_class=FileResponse, responses=workbooks.FILE)
def workbook(
    asked: Asked, account: LoggedIn, tx: Tx, now: Now, after: BackgroundTasks
) -> FileResponse:
    """All of it as a workbook, however long; `order`, `limit` and `cursor` do not count."""
    check(account, "ledger.read")
    facts = snapshot.current(tx, account.district)
    path = Path(mkdtemp(prefix="gridsvc-ledger-")) / "ledger.xlsx"
    after.add_task(_away, path)
    try:
        found = ledger.lines(tx, facts, wanted(asked, facts).filters, now)
        ledgersheets.write(found, facts.rules.calendar.zone, path)
    except BaseException:
        _away(path)
        raise
    return FileResponse(path, media_type=workbooks.XLSX, filename=path.name)


def _away(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.rmdir()
