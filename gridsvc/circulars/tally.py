"""How many cases came, were closed and were left in a period, in all and by what they were."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot

# Longer lists are the ledger's business; the count always tells of all.
MOST_LISTED = 40

# All that was there in the period: open at its beginning, or opened in it.
THERE = """
    FROM case_ held
    WHERE held.district_code = :district AND held.opened_at < :until
      AND coalesce(held.closed_at, 'infinity') >= :since
      AND (CAST(:unit AS text) IS NULL OR held.chain @> ARRAY[CAST(:unit AS text)])
"""
CAME = "held.opened_at >= :since"
LEFT = "coalesce(held.closed_at, 'infinity') >= :until"
LATE = f"{LEFT} AND held.due_at < :until AND held.hung_up_at IS NULL"

COUNTS = text(f"""
    SELECT count(*) FILTER (WHERE {CAME}) AS received,
           count(*) FILTER (WHERE {CAME} AND held.kind IS NOT NULL) AS whistles,
           count(*) FILTER (WHERE held.closed_at < :until AND held.outcome = 'solved') AS solved,
           count(*) FILTER (WHERE held.closed_at < :until AND held.outcome <> 'solved')
               AS set_aside,
           count(*) FILTER (WHERE {LEFT}) AS left_open,
           count(*) FILTER (WHERE {LATE}) AS overdue,
           count(*) FILTER (WHERE {LEFT} AND held.supervision IN ('supervise', 'list'))
               AS supervised
    {THERE}
""")

BY = {
    name: text(f"""
        SELECT coalesce({column}, '') AS code, count(*) AS cases {THERE} AND {CAME}
        GROUP BY 1 ORDER BY cases DESC, code
    """)
    for name, column in (("kind", "held.kind"), ("category", "held.category_code"))
}
CHANNELS = text(f"""
    SELECT told.channel AS code, count(*) AS cases
    FROM report told JOIN (SELECT held.case_no {THERE} AND {CAME}) came USING (case_no)
    WHERE told.district_code = :district GROUP BY 1 ORDER BY cases DESC, code
""")  # noqa: S608

BY_UNIT = text(f"""
    WITH came AS (SELECT unnest(held.chain) AS code {THERE} AND {CAME}),
         counted AS (SELECT code, count(*) AS cases FROM came GROUP BY code)
    SELECT unit.code, unit.name, coalesce(counted.cases, 0) AS cases
    FROM grid_unit unit LEFT JOIN counted USING (code)
    WHERE unit.district_code = :district AND unit.edition_no = :edition AND unit.level = :level
      AND (CAST(:unit AS text) IS NULL OR unit.chain @> ARRAY[CAST(:unit AS text)])
    ORDER BY unit.code
""")  # noqa: S608

STEPS = text(f"""
    SELECT to_char(date_trunc(:step, moment, :zone) AT TIME ZONE :zone, :form) AS label,
           sum(came) AS received, sum(solved) AS solved
    FROM (SELECT held.opened_at AS moment, 1 AS came, 0 AS solved {THERE} AND {CAME}
          UNION ALL
          SELECT held.closed_at, 0, 1 {THERE} AND held.closed_at < :until
             AND held.outcome = 'solved') AS told
    GROUP BY 1 ORDER BY 1
""")  # noqa: S608

LISTED = text(f"""
    SELECT held.case_no, held.text, held.category_code, held.opened_at, held.due_at,
           held.supervision, held.chain,
           ARRAY(SELECT department_code FROM case_department called
                 WHERE called.district_code = held.district_code
                   AND called.case_no = held.case_no AND called.role = 'lead') AS leads
    {THERE} AND (({LATE}) OR ({LEFT} AND held.supervision IN ('supervise', 'list')))
    ORDER BY held.supervision = 'list' DESC, held.due_at, held.case_no LIMIT :most
""")  # noqa: S608


def counts(session: Session, facts: Snapshot, period: Period, unit: str | None) -> dict[str, int]:
    """Received, whistles, solved, set aside (dismissed or merged), and what is left at the end:
    open, of that overdue, of that under supervision."""
    return dict(session.execute(COUNTS, _where(facts, period, unit)).one()._mapping)


def by(
    session: Session, facts: Snapshot, what: str, period: Period, unit: str | None
) -> dict[str, int]:
    """Received cases by their `kind` or `category`; '' for those that have none."""
    rows = session.execute(BY[what], _where(facts, period, unit))
    return {row.code: row.cases for row in rows}


def channels(session: Session, facts: Snapshot, period: Period, unit: str | None) -> dict[str, int]:
    """Reports on received cases, by the channel that they came through."""
    rows = session.execute(CHANNELS, _where(facts, period, unit))
    return {row.code: row.cases for row in rows}


def by_unit(
    session: Session, facts: Snapshot, period: Period, unit: str | None, level: int
) -> list[dict[str, Any]]:
    """Received cases of every unit of a level: code, name, cases."""
    values = _where(facts, period, unit) | {"edition": facts.grid.edition, "level": level}
    return [dict(row._mapping) for row in session.execute(BY_UNIT, values)]


def over_time(
    session: Session, facts: Snapshot, period: Period, unit: str | None, step: str
) -> list[dict[str, Any]]:
    """Received and solved by local `day` or `month`, where there was any."""
    form = {"day": "YYYY-MM-DD", "month": "YYYY-MM"}[step]
    zone = facts.rules.calendar.zone.key
    values = _where(facts, period, unit) | {"step": step, "form": form, "zone": zone}
    return [dict(row._mapping) for row in session.execute(STEPS, values)]


def listed(
    session: Session, facts: Snapshot, period: Period, unit: str | None
) -> list[dict[str, Any]]:
    """The longest overdue and the supervised cases at the end of the period."""
    rows = session.execute(LISTED, _where(facts, period, unit) | {"most": MOST_LISTED})
    return [_line(facts, row._mapping, period.until) for row in rows]


def _line(facts: Snapshot, row: Any, until: datetime) -> dict[str, Any]:
    units = [facts.grid.unit(code) for code in row["chain"]]
    names = [unit.name for unit in units if unit and 1 < unit.level < 5]
    late = (until - row["due_at"]).total_seconds() / 86_400 if row["due_at"] else None
    return {
        "case_no": row["case_no"],
        "text": row["text"],
        "category": row["category_code"],
        "place": " ".join(names),
        "opened_at": row["opened_at"],
        "days_late": late if late is not None and late > 0 else None,
        "supervision": row["supervision"],
        "leads": row["leads"],
    }


def _where(facts: Snapshot, period: Period, unit: str | None) -> dict[str, Any]:
    return {"district": facts.district, "unit": unit, **period._asdict()}
