"""What stands above and below a heat map, in both languages."""

from typing import Protocol

from gridsvc.heat.measures import SMALL, Measure
from gridsvc.heat.questions import HEXAGON, SMOOTH, Question
from gridsvc.rules.rates import Period
from gridsvc.words import Words

PLACE = Words("位置", "Place")
STEADIED = Words("收缩后占比", "Share, steadied")
BEFORE = Words("对比期", "Period before")
DIFFERENCE = Words("差值", "Difference")
NOTHING = Words("无数据", "No data")


class Sums(Protocol):
    """How many were counted, of these on the map, and in none of its places."""

    @property
    def counted(self) -> int: ...
    @property
    def on_map(self) -> int: ...
    @property
    def elsewhere(self) -> int: ...


def title(measure: Measure, asked: Question) -> Words:
    if asked.against is None:
        return measure.title
    return Words(f"{measure.title.zh}：两期对比", f"{measure.title.en}: two periods")


def note(measure: Measure, asked: Question, now: Sums, before: Sums | None) -> Words:
    """How the figures were made, how small numbers are kept from misleading, and what adds up."""
    parts = [
        Words(
            f"{measure.words.zh}{days(asked.period)}。",
            f"{measure.words.en} {days(asked.period)}.",
        ),
        sums_said(now),
    ]
    if asked.against and before:
        before_days = days(asked.against)
        parts.append(
            Words(
                f"对比期{before_days}：{sums_said(before).zh}",
                f"Before, {before_days}: {sums_said(before).en}",
            )
        )
        if measure.form == "count":
            parts.append(
                Words(
                    "两期长短不同时，对比期件数按天数折算。",
                    "Where the periods differ in length, the counts before are scaled to this one.",
                )
            )
    parts.append(_small(measure, asked))
    return Words("".join(one.zh for one in parts), " ".join(one.en for one in parts))


def days(period: Period) -> str:
    return f"{period.since:%Y-%m-%d %H:%M} — {period.until:%Y-%m-%d %H:%M}"


def sums_said(sums: Sums) -> Words:
    return Words(
        f"共{sums.counted:,}件，其中图上{sums.on_map:,}件，未上图（没有位置、在图外或所在处件数过少）{sums.elsewhere:,}件。",
        f"{sums.counted:,} were counted, {sums.on_map:,} of them on the map, "
        f"{sums.elsewhere:,} not on it (no place, outside, or too few around).",
    )


def _small(measure: Measure, asked: Question) -> Words:
    if asked.by == SMOOTH:
        return Words(
            f"以高斯核平滑（标准差{asked.bandwidth_m:.0f}米）；核内不足{SMALL}件处画斜线。",
            f"Smoothed by a Gaussian kernel of {asked.bandwidth_m:.0f} m; hatched where it holds "
            f"fewer than {SMALL} cases.",
        )
    where = Words("六边形", "hexagons") if asked.by == HEXAGON else Words("单元", "units")
    if measure.form == "share":
        return Words(
            f"占比按经验贝叶斯（Marshall 1991）向全区均值收缩；不足{SMALL}件的{where.zh}画斜线。",
            "Shares are drawn towards the whole by empirical Bayes (Marshall 1991); "
            f"{where.en} with fewer than {SMALL} are hatched.",
        )
    if measure.code == "count" and not asked.against:
        return Words("件数为实数，不作处理。", "Counts are as they are.")
    return Words(
        f"不足{SMALL}件的{where.zh}画斜线，仅供参考。",
        f"The {where.en} with fewer than {SMALL} are hatched: read them with care.",
    )
