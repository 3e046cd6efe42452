"""Chapters on who can walk where, and which candidate sites would close the gap."""

from gridsvc.documents.blocks import Block, Cell, Column, Figure, Kind, Paragraph, Table
from gridsvc.errors import BadInput
from gridsvc.planning.ground import COMMUNITY, DISTRICT
from gridsvc.planreport.subject import Subject, drawn, within
from gridsvc.siting import candidates, plans
from gridsvc.siting.plans import Answer, Wish
from gridsvc.walking import reach, services, summary, themes, walk


def on_foot(about: Subject) -> list[Block]:
    """Households within reach of each type of facility that is open anywhere."""
    question = summary.Question(about.day)
    try:
        held, pace = walk.current(about.session, about.facts), walk.pace(about.facts)
    except BadInput as why:
        return [Paragraph(why.say(about.lang))]
    standing = services.open_on(about.session, about.facts.district, about.day)
    names = services.types(about.session, about.facts.district)
    here = about.unit or about.facts.grid.chain_codes(0)[0]
    named = about.facts.grid.unit(here)
    level = named.level if named else DISTRICT
    rows: list[list[Cell]] = []
    for code, name in names.items():
        mine = [one for one in standing if one.type == code]
        if not mine:
            continue
        found = reach.measure(held, pace, mine, pace.minutes)
        lines = reach.by_unit(held, found, level)
        told = lines.get(here)
        if told is not None:
            rows.append(
                [
                    about.words(name),
                    Figure(len(mine)),
                    Figure(told.reached),
                    Figure(told.unserved),
                    Figure(told.share, Kind.SHARE),
                ]
            )
    columns = [
        Column(about.say("设施类型", "Type of facility"), 3, number=False),
        Column(about.say("全区开放", "Open in the district")),
        Column(about.say("可达户数", "Households in reach")),
        Column(about.say("不可达户数", "beyond reach")),
        Column(about.say("可达占比", "Share in reach")),
    ]
    title = about.say(
        f"{pace.minutes:g}分钟步行可达的户数", f"Households within {pace.minutes:g} minutes on foot"
    )
    none = about.say("没有开放的设施。", "No facility is open.")
    blocks: list[Block] = [Table(title, columns, rows, empty=none)]
    kinds = {one.type for one in standing if one.type in names}
    counted = sorted(kinds & services.counted(about.session, about.facts.district))
    if counted:
        most = max(counted, key=lambda kind: sum(one.type == kind for one in standing))
        found, asked = summary.reach_of(about.session, about.facts, most, question)
        theme = themes.of_reach(about.session, about.facts, held, found, asked, COMMUNITY)
        blocks += [drawn(about, within(about, theme))]
        blocks += [Paragraph(about.words(theme.note), "small")]
    return blocks


def proposed(about: Subject) -> list[Block]:
    """The cheapest set of candidates that brings the communities to the standard."""
    kept = [
        one
        for one in candidates.listed(about.session, about.facts)
        if one.community is not None and about.holds(one.community)
    ]
    if not kept:
        none = "没有登记候选地点，无法提出选址。"
        return [Paragraph(about.say(none, "No candidate sites are registered here."))]
    wish = Wish("cheapest", about.day, among=[one.site.code for one in kept])
    answer = plans.answer(about.session, about.facts, wish)
    best = answer.plans[0]
    at = {one.site.code: one for one in kept}
    columns = [
        Column(about.say("候选地点", "Site"), 2.4, number=False),
        Column(about.say("服务社区", "Serves"), 1.6, number=False),
        Column(about.say("面积（平方米）", "Area (m²)")),
        Column(about.say("费用", "Cost")),
    ]
    rows: list[list[Cell]] = [
        [
            at[code].site.name,
            at[code].community_name or "—",
            Figure(at[code].site.floor_area_m2),
            Figure(at[code].site.cost, Kind.ONE),
        ]
        for code in best.sites
    ]
    title = about.say("费用最低的达标选址", "The cheapest way to the standard")
    none = about.say("不需要新增，或候选都不能使社区达标。", "Nothing is needed, or nothing helps.")
    return [
        Table(title, columns, rows, empty=none),
        Paragraph(_verdict(about, answer)),
        *_beyond(about, answer),
    ]


def _verdict(about: Subject, answer: Answer) -> str:
    """What the plan costs beside the greedy one, and how good it is known to be."""
    best, greedy = answer.plans[0], answer.plans[1]
    proof = about.say("已证明为最优", "proved to be the cheapest")
    if not answer.proved:
        part = f"{answer.gap * 100:.1f}%"
        proof = about.say(f"与最优相差不超过{part}", f"within {part} of the cheapest")
    return about.say(
        f"共{len(best.sites)}处，费用{best.cost:,.1f}（{proof}）；"
        f"逐个挑选的做法需{greedy.cost:,.1f}。"
        f"全区达标社区的户数由{best.before:,.0f}增至{best.after:,.0f}。",
        f"{len(best.sites)} sites at a cost of {best.cost:,.1f} ({proof}); choosing one by one "
        f"takes {greedy.cost:,.1f}. The district's households in communities that meet the "
        f"standard rise from {best.before:,.0f} to {best.after:,.0f}.",
    )


def _beyond(about: Subject, answer: Answer) -> list[Block]:
    mine = [one for one in answer.beyond if about.holds(one["code"])]
    if not mine:
        return []
    said = [
        f"{one['name']}（{about.say('仍缺', 'short by ')}{one['missing_m2']:,.0f} m²）"
        for one in mine
    ]
    joined = about.joined(said)
    return [
        Paragraph(
            about.say(
                f"全部候选都用上仍不达标：{joined}。",
                f"Below the standard even with every candidate: {joined}.",
            )
        )
    ]
