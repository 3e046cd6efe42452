"""What a process keeps of an edition, and how long it takes to be ready: 300,000 buildings."""

import ctypes
import gc
import os
import time
from pathlib import Path

from tests.bench.ground import Ground

BUILDINGS, CASES = 300_000, 0
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def run(ground: Ground) -> None:
    from gridsvc import db, gridindex, snapshot

    with db.transaction() as session:
        edition = snapshot.current(session, ground.district).grid.edition
        snapshot.forget()
        before = _resident_mb()
        start = time.perf_counter()
        index = gridindex.load(session, ground.district, edition)
        took = time.perf_counter() - start
    kept = _resident_mb() - before
    print(
        f"{len(index.codes):,} units: ready in {took:.1f} s (wanted <= 3), "
        f"{kept:.0f} MB kept (wanted <= 150)"
    )


def _resident_mb() -> float:
    """Resident memory of this process after it has given back what it does not use."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES / 1e6
