"""What can be wrong with a linked grid: a file a check, each a function from ground to findings."""

from collections.abc import Callable, Iterator

from geodata.checks import gaps, households, names, overlaps, parents, slivers
from geodata.checks.ground import Expectations, Ground, survey
from geodata.findings import Finding, capped
from geodata.progress import Progress, silent

__all__ = ["Check", "Expectations", "Ground", "run", "survey"]

Check = Callable[[Ground], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "declared parents": parents.conflicts,
    "parents": parents.check,
    "overlaps": overlaps.check,
    "gaps": gaps.check,
    "slivers": slivers.check,
    "names": names.repeated,
    "empty names": names.empty,
    "households": households.check,
}


def run(ground: Ground, others: dict[str, Check], say: Progress = silent) -> list[Finding]:
    """Everything that every check notices, and these others; valid input gives nothing."""
    noticed: list[Finding] = []
    for name, check in (CHECKS | others).items():
        say(f"checking {name}")
        noticed += capped(check(ground))
    return noticed
