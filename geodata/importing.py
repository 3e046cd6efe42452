"""From a recipe and a folder of files to a published district, in one transaction."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.orm import Session

from geodata import districts, editions, recipe
from geodata.editions import Progress
from geodata.findings import Finding
from gridsvc.tables.grid import District


class Imported(NamedTuple):
    """What an import did, or in a dry run would do."""

    district: str
    edition: int
    units: int
    points: int
    tables: dict[str, int]
    findings: list[Finding]


def run(
    session: Session,
    wanted: recipe.RecipeIn,
    folder: Path,
    now: datetime,
    say: Progress,
) -> Imported:
    """Stage and publish everything the recipe names. The caller commits, or rolls back to try.

    Raises BadInput; then nothing is changed.
    """
    say("reading")
    units = recipe.units(wanted, folder)
    district = districts.lay_down(session, wanted.district)
    tables = {
        name: _table(session, district, folder, name, source)
        for name, source in wanted.tables.items()
    }
    districts.default_clock(session, district)
    staged = editions.stage(
        session,
        district,
        units,
        editions.Provenance(**wanted.edition.model_dump()),
        now,
        say,
    )
    editions.publish(session, district, staged.no, now)
    points = 0
    if wanted.points:
        say("placing address points")
        frame = recipe.run(wanted.points, folder)
        points = editions.add_points(session, district, staged.no, frame)
    session.flush()
    return Imported(district.code, staged.no, staged.units, points, tables, staged.findings)


def _table(
    session: Session,
    district: District,
    folder: Path,
    name: str,
    source: recipe.SourceIn,
) -> int:
    table, _ = districts.FILES[name]
    known = set(table.__table__.columns.keys())
    frame = recipe.run(source, folder)
    rows = [
        {str(column): value for column, value in row.items() if column in known}
        for row in frame.to_dict("records")
    ]
    for row in rows:
        for column in known & {"aliases", "supporting"}:
            row.setdefault(column, [])
    return districts.replace(session, district, table, rows)
