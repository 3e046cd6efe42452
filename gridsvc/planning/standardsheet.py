"""The verdicts on all standards as a table for documents."""

from datetime import date

from gridsvc.documents.blocks import Block, Cell, Column, Document, Figure, Heading, Kind, Table
from gridsvc.errors import Lang
from gridsvc.rules.standards import Standard, Verdict
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

MET = {
    True: Words("达到", "Met"),
    False: Words("未达到", "Missed"),
    None: Words("无法判断", "Cannot tell"),
}
COLUMNS = (
    (Words("标准", "Standard"), 3.0, False),
    (Words("结论", "Verdict"), 1.0, False),
    (Words("现状", "Found"), 1.0, True),
    (Words("单位", "Unit"), 1.0, False),
    (Words("达到的单元", "Units that meet it"), 1.0, True),
    (Words("单元总数", "Of"), 1.0, True),
    (Words("缺少的单元", "Units that miss it"), 3.0, False),
    (Words("说明", "Reading"), 3.0, False),
    (Words("出处", "Source"), 2.0, False),
)


def document(
    facts: Snapshot, told: list[tuple[Standard, Verdict]], day: date, where: str, lang: Lang
) -> Document:
    """Every standard with its verdict, and all units that miss it by name."""
    columns = [Column(words.say(lang), share, number) for words, share, number in COLUMNS]
    rows = [_row(facts, standard, verdict, lang) for standard, verdict in told]
    title = Words("各项标准", "Standards").say(lang)
    blocks: list[Block] = [Heading(title), Table(title, columns, rows)]
    return Document(title, day.isoformat(), where, where, blocks, lang)


def _row(facts: Snapshot, standard: Standard, verdict: Verdict, lang: Lang) -> list[Cell]:
    units = [facts.grid.unit(code) for code in verdict.lacking]
    named = ("、" if lang == "zh" else ", ").join(unit.name for unit in units if unit)
    reading = verdict.why or standard.reading
    return [
        standard.name.say(lang),
        MET[verdict.met].say(lang),
        Figure(verdict.value, Kind.ONE),
        verdict.unit,
        Figure(verdict.having if verdict.total else None),
        Figure(verdict.total or None),
        named or "—",
        reading.say(lang) or "—",
        standard.source,
    ]
