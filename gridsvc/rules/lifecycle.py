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
    """What a move asks of the person who makes it. A `choice` is among the terms of `list_name`."""

    name: str
    type: str
    label: Words
    required: bool = True
    list_name: str | None = None


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
_DEPARTMENT = Field("department", "department", Words("部门", "Department"), False)
_HERE = Field("place", "point", Words("现场位置", "Where you are"), False)
_PHOTOS = Field("photos", "photos", Words("照片", "Photos"), False)
_ASK = Field("ask", "number", Words("申请序号", "Number of the request"), False)

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
            Field("call_leaders", "flag", Words("请联系领导报到", "Call linked leaders"), False),
            _NOTE,
        ),
        Words("网格中心将审核立项。", "The grid centre will review it."),
    ),
    MoveRule(
        "handle_directly",
        Words("直接办理", "Handle directly"),
        frozenset({Stage.COLLECT}),
        Stage.HANDLE,
        (
            Field("forces", "text", Words("社区力量", "Community forces called"), False),
            Field("leader", "text", Words("责任领导", "Responsible leader"), False),
            Field("section", "text", Words("责任科室", "Responsible section"), False),
            _NOTE,
        ),
        Words(
            "在社区或街道内办理，不经平台吹哨。",
            "Handled within the community or the street, without a whistle on the platform.",
        ),
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
            Field("how", "choice", Words("报到方式", "How"), False, "report_in_how"),
            _HERE,
            _NOTE,
        ),
    ),
    MoveRule(
        "leader_in",
        Words("联系领导报到", "Leader reports in"),
        frozenset({Stage.WHISTLE, Stage.REPORT_IN, Stage.HANDLE}),
        None,
        (Field("leader", "text", Words("联系领导", "Linked leader"), False), _NOTE),
    ),
    MoveRule(
        "assign",
        Words("分派任务", "Assign a task"),
        frozenset({Stage.REPORT_IN, Stage.HANDLE}),
        None,
        (
            Field("department", "department", Words("部门", "Department")),
            Field("task", "text", Words("任务", "Task")),
        ),
        Words(
            "任务完成前该部门不得退出。",
            "The department is not released before its task is done.",
        ),
    ),
    MoveRule(
        "task_done",
        Words("完成任务", "Task done"),
        frozenset({Stage.HANDLE}),
        None,
        (_DEPARTMENT, Field("result", "text", Words("处理结果", "Result"))),
    ),
    MoveRule(
        "step_done",
        Words("完成步骤", "Step done"),
        frozenset({Stage.REPORT_IN, Stage.HANDLE}),
        None,
        (Field("step", "number", Words("步骤序号", "Number of the step")), _NOTE),
    ),
    MoveRule(
        "release",
        Words("解除", "Release"),
        frozenset({Stage.HANDLE}),
        None,
        (Field("department", "department", Words("部门", "Department")), _REASON),
    ),
    MoveRule(
        "ask",
        Words("申请", "Ask"),
        _ALL_OPEN - {Stage.COLLECT},
        None,
        (
            Field("ask_kind", "choice", Words("申请事项", "What for"), True, "ask_kind"),
            Field("amount", "number", Words("延长多少", "How much longer"), False),
            Field("time_unit", "choice", Words("时间单位", "Unit"), False, "time_unit"),
            _DEPARTMENT,
            _REASON,
        ),
        Words("批准前一切照旧。", "Nothing changes before it is granted."),
    ),
    MoveRule(
        "grant",
        Words("批准", "Grant"),
        frozenset(Stage) - {Stage.COLLECT},
        None,
        (_ASK, _NOTE),
    ),
    MoveRule(
        "refuse",
        Words("不批准", "Refuse"),
        frozenset(Stage) - {Stage.COLLECT},
        None,
        (_ASK, _REASON),
    ),
    MoveRule(
        "resume",
        Words("恢复办理", "Go on"),
        frozenset({Stage.REPORT_IN, Stage.HANDLE}),
        None,
        (_NOTE,),
        Words("挂账结束，时限继续计算。", "The hang-up ends and the clocks go on."),
    ),
    MoveRule(
        "supervise",
        Words("督办", "Supervise"),
        frozenset({Stage.WHISTLE, Stage.REPORT_IN, Stage.HANDLE, Stage.VERIFY_CLOSE, Stage.REPLY}),
        None,
        (Field("level", "choice", Words("督办级别", "Level"), True, "supervision"), _REASON),
    ),
    MoveRule(
        "mark",
        Words("标记不规范吹哨", "Mark the whistle"),
        _ALL_OPEN - {Stage.COLLECT},
        None,
        (Field("fault", "choice", Words("情形", "What is wrong"), True, "whistle_fault"), _REASON),
        Words("吹哨方可以申诉。", "Whoever whistled may appeal."),
    ),
    MoveRule(
        "resolve",
        Words("办结", "Report done"),
        frozenset({Stage.HANDLE}),
        Stage.VERIFY_CLOSE,
        (Field("result", "text", Words("处理结果", "Result")), _PHOTOS),
        Words("将由他人核实。", "Somebody else will verify it."),
    ),
    MoveRule(
        "verify",
        Words("核实通过", "Verify"),
        frozenset({Stage.VERIFY_CLOSE}),
        Stage.EVALUATE,
        (_HERE, _PHOTOS, _NOTE),
        Words("案件将结项。", "The case will be closed."),
    ),
    MoveRule(
        "rework",
        Words("返工", "Send back"),
        frozenset({Stage.VERIFY_CLOSE}),
        Stage.HANDLE,
        (_REASON, _PHOTOS),
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
        "merge",
        Words("并案", "Merge"),
        frozenset({Stage.COLLECT, Stage.WHISTLE}),
        Stage.ARCHIVED,
        (Field("into", "text", Words("并入案件号", "Into case")), _NOTE),
        Words(
            "本案随所并入的案件办理和答复，可以撤销。",
            "It is handled and answered with the other case, and can be undone.",
        ),
    ),
    MoveRule(
        "unmerge",
        Words("撤销并案", "Undo the merge"),
        frozenset({Stage.ARCHIVED}),
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
