"""All benchmarks, each with its ratio to the peer or the bare query in the same run."""

import os
import sys

from tests.bench import addresses, ground, lookups, posts, tiles

BENCHES = {
    "lookups": lookups.run,
    "posts": posts.run,
    "tiles": tiles.run,
    "addresses": addresses.run,
}


def main(wanted: list[str]) -> None:
    cores = os.cpu_count()
    print(f"{cores} cores; figures drift with the machine, ratios hold")
    prepared = ground.prepare()
    for name in wanted or list(BENCHES):
        print(f"-- {name}", flush=True)
        BENCHES[name](prepared)


if __name__ == "__main__":
    main(sys.argv[1:])
