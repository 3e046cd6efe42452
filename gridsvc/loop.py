"""What each move does to a case: decided from the case, the rules and the fields; no database.

A move changes the rows it is given and answers what its event says. `casework` reads the rows,
makes the move and writes both; the generator of the demonstration lives whole cases through here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from gridsvc import asking
from gridsvc.errors import (
    IllegalMove,
    MissingField,
)
from gridsvc.moves import calling, finishing, handling, places
from gridsvc.rules.lifecycle import STAGE_NAMES, MoveRule, Stage, legal
from gridsvc.work import Work


def make(work: Work, rule: MoveRule) -> dict[str, Any]:
    """Make the move on the rows; returns what its event says. Raises IllegalMove, MissingField,
    and what the move itself refuses: then the rows are no longer to be used."""
    check_legal(rule, Stage(work.case.stage))
    check_fields(rule, work.fields)
    before = work.case.stage
    if rule.end is not None:
        work.case.stage = rule.end
    detail = EFFECTS[rule.code](work)
    work.case.version += 1
    return {"from": before, **detail}


def check_legal(rule: MoveRule, stage: Stage) -> None:
    if stage not in rule.start:
        possible = legal(stage)
        raise IllegalMove(
            move=rule.code,
            move_name=rule.name.both,
            stage=stage,
            stage_name=STAGE_NAMES[stage].both,
            legal=[one.code for one in possible],
            legal_names=[one.name.both for one in possible],
        )


def check_fields(rule: MoveRule, fields: Mapping[str, Any]) -> None:
    def empty(value: Any) -> bool:
        return value is None or (isinstance(value, str) and not value.strip())

    missing = [f.label.both for f in rule.fields if f.required and empty(fields.get(f.name))]
    if missing:
        raise MissingField(move_name=rule.name.both, fields=missing)


def _note(work: Work) -> dict[str, Any]:
    return {"note": work.text("note")}


EFFECTS: dict[str, Callable[[Work], dict[str, Any]]] = {
    "place": places.place,
    "classify": places.classify,
    "whistle": calling.whistle,
    "handle_directly": calling.handle_directly,
    "report_up": calling.report_up,
    "dismiss": finishing.dismiss,
    "accept": calling.accept,
    "return": calling.send_back,
    "report_in": handling.report_in,
    "leader_in": handling.leader_in,
    "assign": handling.assign,
    "task_done": handling.task_done,
    "step_done": handling.step_done,
    "release": handling.release,
    "ask": asking.ask,
    "grant": asking.grant,
    "refuse": asking.refuse,
    "resume": asking.resume,
    "supervise": handling.supervise,
    "mark": handling.mark,
    "resolve": finishing.resolve,
    "verify": finishing.verify,
    "rework": finishing.rework,
    "evaluate": finishing.evaluate,
    "reply": finishing.reply,
    "merge": finishing.merge,
    "unmerge": finishing.unmerge,
    "reopen": asking.reopen,
    "note": _note,
}
