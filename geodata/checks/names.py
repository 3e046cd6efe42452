"""Names that say nothing, or say the same of two neighbours."""

from collections.abc import Iterator

import pandas as pd
import shapely

from geodata.chains import Rows
from geodata.checks.ground import Ground
from geodata.findings import Finding
from gridsvc.words import Words


def empty(ground: Ground) -> Iterator[Finding]:
    """Units without a name; their code is shown instead."""
    for row in ground.units.index[ground.units["unnamed"]]:
        code, level = str(ground.codes[row]), int(ground.levels[row])
        yield Finding(
            "warning",
            "empty_name",
            code,
            Words(
                f"第{level}级单元{code}没有名称，暂以编码显示。请补上名称。",
                f"Level {level} unit {code} has no name; its code is shown. Give it a name.",
            ),
            {"level": level},
            ground.chains.inner[row],
        )


def repeated(ground: Ground) -> Iterator[Finding]:
    """Several units of one level and one parent with the same name: one finding a name."""
    keys = pd.DataFrame(
        {"parent": ground.parents, "level": ground.levels, "name": ground.units["name"]}
    )[~ground.units["unnamed"]]
    again = keys[keys.duplicated(keep=False)]
    for _, rows in again.groupby(list(keys.columns), sort=False).groups.items():
        yield _repeated(ground, rows.to_numpy())


def _repeated(ground: Ground, rows: Rows) -> Finding:
    codes = [str(code) for code in ground.codes[rows]]
    name, level = str(ground.units["name"].iloc[rows[0]]), int(ground.levels[rows[0]])
    listed = codes[:5]
    return Finding(
        "warning",
        "repeated_name",
        codes[0],
        Words(
            f"同一上级内有{len(codes)}个第{level}级单元都叫“{name}”：{'、'.join(listed)}"
            f"{'等' if len(codes) > 5 else ''}。地址检索无法区分它们。",
            f"{len(codes)} units of level {level} in one parent are called {name}: "
            f"{', '.join(listed)}{' and others' if len(codes) > 5 else ''}. "
            "Address searches cannot tell them apart.",
        ),
        {"name": name, "codes": codes},
        shapely.multipoints(ground.chains.inner[rows]),
    )
