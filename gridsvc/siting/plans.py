"""What to build where: the best plan with its proof, the greedy one, and what a person chose.

Three questions: within a budget the most households in communities that come over the standard
(domain rule 35); the cheapest way to bring every community there; within a budget the most
households newly within minutes of a type of facility (standard service_circle_15_minutes).
"""

import time
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.errors import BadField, UnknownSite
from gridsvc.siting import candidates
from gridsvc.siting.candidates import Kept
from gridsvc.siting.covering import Covering
from gridsvc.siting.model import Solution
from gridsvc.siting.standard import Standard
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

Question = Literal["standard", "cheapest", "reach"]
SECONDS = "siting_seconds"


class Wish(NamedTuple):
    """What is asked. `budget` None: no limit. `among` are the only candidates to choose from (None:
    all), `own` those that a person chose."""

    question: Question
    day: date
    budget: float | None = None
    standard: float | None = None
    type: str | None = None
    minutes: float | None = None
    among: Sequence[str] | None = None
    own: Sequence[str] = ()


class Plan(NamedTuple):
    """A set of sites: what it costs, and households before and after it. `changes` are the
    communities that it changes, as plain values."""

    name: Literal["best", "greedy", "own"]
    sites: list[str]
    cost: float
    before: float
    after: float
    within_budget: bool
    changes: list[dict[str, Any]]


class Answer(NamedTuple):
    """The plans, and how good the best one is.

    `bound` is the most households after (for the cheapest plan: the least cost) that any set could
    reach; `gap` a part of it. `beyond` are communities that all candidates together cannot bring to
    the standard, `untold` those whose figures are unknown, `left_out` candidates that serve nobody
    today.
    """

    question: Question
    plans: list[Plan]
    households: float
    bound: float
    gap: float
    proved: bool
    seconds: float
    beyond: list[dict[str, Any]]
    untold: list[dict[str, Any]]
    left_out: list[str]
    note: Words


class Matter(Protocol):
    """One question laid out over rows of candidates."""

    kept: list[Kept]
    left_out: list[str]
    # Of which something can be said, and those that are served before.
    households: float
    before: float
    note: Words
    beyond: list[dict[str, Any]]
    untold: list[dict[str, Any]]

    def best(self, wish: Wish, seconds: float) -> Solution: ...

    def greedy(self, wish: Wish) -> list[int]: ...

    def newly(self, rows: Sequence[int]) -> float:
        """Households that a set of sites adds."""

    def changes(self, rows: Sequence[int]) -> list[dict[str, Any]]: ...


def answer(session: Session, facts: Snapshot, wish: Wish) -> Answer:
    """The best and the greedy plan, and the person's own where there is one.

    Raises BadField, UnknownSite.
    """
    matter = _matter(session, facts, wish)
    own = _rows(matter, wish.own)
    begin = time.perf_counter()
    found = matter.best(wish, facts.rules.setting(SECONDS))
    seconds = time.perf_counter() - begin
    simple = matter.greedy(wish)
    if not found.proved and _better(matter, wish, simple, found.chosen):
        # Out of time the simple way may have come further.
        value = _cost(matter, simple) if wish.question == "cheapest" else matter.newly(simple)
        found = found._replace(chosen=simple, value=value)
    plans = [_plan("best", matter, found.chosen, wish), _plan("greedy", matter, simple, wish)]
    if wish.own:
        plans.append(_plan("own", matter, own, wish))
    bound = found.bound if wish.question == "cheapest" else matter.before + found.bound
    return Answer(
        wish.question,
        plans,
        matter.households,
        bound,
        found.gap,
        found.proved,
        seconds,
        matter.beyond,
        matter.untold,
        matter.left_out,
        matter.note,
    )


def score(session: Session, facts: Snapshot, wish: Wish) -> Plan:
    """What the person's own set achieves. Raises as `answer`."""
    matter = _matter(session, facts, wish)
    return _plan("own", matter, _rows(matter, wish.own), wish)


def _matter(session: Session, facts: Snapshot, wish: Wish) -> Matter:
    if wish.budget is not None and not 0 <= wish.budget < float("inf"):
        raise BadField(field="budget", want=">= 0")
    kept = candidates.listed(session, facts)
    if wish.among is not None:
        known = {one.site.code for one in kept}
        for code in wish.among:
            if code not in known:
                raise UnknownSite(code=code)
        kept = [one for one in kept if one.site.code in set(wish.among)]
    if wish.question == "reach":
        if wish.type is None:
            raise BadField(field="type", want="a facility type")
        return Covering(session, facts, kept, wish.type, wish.day, wish.minutes)
    return Standard(session, facts, kept, wish.day, wish.standard)


def _rows(matter: Matter, codes: Sequence[str]) -> list[int]:
    at = {one.site.code: row for row, one in enumerate(matter.kept)}
    for code in codes:
        if code not in at and code not in matter.left_out:
            raise UnknownSite(code=code)
    return [at[code] for code in dict.fromkeys(codes) if code in at]


def _cost(matter: Matter, rows: Sequence[int]) -> float:
    return float(sum(matter.kept[row].site.cost for row in rows))


def _better(matter: Matter, wish: Wish, one: list[int], other: list[int]) -> bool:
    if wish.question == "cheapest":
        enough = matter.newly(one) >= matter.newly(other)
        return enough and _cost(matter, one) < _cost(matter, other)
    return matter.newly(one) > matter.newly(other)


def _plan(
    name: Literal["best", "greedy", "own"], matter: Matter, rows: Sequence[int], wish: Wish
) -> Plan:
    cost = _cost(matter, rows)
    limit = np.inf if wish.budget is None or wish.question == "cheapest" else wish.budget
    return Plan(
        name,
        sorted(matter.kept[row].site.code for row in rows),
        cost,
        matter.before,
        matter.before + matter.newly(rows),
        cost <= limit * (1 + 1e-9),
        matter.changes(rows),
    )
