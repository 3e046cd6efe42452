"""All benchmarks, each with its ratio to the peer or the bare query in the same run."""

import os
import subprocess
import sys

from tests.bench import (
    addresses,
    coverage,
    ground,
    heat,
    lookups,
    loop,
    memory,
    papers,
    posts,
    rules,
    siting,
    tiles,
    walking,
)

BENCHES = {
    "lookups": lookups.run,
    "memory": memory.run,
    "posts": posts.run,
    "tiles": tiles.run,
    "addresses": addresses.run,
    "loop": loop.run,
    "rules": rules.run,
    "papers": papers.run,
    "walking": walking.run,
    "siting": siting.run,
    "heat": heat.run,
    "coverage": coverage.run,
}
# Buildings and cases, where not the usual ones.
SIZES = {
    "memory": (memory.BUILDINGS, memory.CASES),
    "loop": (loop.BUILDINGS, loop.CASES),
    "rules": (rules.BUILDINGS, rules.CASES),
    "papers": (papers.BUILDINGS, papers.CASES),
    "heat": (heat.BUILDINGS, heat.CASES),
}


def main(wanted: list[str]) -> int:
    """Run one benchmark here, or several each in a process of its own; returns the exit code."""
    if len(wanted) == 1:
        print(f"-- {wanted[0]} ({os.cpu_count()} cores)", flush=True)
        BENCHES[wanted[0]](ground.prepare(*SIZES.get(wanted[0], ())))
        return 0
    commands = [[sys.executable, "-m", "tests.bench", name] for name in wanted or BENCHES]
    return max(subprocess.run(command, check=False).returncode for command in commands)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
