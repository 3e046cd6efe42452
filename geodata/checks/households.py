"""Units without a number of households, at the levels where the district expects one."""

from collections.abc import Iterator

import numpy as np

from geodata.checks.ground import Ground
from geodata.findings import Finding
from gridsvc.words import Words


def check(ground: Ground) -> Iterator[Finding]:
    """One finding for each such unit; rates there have no value."""
    missing = ground.units["households"].isna().to_numpy(bool)
    wanted = missing & np.isin(ground.levels, ground.expected.households)
    for row in np.flatnonzero(wanted).tolist():
        yield Finding(
            "warning",
            "households_missing",
            str(ground.codes[row]),
            Words(
                f"{ground.named(row)}没有户数，按户计算的指标为空。",
                f"{ground.called(row)} has no number of households; rates there have no value.",
            ),
            {"level": int(ground.levels[row])},
            ground.chains.inner[row],
        )
