"""From a recipe and a folder of files to a published district, in one transaction."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.orm import Session

from geodata import districts, editions, findings, recipe, storing
from geodata.editions import Provenance, Wanted
from geodata.findings import Finding
from geodata.progress import Progress, silent
from geodata.recipe import NOTHING, Answers
from gridsvc.editions import Change, publish
from gridsvc.tables.grid import District


class Imported(NamedTuple):
    """What an import did, or in a dry run would do. `tables` counts the rows of each rule table."""

    district: str
    edition: int
    units: int
    points: int
    tables: dict[str, int]
    findings: list[Finding]
    published: bool


def run(
    session: Session,
    wanted: recipe.RecipeIn,
    folder: Path,
    now: datetime,
    say: Progress = silent,
    answers: Answers = NOTHING,
    only_stage: bool = False,
) -> Imported:
    """Stage everything the recipe names, and publish it unless a finding is an error.

    `answers` speak for files that do not say their own CRS, datum or layer. With `only_stage`
    what answers now stays as it is, rules included. The caller commits, or rolls back to try.
    Raises BadInput; then nothing is changed.
    """
    units = recipe.units(wanted, folder, answers, say)
    outline = recipe.outline(wanted, folder, answers)
    district = districts.lay_down(session, wanted.district)
    tables: dict[str, int] = {}
    if not only_stage:
        for name, source in wanted.tables.items():
            tables[name] = _table(session, district, folder, name, source)
        districts.default_clock(session, district)
    staged = editions.stage(
        session,
        district,
        units,
        Provenance(wanted.edition.source, wanted.edition.attribution, wanted.edition.code_scheme),
        now,
        say,
        Wanted(wanted.expect, wanted.edition.codes, outline),
    )
    points, lost = 0, []
    if wanted.points:
        say("placing address points")
        frame = recipe.places(wanted.points, folder, answers, say)
        points, lost = len(frame), storing.points(session, district.code, staged.no, frame)
        storing.findings(session, district.code, staged.no, lost)
    for source in wanted.names:
        frame = recipe.run(source, folder, answers, say)
        storing.names(session, district.code, staged.no, frame)
    noticed = staged.findings + lost
    answers_now = not only_stage and not findings.errors(noticed)
    if answers_now:
        publish(session, district.code, staged.no, Change("import", now))
    session.flush()
    return Imported(district.code, staged.no, staged.units, points, tables, noticed, answers_now)


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
