"""Where nobody is responsible for a kind of matter: no place may be without an owner.

The grid covers everything without gaps (domain rule 4), and so must the table. A place ends in its
smallest unit: a unit without parts, or one whose parts leave ground between them. Coverage is
decided on the tree: a row for a unit covers all below it, so only units above a named unit are
ever opened, and what nobody covers is told as the largest unit that lacks an owner whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class Claim(NamedTuple):
    """What one row answers for; None means any."""

    category: str | None
    unit: str | None
    community_kind: str | None


class Ground(NamedTuple):
    """One unit of the grid, listed after the unit above it. `kind` is that of a community;
    `ends` says whether a place may have this unit as its smallest."""

    code: str
    parent: str | None
    kind: str | None
    ends: bool


class Orphan(NamedTuple):
    """A unit in which nobody answers for the category: whole, or only the ground between its
    parts. `ends` is the number of smallest units concerned."""

    category: str
    unit: str
    whole: bool
    ends: int


class _Tree:
    """The units with what is asked of them again and again."""

    def __init__(self, grounds: Sequence[Ground]) -> None:
        self.grounds = {ground.code: ground for ground in grounds}
        self.children: dict[str | None, list[str]] = defaultdict(list)
        self.ends: dict[str, int] = {}
        self.communities = [ground.code for ground in grounds if ground.kind]
        for ground in grounds:
            above = ground.parent if ground.parent in self.grounds else None
            self.children[above].append(ground.code)
        for ground in reversed(grounds):
            below = sum(self.ends[child] for child in self.children.get(ground.code, ()))
            self.ends[ground.code] = below + ground.ends

    def above(self, code: str) -> Iterator[str]:
        """The unit and all above it, itself first."""
        at: str | None = code
        while at in self.grounds:
            yield at
            at = self.grounds[at].parent

    def of_kind(self, unit: str | None, kind: str) -> Iterator[str]:
        """The largest units of communities of a kind inside a unit, or anywhere."""
        for code in self.communities:
            if self.grounds[code].kind == kind:
                above = list(self.above(code))
                if unit is None or unit in above:
                    yield code
                elif unit in self.grounds and code in self.above(unit):
                    yield unit

    def covered(self, claims: Iterable[Claim]) -> frozenset[str | None]:
        """The units that the claims cover with all below them; None: everything."""
        found: set[str | None] = set()
        for _, unit, kind in claims:
            if kind is not None:
                found.update(self.of_kind(unit, kind))
            elif unit is None or unit in self.grounds:
                found.add(unit)
        return frozenset(found)

    def bare(self, covered: frozenset[str | None]) -> list[tuple[str, bool, int]]:
        """What lies in none of the covered units: unit, whether whole, number of ends."""
        if None in covered:
            return []
        opened = {up for code in covered if code for up in self.above(code)} - covered
        found: list[tuple[str, bool, int]] = []
        waiting = list(reversed(self.children[None]))
        while waiting:
            code = waiting.pop()
            if code in opened:
                if self.grounds[code].ends:
                    found.append((code, False, 1))
                waiting.extend(reversed(self.children[code]))
            elif code not in covered and self.ends[code]:
                found.append((code, True, self.ends[code]))
        return found


def orphans(
    claims: Iterable[Claim], lineages: Mapping[str, Sequence[str]], grounds: Sequence[Ground]
) -> list[Orphan]:
    """Every category and the units in which no claim answers for it.

    `lineages` has for each category itself and its groups; claims are those of one day.
    """
    tree = _Tree(grounds)
    by_category: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_category[claim.category].append(claim)
    known: dict[frozenset[str | None], list[tuple[str, bool, int]]] = {}
    found: list[Orphan] = []
    for category, lineage in lineages.items():
        covered = tree.covered(
            claim for code in (*lineage, None) for claim in by_category.get(code, ())
        )
        if covered not in known:
            known[covered] = tree.bare(covered)
        found.extend(Orphan(category, *bare) for bare in known[covered])
    return found
