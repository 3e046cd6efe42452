"""Which level should lead a matter, by how far it reaches (domain rule 31).

Within one community its Party organisation and residents' committee lead; two or more communities:
the street; inside a compound, group or building its head raises it and the community leads. The
text is about consultation; to propose the level of dispatch by it is our reading, and so is that
what reaches over several streets is the district's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from gridsvc.words import Words

DISTRICT, STREET, COMMUNITY = 1, 2, 3
LEVELS = {
    DISTRICT: Words("区", "the district"),
    STREET: Words("街道党工委", "the street's Party working committee"),
    COMMUNITY: Words("社区党组织和居民委员会", "the community's Party organisation and committee"),
}


class Proposal(NamedTuple):
    """The level that leads, its unit, and the unit whose head raises the matter if one does."""

    level: int
    unit: str
    raised_by: str | None


def propose(chains: Sequence[Sequence[tuple[int, str]]]) -> Proposal | None:
    """The proposal for a matter that lies in all of these chains of (level, code), each from the
    highest level down. None where nothing is known of the place."""
    known = [chain for chain in chains if chain]
    if not known:
        return None
    common = [
        units[0]
        for units in zip(*(_upper(chain) for chain in known), strict=False)
        if len(set(units)) == 1
    ]
    if not common:
        return None
    level, unit = common[-1]
    below = [code for at, code in known[0] if at > COMMUNITY] if len(known) == 1 else []
    return Proposal(level, unit, below[0] if below and level == COMMUNITY else None)


def _upper(chain: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The chain down to its community."""
    return [unit for unit in chain if unit[0] <= COMMUNITY]


def sentence(proposal: Proposal, unit: str, raised_by: str | None) -> Words:
    """The proposal in words, with the names of its units."""
    lead = LEVELS.get(proposal.level, LEVELS[DISTRICT])
    raised = Words("", "")
    if raised_by is not None:
        raised = Words(f"，由“{raised_by}”负责人提出", f", raised by the head of {raised_by}")
    return Words(
        f"建议层级：“{unit}”，由{lead.zh}牵头{raised.zh}（规则31）。",
        f"Proposed level: {unit}, led by {lead.en}{raised.en} (rule 31).",
    )
