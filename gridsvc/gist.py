"""What an event comes to, in the words of the district's language: what a template may name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row

from gridsvc.rulebook import Rulebook
from gridsvc.rules.lifecycle import STAGE_NAMES, Stage
from gridsvc.rules.notices import Audience
from gridsvc.words import Words

MOST_TEXT = 120
# Between the district, which everybody knows, and the house, which is in the text.
TOLD_LEVELS = slice(1, 4)
REMINDER = Words("时限提醒", "Reminder")
SATISFIED = {
    "yes": Words("满意", "yes"),
    "partly": Words("基本满意", "partly"),
    "no": Words("不满意，请求重办", "no, and asks to open the case again"),
}


class Speaker(NamedTuple):
    """Who puts events into words. `places` are the names of units by code."""

    rules: Rulebook
    language: str
    district: Words
    places: Mapping[str, str]

    def say(self, words: Words) -> str:
        return words.en if self.language == "en" else words.zh

    def tell(self, event: Row[Any], audience: Audience) -> dict[str, str]:
        """The values of wording.NAMES for an event and whom it is told."""
        rules, detail = self.rules, event.detail
        category = rules.categories.get(event.category_code or "")
        names = [self.say(rules.department_name(code)) for code in audience.departments]
        return {
            "case_no": event.case_no,
            "district": self.say(self.district),
            "place": self._place(event.chain),
            "category": self.say(category.name if category else Words("未分类", "unclassified")),
            "whistle": self._term("whistle_kind", event.whistle),
            "stage": self.say(STAGE_NAMES[Stage(event.stage)]),
            "departments": self.say(Words("、", ", ")).join(names),
            "text": short(event.text),
            "due": self.moment(event.due_at),
            "by": event.by_name or self.say(Words("系统", "the service")),
            "reason": short(self._reason(detail)),
            "request": self._term("ask_kind", detail.get("ask_kind")),
            "task": short(detail.get("task") or ""),
            "result": short(detail.get("result") or ""),
            "reply": detail.get("reply") or "",
            "satisfied": self._satisfied(detail.get("satisfied")),
            **self._urging(detail, audience),
        }

    def moment(self, at: datetime | None) -> str:
        """A moment as the district's clocks show it."""
        if at is None:
            return self.say(Words("未定", "not set"))
        return at.astimezone(self.rules.calendar.zone).strftime("%Y-%m-%d %H:%M")

    def _place(self, chain: list[str]) -> str:
        names = [self.places[code] for code in chain[TOLD_LEVELS] if code in self.places]
        return " ".join(names) or self.say(Words("位置待定", "no place yet"))

    def _reason(self, detail: Mapping[str, Any]) -> str:
        taken = [succession(one) for one in detail.get("succeeded", ())]
        said = self.say(Words("；", "; ")).join(map(self.say, taken))
        return said or detail.get("reason") or detail.get("note") or ""

    def _term(self, list_name: str, code: str | None) -> str:
        return self.say(self.rules.say(list_name, code)) if code else ""

    def _satisfied(self, given: str | None) -> str:
        return self.say(SATISFIED[given]) if given else ""

    def _urging(self, detail: Mapping[str, Any], audience: Audience) -> dict[str, str]:
        """The hardest level, and the clocks that ran out for whoever is told."""
        marks = [
            mark
            for mark in detail.get("marks", ())
            if mark["tells"] == audience.post
            and mark["department"] in (None, *audience.departments)
        ]
        order = list(self.rules.terms.get("supervision", ()))
        levels = [mark["level"] for mark in marks] or [detail.get("level")]
        hard = max((one for one in levels if one in order), key=order.index, default=None)
        level = self._term("supervision", hard) or (self.say(REMINDER) if marks else "")
        return {
            "level": level,
            "clocks": self.say(Words("；", "; ")).join(map(self._clock, marks)),
        }

    def _clock(self, mark: Mapping[str, Any]) -> str:
        name = Words(**mark["name"]) if mark["name"] else self.rules.say("clock", mark["clock"])
        whose = [self.rules.department_name(mark["department"])] if mark["department"] else []
        until = self.moment(datetime.fromisoformat(mark["due_at"]))
        parts = [*whose, name, Words(f"时限{until}", f"due {until}")]
        return " ".join(map(self.say, parts))


def succession(one: Mapping[str, Any]) -> Words:
    """Who took over from whom, under the names they had."""
    was, now = one["was"]["name"], one["now"]["name"]
    return Words(f"{now['zh']}承接{was['zh']}的工作", f"{now['en']} took over from {was['en']}")


def short(words: str) -> str:
    """One line, not too long."""
    words = " ".join(words.split())
    return words if len(words) <= MOST_TEXT else words[: MOST_TEXT - 1] + "…"
