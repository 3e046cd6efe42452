"""What to build where: plans beside PySAL's model, and what a dragged facility costs."""

import random
import time
from datetime import UTC, datetime
from statistics import median

import numpy as np

from tests.bench.ground import Ground
from tests.bench.walking import timed

DEMANDS, SITES, CHOSEN, WITHIN = 1_500, 300, 20, 8.0
DRAGS = 40
SECONDS = 60.0


def run(ground: Ground) -> None:
    _beside_pysal()
    from gridsvc import db, snapshot
    from gridsvc.siting import plans, whatif
    from gridsvc.siting.plans import Wish
    from gridsvc.walking import services, walk

    today = datetime.now(UTC).date()
    with db.new_session() as session:
        facts = snapshot.current(session, ground.district)
        walk.current(session, facts)
        standing = services.open_on(session, facts.district, today)
        type_ = max({one.type for one in standing}, key=[one.type for one in standing].count)
        questions: list[Wish] = [
            Wish("standard", today, 3_000),
            Wish("cheapest", today),
            Wish("reach", today, 1_000, type=type_),
        ]
        for wish in questions:
            begin = time.perf_counter()
            found = plans.answer(session, facts, wish)
            spent = time.perf_counter() - begin
            best, greedy = found.plans[:2]
            said = "proved" if found.proved else f"gap {found.gap:.1%}"
            print(
                f"{wish.question}: {spent:.2f} s, {said}; households {best.before:,.0f} to "
                f"{best.after:,.0f} for {best.cost:,.0f}, greedy {greedy.after:,.0f} for "
                f"{greedy.cost:,.0f}",
                flush=True,
            )
        chance, spent_each = random.Random(1), []
        moved = [one for one in standing if one.type == type_]
        for _ in range(DRAGS):
            one = chance.choice(moved)
            lon, lat = one.lon + chance.uniform(-0.01, 0.01), one.lat + chance.uniform(-0.01, 0.01)
            begin = time.perf_counter()
            whatif.effect(session, facts, whatif.Change(one.code, lon, lat, today))
            spent_each.append(time.perf_counter() - begin)
        homes = len(walk.current(session, facts).homes.lons)
        print(
            f"a facility dragged among {homes:,} homes: median {median(spent_each) * 1000:.0f} ms, "
            f"worst {max(spent_each) * 1000:.0f} ms",
            flush=True,
        )


def _beside_pysal() -> None:
    import pulp
    from spopt.locate import MCLP

    from gridsvc.siting import model

    chance = np.random.default_rng(1)
    homes, sites = chance.uniform(0, 100, (DEMANDS, 2)), chance.uniform(0, 100, (SITES, 2))
    apart = np.hypot(*(homes[:, None, :] - sites[None, :, :]).transpose(2, 0, 1))
    worth = chance.integers(1, 200, DEMANDS).astype(float)
    with timed(f"PySAL's maximal covering, {DEMANDS:,} by {SITES}") as theirs:
        problem = MCLP.from_cost_matrix(apart, worth, service_radius=WITHIN, p_facilities=CHOSEN)
        their_best = problem.solve(pulp.PULP_CBC_CMD(msg=False)).problem.objective.value()
    with timed("ours") as ours:
        reached = [np.flatnonzero(apart[:, site] <= WITHIN) for site in range(SITES)]
        found = model.covering(reached, worth, np.ones(SITES), float(CHOSEN), SECONDS)
    assert found.value == their_best and found.proved, (found.value, their_best)
    ratio = theirs[0] / ours[0]
    print(f"the same {found.value:,.0f} households; {ratio:.0f} times as fast", flush=True)
