"""What an event of a case says, as a sentence in both languages."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from gridsvc.gist import succession
from gridsvc.rules.lifecycle import MOVES
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words


def event_out(facts: Snapshot, event: Row[Any]) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "kind": event.kind,
        "stage": event.stage,
        "at": event.at,
        "by": None
        if event.by_name is None
        else {
            "name": event.by_name,
            "post": event.by_post,
            "post_name": facts.rules.say("post", event.by_post or "").both,
        },
        "detail": event.detail,
        "text": _sentence(facts, event).both,
    }


def _sentence(facts: Snapshot, event: Row[Any]) -> Words:
    """What happened, as one line of the timeline."""
    detail = event.detail
    if event.kind == "received":
        channel = facts.rules.say("channel", detail.get("channel") or "")
        return Words(f"收到上报（{channel.zh}）", f"Report received ({channel.en})")
    if event.kind == "rejudge":
        no = detail["edition"]
        return Words(f"按第{no}版网格重新研判", f"Judged again by edition {no} of the grid")
    if event.kind == "feedback":
        given = FEEDBACK[detail["satisfied"]]
        why = detail["reason"] or ""
        return Words(
            f"上报人评价：{given.zh}{f'：{why}' if why else ''}",
            f"The reporter is {given.en}{f': {why}' if why else ''}",
        )
    if event.kind == "urge":
        said = [_urged(facts, mark) for mark in detail["marks"]]
        return Words("；".join(one.zh for one in said), "; ".join(one.en for one in said))
    if event.kind == "succeed":
        taken = [succession(one) for one in detail["succeeded"]]
        return Words("；".join(one.zh for one in taken), "; ".join(one.en for one in taken))
    move = MOVES[event.kind].name if event.kind in MOVES else Words(event.kind, event.kind)
    parts = [_named(facts, name, detail[name]) for name in SAID if detail.get(name)]
    zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
    return Words(f"{move.zh}：{zh}" if zh else move.zh, f"{move.en}: {en}" if en else move.en)


SAID = (
    "kind",
    "ask_kind",
    "level",
    "fault",
    "department",
    "departments",
    "conditions",
    "category",
    "score",
    "task",
    "leader",
    "section",
    "forces",
    "result",
    "reply",
    "into",
    "reason",
    "note",
)


def _urged(facts: Snapshot, mark: Mapping[str, Any]) -> Words:
    """One mark that a clock has passed."""
    clock = facts.rules.say("clock", mark["clock"])
    if mark["name"]:
        clock = Words(mark["name"]["zh"], mark["name"]["en"] or mark["name"]["zh"])
    whose = facts.rules.department_name(mark["department"]) if mark["department"] else None
    zh, en = (f"（{whose.zh}）", f" ({whose.en})") if whose else ("", "")
    if mark["level"] == "remind":
        return Words(f"提醒：{clock.zh}时限将到{zh}", f"Reminder: time to {clock.en} runs out{en}")
    level = facts.rules.say("supervision", mark["level"])
    return Words(f"{level.zh}：{clock.zh}超时{zh}", f"{level.en}: {clock.en} is late{en}")


FEEDBACK = {
    "yes": Words("满意", "satisfied"),
    "partly": Words("基本满意", "partly satisfied"),
    "no": Words("不满意", "not satisfied"),
}

LISTS = {
    "kind": "whistle_kind",
    "ask_kind": "ask_kind",
    "level": "supervision",
    "fault": "whistle_fault",
}


def _named(facts: Snapshot, name: str, value: Any) -> Words:
    if name in LISTS:
        return facts.rules.say(LISTS[name], value)
    if name in ("department", "departments"):
        codes = [value] if isinstance(value, str) else value
        named = [facts.rules.department_name(code) for code in codes]
        return Words("、".join(n.zh for n in named), ", ".join(n.en for n in named))
    if name == "category" and value in facts.rules.categories:
        return facts.rules.categories[value].name
    if name == "score":
        return Words(f"{value}分", f"{value} points")
    return Words(str(value), str(value))
