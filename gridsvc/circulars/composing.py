"""From figures to a document: what each kind says, and in which order. Pure."""

from collections.abc import Callable

from gridsvc.circulars import matters, sections, standing
from gridsvc.circulars.figures import Figures, Shapes
from gridsvc.circulars.kinds import CircularKind
from gridsvc.circulars.saying import Voice
from gridsvc.documents.blocks import Block, Document, Heading, Paragraph
from gridsvc.errors import Lang
from gridsvc.words import Words

Section = Callable[[Figures, Voice], list[Block]]


def monthly(figures: Figures, shapes: Shapes, lang: Lang) -> Document:
    """月通报: how the month went, who is behind, and what waits."""
    return _document(figures, shapes, lang, _order("listed"))


def quarterly(figures: Figures, shapes: Shapes, lang: Lang) -> Document:
    """季调度: first what must be moved on, then how it went."""
    return _document(figures, shapes, lang, _order("assessment", first="listed"))


def yearly(figures: Figures, shapes: Shapes, lang: Lang) -> Document:
    """年总结: the year, and the result that enters each department's performance."""
    return _document(figures, shapes, lang, _order("assessment", "listed"))


def half_yearly(figures: Figures, shapes: Shapes, lang: Lang) -> Document:
    """街道半年报告: one street beside the district, by its communities."""
    return _document(figures, shapes, lang, _order("listed"))


COMPOSERS = {
    CircularKind.MONTHLY: monthly,
    CircularKind.QUARTERLY: quarterly,
    CircularKind.YEARLY: yearly,
    CircularKind.HALF_YEARLY: half_yearly,
}


def compose(figures: Figures, shapes: Shapes, lang: Lang) -> Document:
    """The document that the figures are of."""
    return COMPOSERS[CircularKind(figures["kind"])](figures, shapes, lang)


SECTIONS: dict[str, tuple[Words, Section]] = {
    "listed": (Words("超期与督办", "Overdue and supervised"), matters.listed),
    "departments": (Words("部门", "Departments"), sections.departments),
    "units": (Words("属地", "Territory"), sections.units),
    "ranking": (Words("先进与后进", "First and last"), standing.ranking),
    "assessment": (Words("考核结果", "Assessment"), standing.assessment),
    "categories": (Words("事项", "Matters"), matters.categories),
    "recompute": (Words("说明与核算", "Sources and method"), standing.recompute),
}
MAPS = Words("地图", "Maps")


def _order(*last: str, first: str | None = None) -> list[str]:
    head = [first] if first else []
    return [*head, "departments", "units", "ranking", *last, "categories", "maps", "recompute"]


def _document(figures: Figures, shapes: Shapes, lang: Lang, order: list[str]) -> Document:
    voice = Voice(lang)
    district, unit = voice(figures["district"]), figures["unit"]
    where = f"{district}{unit['name']}" if unit and lang == "zh" else district
    if unit and lang == "en":
        where = f"{unit['name']}, {district}"
    about = voice(
        f"{district}书记吹哨部门报到{figures['name']['zh']}",
        f"Whistles of {district}: {figures['name']['en'].lower()}",
    )
    if unit:
        about = voice(f"{where}书记吹哨半年报告", f"Whistles of {where}: half-yearly report")
    made = voice(
        f"制作于{voice.moment(figures['made_at'])}", f"Made {voice.moment(figures['made_at'])}"
    )
    blocks: list[Block] = list(_notices(figures, voice))
    chapters: list[tuple[Words, list[Block]]] = [
        (
            Words("总体情况", "Overview"),
            [*sections.overview(figures, voice), *sections.over_time(figures, voice)],
        )
    ]
    for name in order:
        if name == "maps":
            chapters.append((MAPS, matters.maps(figures, shapes, voice)))
        else:
            words, section = SECTIONS[name]
            chapters.append((words, section(figures, voice)))
    for no, (words, told) in enumerate(chapters, 1):
        blocks += [Heading(voice.chapter(no, words)), *told]
    return Document(about, voice(figures["span"]), where, made, blocks, lang)


def _notices(figures: Figures, voice: Voice) -> list[Paragraph]:
    told = []
    if not figures["ended"]:
        until = voice.moment(figures["until"])
        told.append(
            voice(
                f"本期尚未结束，数据截至{until}。",
                f"The period has not ended: counted up to {until}.",
            )
        )
    if figures["notice"]:
        told.append(voice(figures["notice"]))
    return [Paragraph(words, "notice") for words in told]
