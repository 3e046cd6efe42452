"""Moves on a case: one legal move, its rows changed, one event appended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc import casestate, events, gallery, loop, snapshot, suggestions
from gridsvc.errors import CaseMovedOn, UnknownCase, UnknownMove
from gridsvc.permit import Account, check
from gridsvc.rules.lifecycle import MOVES, Stage
from gridsvc.tables.cases import Case, CaseAsk, CaseClock, CaseDepartment, CasePhoto
from gridsvc.work import Work

Part = TypeVar("Part", CaseDepartment, CaseClock, CaseAsk)


class Rows(NamedTuple):
    """A case with all that belongs to it."""

    case: Case
    called: list[CaseDepartment]
    clocks: list[CaseClock]
    asks: list[CaseAsk]


def move(
    session: Session,
    account: Account,
    case_no: str,
    code: str,
    fields: Mapping[str, Any],
    version: int | None,
    now: datetime,
) -> Case:
    """Make one move. Raises UnknownCase, UnknownMove, NotPermitted, CaseMovedOn, IllegalMove,
    MissingField, and what the move itself refuses; then nothing has changed."""
    rule = MOVES.get(code)
    if rule is None:
        raise UnknownMove(move=code, known=list(MOVES))
    rows = locked(session, account.district, case_no)
    case = rows.case
    check(account, f"case.{code}", case.chain, [one.department_code for one in rows.called])
    if version is not None and version != case.version:
        raise CaseMovedOn(version=case.version)
    loop.check_legal(rule, Stage(case.stage))
    before = casestate.state(*rows), list(rows.called)
    work = Work(
        snapshot.current(session, account.district),
        account,
        *rows,
        fields,
        now,
        casestate.point_of(case),
        session.get(Case, (account.district, fields["into"])) if fields.get("into") else None,
        gallery.shown(session, account, _photos(fields)) if fields.get("photos") else (),
    )
    with session.no_autoflush:
        detail = loop.make(work, rule)
        keep(session, rows, *before, detail)
    if code == "classify":
        detail |= suggestions.told(suggestions.of_text(session, work.facts, case.text))
    events.record(session, case, code, account, now, detail)
    session.flush()
    _keep_photos(session, case, detail)
    return case


def keep(
    session: Session,
    rows: Rows,
    before: casestate.State,
    called_before: Sequence[CaseDepartment],
    detail: dict[str, Any],
) -> None:
    """Let the session know of what was changed, and the event's detail too, under `set`."""
    detail["set"] = casestate.changes(before, casestate.state(*rows))
    for gone in called_before:
        if gone not in rows.called:
            session.delete(gone)
    session.add_all([*rows.called, *rows.clocks, *rows.asks])


def locked(session: Session, district: str, case_no: str) -> Rows:
    """The case with its rows, for nobody else to change meanwhile. Raises UnknownCase."""
    case = session.get(Case, (district, case_no), with_for_update=True, populate_existing=True)
    if case is None:
        raise UnknownCase(case_no=case_no)
    called = _parts(session, case, CaseDepartment)
    called.sort(key=lambda one: (one.role, one.department_code))
    return Rows(case, called, _parts(session, case, CaseClock), _parts(session, case, CaseAsk))


def _parts(session: Session, case: Case, kind: type[Part]) -> list[Part]:
    mine = select(kind).where(
        kind.district_code == case.district_code, kind.case_no == case.case_no
    )
    return list(session.scalars(mine.order_by(*kind.__table__.primary_key)))


def _photos(fields: Mapping[str, Any]) -> list[UUID]:
    named: Iterable[UUID | str] = fields["photos"]
    return [one if isinstance(one, UUID) else UUID(one) for one in named]


def _keep_photos(session: Session, case: Case, detail: Mapping[str, Any]) -> None:
    shown = zip(detail.get("photos", ()), detail.get("distances", ()), strict=True)
    session.add_all(
        CasePhoto(
            district_code=case.district_code,
            case_no=case.case_no,
            seq=case.version,
            photo_id=UUID(photo),
            distance_m=away,
        )
        for photo, away in shown
    )
    session.flush()
