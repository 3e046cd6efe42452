"""Judge the open cases again under another edition: first as a preview, then for good.

Where a case lies, and so its territorial owner, follows the edition. Departments follow only while
none has been called; a deadline that was given is kept.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc import snapshot
from gridsvc.casestate import named
from gridsvc.db import to_json
from gridsvc.geo import LonLat
from gridsvc.judge import Judgement, judge
from gridsvc.locate import Location, Place, locate
from gridsvc.permit import Account, check
from gridsvc.rules.lifecycle import Stage
from gridsvc.snapshot import Snapshot

# Stages in which no department has been called yet.
UNCALLED = (Stage.COLLECT, Stage.WHISTLE)

# How a place was found, where the edition changes nothing about it.
KEPT = ("photo", "address")

OPEN = text("""
    SELECT held.case_no, held.stage, held.version, held.category_code, held.kind, held.opened_at,
           held.edition_no, held.chain, held.owner_unit, held.manual, held.text, held.method,
           ST_X(held.place) AS lon, ST_Y(held.place) AS lat,
           ARRAY(SELECT department_code FROM case_department called
                 WHERE called.district_code = held.district_code
                   AND called.case_no = held.case_no
                 ORDER BY role, department_code) AS departments
    FROM case_ held
    WHERE held.district_code = :district AND held.closed_at IS NULL AND held.place IS NOT NULL
      AND held.edition_no <> :edition
    ORDER BY held.case_no
""")

# The version keeps out cases that somebody moved since they were read.
MOVED = text("""
    WITH given AS (
        SELECT * FROM jsonb_to_recordset(CAST(:cases AS jsonb)) AS given (
            case_no text, version integer, unit text, chain jsonb, owner text, officer uuid,
            method text, border_m real, manual text, detail jsonb)
    ), moved AS (
        UPDATE case_ held
        SET edition_no = :edition, unit_code = given.unit,
            chain = ARRAY(SELECT jsonb_array_elements_text(given.chain)),
            owner_unit = given.owner, officer_id = given.officer, method = given.method,
            border_m = given.border_m, manual = given.manual, version = held.version + 1
        FROM given
        WHERE held.district_code = :district AND held.case_no = given.case_no
          AND held.version = given.version AND held.closed_at IS NULL
        RETURNING held.case_no, held.version, held.stage, given.detail
    )
    INSERT INTO case_event (district_code, case_no, seq, kind, at, stage, account_id, by_name,
        by_post, by_address, detail)
    SELECT :district, case_no, version, 'rejudge', :now, stage, :account, :by_name, :by_post,
           :by_address, detail
    FROM moved
    RETURNING case_no
""")

LET_GO = text("""
    DELETE FROM case_department WHERE district_code = :district AND case_no = ANY(:cases)
""")

NAMED = text("""
    INSERT INTO case_department (district_code, case_no, department_code, role)
    SELECT :district, given.case_no, called.code,
           CASE WHEN called.place = 1 THEN 'lead' ELSE 'supporting' END
    FROM jsonb_to_recordset(CAST(:cases AS jsonb)) AS given (case_no text, departments jsonb),
         jsonb_array_elements_text(given.departments) WITH ORDINALITY AS called (code, place)
