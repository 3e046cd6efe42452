"""From figures to a document: which chapters, in which order."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from gridsvc.documents.blocks import Block, Document, Heading, Paragraph
from gridsvc.errors import Lang, UnknownUnit
from gridsvc.planning import coverage
from gridsvc.planning.ground import COMMUNITY, DISTRICT, STREET
from gridsvc.planreport.acting import on_foot, proposed
from gridsvc.planreport.having import facilities, gaps, overview
from gridsvc.planreport.holding import held_to, sources
from gridsvc.planreport.subject import Subject, drawn
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District, Edition
from gridsvc.words import Words

NUMERALS = "一二三四五六七八"


def compose(
    session: Session,
    facts: Snapshot,
    unit: str | None,
    day: date,
    now: datetime,
    lang: Lang = "zh",
) -> Document:
    """The report as blocks. Raises UnknownUnit for what is no street of the edition."""
    about = Subject(session, facts, day, now, lang, unit)
    named = facts.grid.unit(unit) if unit else None
    if unit and (named is None or named.level not in (DISTRICT, STREET)):
        raise UnknownUnit(code=unit)
    district = session.get_one(District, facts.district)
    edition = session.get_one(Edition, (facts.district, facts.grid.edition))
    theme = coverage.theme(session, facts, day, COMMUNITY, unit)
    chapters: list[tuple[Words, list[Block]]] = [
        (Words("总体情况", "Overview"), overview(about)),
        (Words("缺口排序", "Ranked gaps"), gaps(about, theme)),
        (Words("地图", "Maps"), [drawn(about, theme)]),
        (Words("步行可达", "On foot"), on_foot(about)),
        (Words("建议选址", "Proposed sites"), proposed(about)),
        (Words("各项标准", "Standards"), held_to(about)),
        (Words("服务设施", "Facilities"), facilities(about)),
        (Words("说明与核算", "Sources and method"), sources(about, edition, theme)),
    ]
    blocks: list[Block] = []
    notice = district.notice_zh if lang == "zh" else district.notice_en
    if notice:
        blocks.append(Paragraph(notice, "notice"))
    for no, (words, told) in enumerate(chapters, 1):
        title = f"{NUMERALS[no - 1]}、{words.zh}" if lang == "zh" else f"{no}. {words.en}"
        blocks += [Heading(title), *told]
    whole = district.name_zh if lang == "zh" else district.name_en
    where = named.name if named else whole
    title = about.say(
        f"{where}社区服务设施规划报告", f"Community service facilities: planner's report of {where}"
    )
    at = now.astimezone(facts.rules.calendar.zone)
    made = about.say(f"制作于{at:%Y-%m-%d %H:%M}", f"Made {at:%Y-%m-%d %H:%M}")
    return Document(title, day.isoformat(), whole, made, blocks, lang)
