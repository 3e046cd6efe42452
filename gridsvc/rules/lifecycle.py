"""The closed loop: which moves a case can make. The table is the whole truth.

The seven stages are those of 问题收集—书记吹哨—部门报到—问题处理—核实结项—综合评价—答复反馈
(domain rule 14); a stage is what the case waits for. `archived` is after the seventh.
"""

from enum import StrEnum
from typing import NamedTuple

from gridsvc.words import Words


class Stage(StrEnum):
    COLLECT = "collect"
    WHISTLE = "whistle"
    REPORT_IN = "report_in"
    HANDLE = "handle"
    VERIFY_CLOSE = "verify_close"
    EVALUATE = "evaluate"
    REPLY = "reply"
    ARCHIVED = "archived"


STAGE_NAMES = {
    Stage.COLLECT: Words("问题收集", "Problem collection"),
    Stage.WHISTLE: Words("书记吹哨", "Secretary whistles"),
    Stage.REPORT_IN: Words("部门报到", "Departments report in"),
    Stage.HANDLE: Words("问题处理", "Problem handled"),
    Stage.VERIFY_CLOSE: Words("核实结项", "Verified and closed"),
    Stage.EVALUATE: Words("综合评价", "Comprehensive evaluation"),
    Stage.REPLY: Words("答复反馈", "Reply and feedback"),
    Stage.ARCHIVED: Words("归档", "Archived"),
}


class Field(NamedTuple):
    """What a move asks of the person who makes it."""

    name: str
    type: str
    label: Words
    required: bool = True


class MoveRule(NamedTuple):
    """A move, the stages it is legal in, and the stage it leads to (None: stays)."""

    code: str
    name: Words
    start: frozenset[Stage]
    end: Stage | None
    fields: tuple[Field, ...]
    # Who hears of it, shown before the move is made.
    tells: Words | None = None


_ALL_OPEN = frozenset(Stage) - {Stage.ARCHIVED}
_REASON = Field("reason", "text", Words("理由", "Reason"))
_NOTE = Field("note", "text", Words("说明", "Note"), required=False)
_DEPARTMENTS = Field("departments", "departments", Words("责任部门", "Departments"), required=False)
_CONDITIONS = Field(
    "conditions", "text", Words("经费与条件", "Funds and conditions"), required=False
)
_KIND = Field("kind", "kind", Words("哨种", "Whistle kind"))

_RULES = (
    MoveRule(
        "place",
        Words("定位", "Set the place"),
        _ALL_OPEN,
        None,
        (Field("place", "point", Words("位置", "Place")), _NOTE),
    ),
    MoveRule(
        "classify",
        Words("分类", "Classify"),
        frozenset({Stage.COLLECT, Stage.WHISTLE}),
        None,
        (Field("category", "category", Words("类别", "Category")), _NOTE),
    ),
    MoveRule(
        "whistle",
        Words("吹哨", "Whistle"),
        frozenset({Stage.COLLECT}),
        Stage.WHISTLE,
        (
            _KIND,
            Field("mode", "mode", Words("办理方式", "Mode"), False),
            _DEPARTMENTS,
            _CONDITIONS,
            _NOTE,
        ),
        Words("网格中心将审核立项。", "The grid centre will review it."),
    ),
    MoveRule(
        "handle_directly",
        Words("直接办理", "Handle directly"),
        frozenset({Stage.COLLECT}),
        Stage.HANDLE,
        (_NOTE,),
    ),
    MoveRule(
        "report_up",
        Words("上报街道", "Report up"),
        frozenset({Stage.COLLECT}),
        None,
        (_REASON,),
        Words(
            "上一级网格单元将成为属地。",
            "The unit above becomes the territorial owner.",
        ),
    ),
    MoveRule(
        "dismiss",
        Words("不予受理", "Dismiss"),
        frozenset({Stage.COLLECT, Stage.WHISTLE}),
        Stage.ARCHIVED,
        (_REASON,),
        Words(
            "案件将结束，上报人会得到理由。",
            "The case ends; the reporter gets the reason.",
        ),
    ),
    MoveRule(
        "accept",
        Words("立项派遣", "Accept and dispatch"),
        frozenset({Stage.WHISTLE}),
        Stage.REPORT_IN,
        (_DEPARTMENTS, _CONDITIONS, _NOTE),
        Words("被吹哨的部门须报到。", "The departments called must report in."),
    ),
    MoveRule(
        "return",
        Words("退回", "Return"),
        frozenset({Stage.WHISTLE}),
        Stage.COLLECT,
        (_REASON,),
    ),
    MoveRule(
        "report_in",
        Words("报到", "Report in"),
        frozenset({Stage.REPORT_IN}),
        Stage.HANDLE,
        (
            Field("department", "department", Words("报到部门", "Department"), False),
            _NOTE,
        ),
    ),
    MoveRule(
        "hand_back",
        Words("回退", "Hand back"),
        frozenset({Stage.REPORT_IN, Stage.HANDLE}),
        Stage.WHISTLE,
        (_REASON,),
        Words("网格中心将重新派遣。", "The grid centre will dispatch again."),
    ),
    MoveRule(
        "resolve",
        Words("办结", "Report done"),
        frozenset({Stage.HANDLE}),
        Stage.VERIFY_CLOSE,
        (Field("result", "text", Words("处理结果", "Result")),),
        Words("将由他人核实。", "Somebody else will verify it."),
    ),
    MoveRule(
        "verify",
        Words("核实通过", "Verify"),
        frozenset({Stage.VERIFY_CLOSE}),
        Stage.EVALUATE,
        (_NOTE,),
        Words("案件将结项。", "The case will be closed."),
    ),
    MoveRule(
        "rework",
        Words("返工", "Send back"),
        frozenset({Stage.VERIFY_CLOSE}),
        Stage.HANDLE,
        (_REASON,),
        Words("责任部门须重新处理。", "The departments must handle it again."),
    ),
    MoveRule(
        "evaluate",
        Words("评价", "Evaluate"),
        frozenset({Stage.EVALUATE}),
        Stage.REPLY,
        (Field("score", "score", Words("评分", "Score")), _NOTE),
    ),
    MoveRule(
        "reply",
        Words("答复", "Reply"),
        frozenset({Stage.REPLY}),
        Stage.ARCHIVED,
        (Field("reply", "text", Words("答复内容", "Reply")),),
        Words("上报人将收到答复。", "The reporter will get the reply."),
    ),
    MoveRule(
        "reopen",
        Words("重新打开", "Reopen"),
        frozenset({Stage.EVALUATE, Stage.REPLY, Stage.ARCHIVED}),
        Stage.COLLECT,
        (_REASON,),
    ),
    MoveRule(
        "note",
        Words("备注", "Note"),
        frozenset(Stage),
        None,
        (Field("note", "text", Words("备注", "Note")),),
    ),
)

MOVES = {rule.code: rule for rule in _RULES}


def legal(stage: Stage) -> list[MoveRule]:
    """The moves a case in this stage can make, in the order of the loop."""
    return [rule for rule in _RULES if stage in rule.start]