""")


class Again(NamedTuple):
    """One open case, as it was judged and as it would be under the edition."""

    case: Row[Any]
    place: Place
    ruling: Judgement

    @property
    def chain(self) -> list[str]:
        return [unit.code for unit in self.place.chain]

    @property
    def owner(self) -> str | None:
        return self.ruling.owner.code if self.ruling.owner else None

    @property
    def departments(self) -> list[str]:
        """Who answers: new ones only while nobody has been called."""
        if Stage(self.case.stage) in UNCALLED:
            return list(self.ruling.departments)
        return list(self.case.departments)

    @property
    def manual(self) -> str | None:
        """Why a person must look; once departments are called, only that the place is lost."""
        return self.ruling.manual if Stage(self.case.stage) in UNCALLED else self.place.manual

    @property
    def renamed(self) -> bool:
        """Whether other departments answer now."""
        return self.departments != list(self.case.departments)

    @property
    def differs(self) -> bool:
        """Whether anybody would notice."""
        held = self.case
        before = (list(held.chain), held.owner_unit, held.departments, held.manual)
        return before != (self.chain, self.owner, self.departments, self.manual)


def preview(session: Session, facts: Snapshot, edition: int, now: datetime) -> list[Again]:
    """Every open case with a place that was judged by another edition, judged by this one and by
    the table of responsibility of today.

    Nothing is written. Raises UnknownEdition.
    """
    grid = snapshot.grid_of(session, facts.district, edition)
    facts = facts._replace(grid=grid)
    day = now.astimezone(facts.rules.calendar.zone).date()
    cases = session.execute(OPEN, {"district": facts.district, "edition": edition})
    return [_again(facts, case, day) for case in cases]


def apply(session: Session, account: Account, now: datetime) -> tuple[list[Again], list[str]]:
    """Judge the open cases of former editions by the one that answers now, and write it down.

    Returns those that were written, and the numbers of those that somebody moved meanwhile: they
    are as they were, and another run takes them up. Raises NotPermitted.
    """
    check(account, "case.rejudge")
    facts = snapshot.current(session, account.district)
    judged = preview(session, facts, facts.grid.edition, now)
    values = {"district": account.district, "edition": facts.grid.edition, "now": now}
    who = {
        "account": account.id,
        "by_name": account.name,
        "by_post": account.actor.post,
        "by_address": account.address,
    }
    rows = to_json([_row(facts, one) for one in judged])
    written = set(session.scalars(MOVED, values | who | {"cases": rows}))
    done = [one for one in judged if one.case.case_no in written]
    renamed = [one for one in done if one.renamed]
    numbers = [one.case.case_no for one in renamed]
    session.execute(LET_GO, values | {"cases": numbers})
    called = to_json([{"case_no": o.case.case_no, "departments": o.departments} for o in renamed])
    session.execute(NAMED, values | {"cases": called})
    return done, [one.case.case_no for one in judged if one.case.case_no not in written]


def _again(facts: Snapshot, case: Row[Any], day: date) -> Again:
    place = locate(facts.grid, Location(case.lon, case.lat))
    if place.chain and case.method in KEPT:
        place = place._replace(method=case.method)
    ruling = judge(facts, place, case.category_code, case.kind, case.opened_at, day)
    return Again(case, place, ruling)


def _row(facts: Snapshot, one: Again) -> dict[str, Any]:
    """The case as MOVED takes it; the event keeps what was and why it is now otherwise."""
    place, ruling = one.place, one.ruling
    point: LonLat | None = place.point
    gone = dict.fromkeys(one.case.departments)
    return {
        "case_no": one.case.case_no,
        "version": one.case.version,
        "unit": one.chain[-1] if one.chain else None,
        "chain": one.chain,
        "owner": one.owner,
        "officer": ruling.officer.id if ruling.officer else None,
        "method": place.method,
        "border_m": place.border_m,
        "manual": one.manual,
        "detail": {
            "edition": facts.grid.edition,
            "former_edition": one.case.edition_no,
            "former_chain": list(one.case.chain),
            "former_owner": one.case.owner_unit,
            "former_departments": one.case.departments,
            "location": {**point._asdict(), **place.found} if point else None,
            "chain": [unit._asdict() for unit in place.chain],
            "departments": one.departments,
            "table": ruling.table,
            "first_owner": ruling.first_owner,
            "conditions": ruling.conditions,
            "why": ruling.why,
            "manual": one.manual,
            "set": {
                "edition_no": facts.grid.edition,
                "unit_code": one.chain[-1] if one.chain else None,
                "chain": one.chain,
                "owner_unit": one.owner,
                "officer_id": str(ruling.officer.id) if ruling.officer else None,
                "method": place.method,
                "border_m": place.border_m,
                "manual": one.manual,
            }
            | ({"departments": gone | named(one.departments)} if one.renamed else {}),
        },
    }


def summary(judged: Sequence[Again]) -> dict[str, int]:
    """How many cases, and how many of them change their units, owner, departments or queue."""
    return {
        "cases": len(judged),
        "differing": sum(one.differs for one in judged),
        "units": sum(list(one.case.chain) != one.chain for one in judged),
        "owners": sum(one.case.owner_unit != one.owner for one in judged),
        "departments": sum(one.case.departments != one.departments for one in judged),
        "manual": sum(bool(one.manual) and not one.case.manual for one in judged),
    }
