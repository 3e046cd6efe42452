"""Done, looked at by somebody else, judged, answered; or dismissed, or one matter with another."""

from typing import Any

from gridsvc.errors import (
    BadField,
    NothingAsked,
    OpenTasks,
    PhotoNeeded,
    SamePerson,
    TooFarToVerify,
)
from gridsvc.geo import distance_m
from gridsvc.moves.handling import how_they_came
from gridsvc.rules.deadlines import Clock
from gridsvc.work import Work


def resolve(work: Work) -> dict[str, Any]:
    """Done, once every task is; a category may ask for photos of the work."""
    undone = [one.department_code for one in work.working if one.task and one.done_at is None]
    if undone:
        raise OpenTasks(departments=undone)
    if work.case.hung_up_at is not None:
        work.timing.go_on()
    seen = _shown(work, must=_photos_asked(work))
    work.case.resolved_by = work.account.id
    timing = work.timing
    for clock in (Clock.HANDLE, Clock.STEP):
        timing.stop(clock)
    timing.start(Clock.VERIFY)
    return {"result": work.text("result"), **seen}


def verify(work: Work) -> dict[str, Any]:
    """Somebody else looks, on the spot where the category asks for photos."""
    workers = {work.case.resolved_by, *(one.done_by for one in work.called)}
    if work.account.id in workers:
        raise SamePerson()
    within = work.facts.rules.setting("verify_within_m")
    seen = _shown(work, must=_photos_asked(work))
    here, away = how_they_came(work) if work.fields.get("place") else (None, None)
    photo = min((one for one in seen.get("distances", ()) if one is not None), default=None)
    for metres in (away, photo):
        if metres is not None and metres > within:
            raise TooFarToVerify(metres=round(metres), within=round(within))
    work.case.closed_at, work.case.outcome = work.now, "solved"
    timing = work.timing
    timing.stop(Clock.VERIFY)
    timing.stop(Clock.CASE)
    timing.start(Clock.REPLY)
    return {"how": here, "distance_m": away, "note": work.text("note"), **seen}


def _photos_asked(work: Work) -> bool:
    category = work.facts.rules.categories.get(work.case.category_code or "")
    return category is not None and category.photo_required


def _shown(work: Work, must: bool) -> dict[str, Any]:
    """The photos that the move shows, and how far from the case each was taken."""
    if must and not work.shots:
        raise PhotoNeeded()
    if not work.shots:
        return {}
    point = work.point
    away = [
        round(distance_m(shot.point, point), 1) if shot.point and point else None
        for shot in work.shots
    ]
    return {"photos": [str(shot.id) for shot in work.shots], "distances": away}


def rework(work: Work) -> dict[str, Any]:
    """Verification failed: back to those who handled it, and counted."""
    work.case.rework_count += 1
    timing = work.timing
    timing.stop(Clock.VERIFY)
    for one in work.working:
        one.done_at = one.done_by = None
        timing.start(Clock.HANDLE, one.department_code)
    if not work.working:
        timing.start(Clock.HANDLE)
    return {"reason": work.text("reason")} | _shown(work, must=False)


def evaluate(work: Work) -> dict[str, Any]:
    score = work.fields["score"]
    if not isinstance(score, int) or not 0 <= score <= 100:
        raise BadField(field="score", want="0-100")
    work.case.score = score
    return {"score": score, "note": work.text("note")}


def reply(work: Work) -> dict[str, Any]:
    work.timing.stop(Clock.REPLY)
    work.case.archived_at = work.now
    return {"reply": work.text("reply")}


def dismiss(work: Work) -> dict[str, Any]:
    work.timing.void()
    work.case.closed_at = work.case.archived_at = work.now
    work.case.outcome, work.case.manual = "dismissed", None
    return {"reason": work.text("reason")}


def merge(work: Work) -> dict[str, Any]:
    """One matter with another case: the reports stay where they are and are answered there."""
    into = work.target
    if into is None or into.case_no == work.case.case_no or into.merged_into or into.closed_at:
        raise BadField(field="into", want="an open case | 在办案件")
    work.timing.void()
    work.case.merged_into = into.case_no
    work.case.closed_at = work.case.archived_at = work.now
    work.case.outcome, work.case.manual = "merged", None
    return {"into": into.case_no, "note": work.text("note")}


def unmerge(work: Work) -> dict[str, Any]:
    case = work.case
    if case.merged_into is None:
        raise NothingAsked()
    was, case.merged_into = case.merged_into, None
    case.closed_at = case.archived_at = case.outcome = None
    work.timing.case_again()
    return {"was": was, "reason": work.text("reason")}
