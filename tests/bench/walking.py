"""Walking at size: 2,000 facilities of twelve types against all homes, beside networkx."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import ground
from tests.bench.ground import Ground

BUILDINGS, CASES = 60_000, 4_000
MANY = 1_000_000
FACILITIES, TYPES = 2_000, 12
# So many facilities are asked of networkx; the rest is reckoned from them.
SAMPLE = 20


def run(_: Ground) -> None:
    """Each size in a process of its own, so that its memory is its own."""
    for buildings in (BUILDINGS, MANY):
        command = [sys.executable, "-m", "tests.bench.walking", str(buildings)]
        subprocess.run(command, check=True)


def measure(here: Ground, buildings: int) -> None:
    from gridsvc import db, snapshot
    from gridsvc.walking import catchments, reach, walk
    from gridsvc.walking.pressure import two_steps
    from gridsvc.walking.services import Service, areas
    from gridsvc.walking.themes import Asked
    from gridsvc.words import Words

    chance = np.random.default_rng(1)
    with db.new_session() as session:
        facts = snapshot.current(session, here.district)
        _forget_peak()
        with timed(f"{buildings:,} homes read and led to the street") as whole:
            held, pace = walk.current(session, facts), walk.pace(facts)
        homes = held.homes
        at = chance.choice(len(homes.lons), FACILITIES, replace=False)
        services = [
            Service(str(no), str(no % TYPES), str(no), 300.0, None, True, lon, lat)
            for no, (lon, lat) in enumerate(zip(homes.lons[at], homes.lats[at], strict=True))
        ]
        by_type = [services[start::TYPES] for start in range(TYPES)]
        with timed(f"reach of {TYPES} types, by community and compound") as reached:
            found = [reach.measure(held, pace, mine, pace.minutes) for mine in by_type]
            for one in found:
                reach.by_unit(held, one, 3)
                reach.by_unit(held, one, 4)
        about = Asked(Words("", ""), ground_day(), pace, pace.minutes)
        with timed("catchments of every facility") as caught:
            for one in found:
                catchments.theme(held, one, about)
        limit = pace.metres(pace.minutes)
        with timed(f"two-step catchment of {FACILITIES:,} facilities") as pressed:
            places = held.places(services)
            two_steps(held.ways.pairs(places, limit), areas(services), homes.households)
        total = sum(part[0] for part in (whole, reached, caught, pressed))
        print(f"together {total:.1f} s, peak {_peak_mb():,.0f} MB", flush=True)
        _obvious(held, places, limit, pressed[0])


def ground_day() -> Any:
    from datetime import date

    return date(2026, 1, 1)


def _obvious(held: Any, places: Any, limit: float, ours: float) -> None:
    """One search a facility with networkx, homes at their nearest node."""
    import networkx as nx
    from scipy.spatial import cKDTree

    streets = held.ways
    graph = nx.Graph()
    network = streets.network
    graph.add_weighted_edges_from(
        zip(*network.ends.T.tolist(), network.metres.tolist(), strict=True)
    )
    tree = cKDTree(streets.nodes)
    _, home_at = tree.query(streets.homes)
    held_at: dict[int, list[int]] = {}
    for home, node in enumerate(home_at.tolist()):
        held_at.setdefault(node, []).append(home)
    _, nodes = tree.query(places[:SAMPLE])
    begin = time.perf_counter()
    reached = 0
    for node in nodes.tolist():
        near = nx.single_source_dijkstra_path_length(graph, node, cutoff=limit, weight="weight")
        reached += sum(len(held_at.get(one, ())) for one in near)
    seconds = (time.perf_counter() - begin) / SAMPLE * len(places)
    print(
        f"networkx, one search a facility: {seconds:.0f} s reckoned from {SAMPLE} of them "
        f"({reached / SAMPLE:,.0f} homes each); {seconds / ours:.0f} times",
        flush=True,
    )


@contextmanager
def timed(what: str) -> Iterator[list[float]]:
    spent: list[float] = []
    begin = time.perf_counter()
    yield spent
    spent.append(time.perf_counter() - begin)
    print(f"{what}: {spent[0]:.1f} s", flush=True)


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    size = int(sys.argv[1])
    prepare: Callable[..., Ground] = ground.prepare
    measure(prepare(size, CASES if size == BUILDINGS else 0), size)
