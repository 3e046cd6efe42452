"""Small words of documents in the language they are written in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from gridsvc.documents.blocks import Cell, Column, Figure, Kind
from gridsvc.errors import Lang
from gridsvc.words import Words

RATES = ("response", "on_time", "closing", "solved", "satisfied", "rework", "hand_back")
NO_DATA = Words("无数据", "no data")
TOO_FEW = Words(
    "带 * 的数由不足十件算出，仅供参考；“—”为无数据，不是零。",
    "An asterisk: counted from fewer than ten, read with care. A dash: no data, which is not zero.",
)
NOTHING = Words("本期没有。", "None in this period.")
NUMERALS = "一二三四五六七八九十"


class Voice(NamedTuple):
    """Says words in one language."""

    lang: Lang

    def __call__(self, zh: str | Mapping[str, str] | Words, en: str = "") -> str:
        if isinstance(zh, str):
            return zh if self.lang == "zh" else en
        words = zh if isinstance(zh, Words) else Words(zh["zh"], zh["en"])
        return words.say(self.lang)

    def chapter(self, no: int, words: Words) -> str:
        """一、总体情况; 1. Overview."""
        return f"{NUMERALS[no - 1]}、{words.zh}" if self.lang == "zh" else f"{no}. {words.en}"

    def many(self, words: Sequence[Mapping[str, str]]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(self(one) for one in words)

    def moment(self, iso: str) -> str:
        return f"{datetime.fromisoformat(iso):%Y-%m-%d %H:%M}"

    def day(self, iso: str) -> str:
        return iso[:10]


def rate(told: Mapping[str, Any], code: str) -> Figure:
    """One rate of those that the API tells."""
    one = next(one for one in told["rates"] if one["code"] == code)
    return Figure(one["value"], Kind.SHARE, one["small"] and one["value"] is not None)


def hours(told: Mapping[str, Any], code: str, part: str) -> Figure:
    one = next(one for one in told["hours"] if one["code"] == code)
    return Figure(one[part], Kind.ONE, one["small"] and one[part] is not None)


def change(now: Figure, before: Figure) -> Figure:
    """The difference to the period before; nothing where either is missing."""
    if now.value is None or before.value is None:
        return Figure(None, Kind.CHANGE)
    kind = {Kind.SHARE: Kind.POINTS, Kind.ONE: Kind.MORE}.get(now.kind, Kind.CHANGE)
    return Figure(now.value - before.value, kind, now.small or before.small)


def rate_columns(voice: Voice, told: Mapping[str, Any], first: str, wide: float) -> list[Column]:
    """A name, every rate, and the hours."""
    return [
        Column(first, wide, number=False),
        *(Column(voice(one["name"])) for one in told["rates"]),
        Column(voice("报到中位（时）", "Report in, median h")),
        Column(voice("结案中位（时）", "Close, median h")),
        Column(voice("结案九成（时）", "Close, 90% h")),
    ]


def rate_cells(told: Mapping[str, Any]) -> list[Cell]:
    return [
        *(rate(told, code) for code in RATES),
        hours(told, "report_in_hours", "median"),
        hours(told, "close_hours", "median"),
        hours(told, "close_hours", "p90"),
    ]
