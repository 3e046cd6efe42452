"""Lay a street network down: measured, tidied, looked at, kept under a new number and put in use.

Lengths are metres in the district's own metric CRS.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata import findings, reading
from geodata.findings import Finding
from geodata.progress import Progress, silent
from geodata.reading import Options
from geodata.streets import lines, osm
from geodata.streets.lines import Weaving
from geodata.streets.raw import Box, Raw
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District
from gridsvc.tables.walking import WalkNetwork
from gridsvc.walking import homes, network, walk
from gridsvc.walking.homes import Homes
from gridsvc.walking.network import Network
from gridsvc.walking.streets import Streets
from gridsvc.walking.ways import Flags
from gridsvc.words import Words

# Streets this far beyond the outermost homes are kept, for ways that lead out and in again: ours.
MARGIN_M = 3_000.0
METRES_PER_DEGREE = 100_000.0


class About(NamedTuple):
    """Where streets come from, and whether they were made up."""

    source: str
    attribution: str
    generated: bool = False


class Laid(NamedTuple):
    """A network that was kept, or in a dry run would be; `in_use` unless a finding is an error."""

    no: int
    nodes: int
    stretches: int
    kilometres: float
    islands: int
    ways: int
    findings: list[Finding]
    in_use: bool


def read(
    path: Path,
    box: Box,
    metric_srid: int,
    options: Options | None = None,
    how: Weaving | None = None,
    table: osm.Walkable | None = None,
    say: Progress = silent,
) -> Raw:
    """Streets of a file of any known kind. BadInput."""
    if osm.is_osm(path):
        return osm.read(path, box, table, say)
    return lines.read(reading.read(path, options, say), box, metric_srid, how)


def around(lived_in: Homes) -> Box:
    """The ground whose streets matter to these homes."""
    margin = MARGIN_M / METRES_PER_DEGREE
    west, east = float(lived_in.lons.min()), float(lived_in.lons.max())
    south, north = float(lived_in.lats.min()), float(lived_in.lats.max())
    wider = margin / max(0.1, float(np.cos(np.radians((south + north) / 2))))
    return Box(west - wider, south - margin, east + wider, north + margin)


def lay(
    session: Session,
    facts: Snapshot,
    raw: Raw,
    about: About,
    now: datetime,
    lived_in: Homes | None = None,
) -> Laid:
    """Keep the streets as the district's next network, and let it answer unless something is an
    error. The caller commits, or rolls back to try."""
    district = session.get_one(District, facts.district)
    lived_in = lived_in or homes.load(session, facts.district, facts.grid)
    made = _measured(raw, district.metric_srid)
    part = network.islands(made)
    noticed = list(_left_out(raw.left_out))
    noticed += _look(made, part, lived_in, district.metric_srid, walk.pace(facts).far_m)
    in_use = not findings.errors(noticed)
    kept = select(func.max(WalkNetwork.no)).where(WalkNetwork.district_code == district.code)
    no = (session.scalar(kept) or 0) + 1
    count = int(part.max(initial=-1)) + 1
    if len(made.ends):
        session.add(
            WalkNetwork(
                district_code=district.code,
                no=no,
                source=about.source,
                attribution=about.attribution,
                made_at=now,
                nodes=len(made.lons),
                stretches=len(made.ends),
                metres=float(made.metres.sum()),
                islands=count,
                generated=about.generated,
                arrays=network.pack(made),
            )
        )
        session.flush()
    if in_use:
        district.walk_network_no = no
    session.flush()
    length = float(made.metres.sum()) / 1000
    return Laid(no, len(made.lons), len(made.ends), length, count, raw.ways, noticed, in_use)


def _measured(raw: Raw, metric_srid: int) -> Network:
    places = network.flat(raw.lons, raw.lats, metric_srid)
    run = places[raw.ends[:, 0]] - places[raw.ends[:, 1]]
    return network.tidy(raw.lons, raw.lats, raw.ends, np.hypot(run[:, 0], run[:, 1]))


def _left_out(counted: Counter[str]) -> Iterator[Finding]:
    for why, count in counted.most_common():
        yield Finding(
            "warning",
            "ways_left_out",
            None,
            Words(f"{count:,}条道路不能步行，未采用：{why}。", f"{count:,} ways left out: {why}."),
            {"why": why, "ways": count},
            None,
        )


def _look(
    made: Network, part: network.Ints, lived_in: Homes, metric_srid: int, far: float
) -> Iterator[Finding]:
    """What a person should know before distances are measured on these streets."""
    doors = network.flat(lived_in.lons, lived_in.lats, metric_srid)
    if len(made.ends):
        streets = Streets(made, network.flat(made.lons, made.lats, metric_srid), doors, far)
        stranded, stretch = streets.stranded, streets.doors.stretch
    else:
        stranded, stretch = np.ones(len(doors), dtype=bool), np.full(len(doors), -1)
    if stranded.all():
        yield Finding(
            "error",
            "no_streets_here",
            None,
            Words(
                f"辖区内没有一栋楼在{far:g}米内有道路：可能是别处的路网或坐标系有误。未启用。",
                f"Not a single home has a street within {far:g} m: streets of another place, or a "
                "wrong coordinate system. Not put in use.",
            ),
            {"homes": len(doors)},
            None,
        )
        return
    if stranded.any():
        yield _homes(
            "far_from_streets",
            lived_in,
            stranded,
            Words(
                f"{{count:,}}栋楼{far:g}米内没有道路，步行可达不作判断。",
                f"{{count:,}} homes have no street within {far:g} m; nothing is said of them.",
            ),
        )
    apart = (stretch >= 0) & (part[made.ends[stretch, 0]] > 0)
    if apart.any():
        yield _homes(
            "street_island",
            lived_in,
            apart,
            Words(
                "{count:,}栋楼所在的道路与主路网不相连，只能到达同一片道路上的设施。",
                "{count:,} homes are on streets that are not joined to the main network: only what "
                "is on the same streets can be reached from them.",
            ),
        )


def _homes(kind: str, lived_in: Homes, which: Flags, text: Words) -> Finding:
    count = int(which.sum())
    places = np.column_stack([lived_in.lons[which], lived_in.lats[which]])[: findings.MOST]
    households = int(np.nansum(lived_in.households[which]))
    return Finding(
        "warning",
        kind,
        None,
        Words(text.zh.format(count=count), text.en.format(count=count)),
        {"homes": count, "households": households},
        shapely.multipoints(places),
    )
