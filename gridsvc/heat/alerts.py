"""More than usual: looked for once a local day, told, and dismissed by a person with a reason.

Each day communities, categories and the district as a whole are held against the same weekday, and
the last seven days against weeks before (`unusual`); the season is what the district as a whole
did at the same time of former years. Late entries do not make a day be looked at again.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.errors import AlertDismissed, MissingReason, UnknownAlert
from gridsvc.heat.unusual import Floats, unusual
from gridsvc.permit import Account, check
from gridsvc.rulebook import Rulebook
from gridsvc.tables.alerts import Alert, AlertDay
from gridsvc.words import Words

UNIT, CATEGORY, DISTRICT = "unit", "category", "district"
COMMUNITY = 3
SPANS = (1, 7)
DAYS_A_YEAR = 364  # whole weeks, so that weekdays stay what they are
YEARS = 3
# How far a season may move what is usual, and from how many cases on it is told.
LEAST_SEASON, MOST_SEASON, CASES_OF_A_SEASON = 0.5, 2.0, 200
# A dismissal holds for what follows within so many days and is no more than what was dismissed.
HOLDS = timedelta(days=7)
EVERYTHING = Words("全区", "the whole district")

# Of the days asked for only: the index on the opening finds them.
COUNTS = text("""
    WITH told AS (
        SELECT (opened_at AT TIME ZONE :zone)::date AS day, chain, category_code
        FROM case_ WHERE district_code = :district AND opened_at >= :since AND opened_at < :until
    ), lain AS (
        SELECT unnest(chain) AS code, day FROM told
    )
    SELECT 'unit' AS scope, code, day, count(*) AS cases FROM lain
    WHERE code = ANY(:units) GROUP BY code, day
    UNION ALL
    SELECT 'category', category_code, day, count(*) FROM told
    WHERE category_code IS NOT NULL GROUP BY category_code, day
    UNION ALL
    SELECT 'district', '', day, count(*) FROM told GROUP BY day
""")
# A process that only watches need not hold the grid.
UNITS = text("""
    SELECT unit.code, unit.name FROM grid_unit unit
    JOIN district ON district.code = unit.district_code AND district.edition_no = unit.edition_no
    WHERE unit.district_code = :district AND unit.level = :level ORDER BY unit.code
""")
FIRST = text("""
    SELECT (min(opened_at) AT TIME ZONE :zone)::date FROM case_ WHERE district_code = :district
""")

Subject = tuple[str, str]


class Counts(NamedTuple):
    """Cases of n subjects on each of d days, the newest last; and what the communities are called.

    A community without a case is a subject too, a category only where it had any.
    """

    subjects: list[Subject]
    cases: Floats
    newest: date
    units: dict[str, str]


def sweep(session: Session, rules: Rulebook, now: datetime) -> int | None:
    """Look at the local day that has ended, unless somebody has. Returns how many alerts were
    made; None where the day had been looked at."""
    zone = rules.calendar.zone
    day = now.astimezone(zone).date() - timedelta(days=1)
    mine = insert(AlertDay).values(district_code=rules.district, day=day, made_at=now, compared=0)
    if session.execute(mine.on_conflict_do_nothing().returning(AlertDay.day)).first() is None:
        return None
    weeks = round(rules.setting("alert_weeks"))
    first = session.scalar(FIRST, {"district": rules.district, "zone": str(zone)})
    if first is None:
        return 0
    counts = _counts(session, rules, day, zone, 7 * (weeks + 2))
    known = min((day - first).days // 7, weeks)
    season = _season(session, rules, day, zone, first)
    made = [
        alert
        for days in SPANS
        for scope in (UNIT, CATEGORY, DISTRICT)
        for alert in _alerts(rules, counts, scope, days, known, season)
    ]
    kept = [_kept(session, rules, one | {"made_at": now}) for one in made]
    if kept:
        session.execute(insert(Alert).on_conflict_do_nothing(), kept)
    session.get_one(AlertDay, (rules.district, day)).compared = len(counts.subjects)
    return len(kept)


def _counts(session: Session, rules: Rulebook, day: date, zone: ZoneInfo, back: int) -> Counts:
    """Of the `back` days up to and with this one."""
    first = day - timedelta(days=back - 1)
    held = session.execute(UNITS, {"district": rules.district, "level": COMMUNITY})
    units = {row.code: row.name for row in held}
    asked = _span(rules, first, day, zone) | {"units": list(units)}
    found = session.execute(COUNTS, asked).all()
    told = {(row.scope, row.code) for row in found} | {(UNIT, code) for code in units}
    subjects: list[Subject] = sorted(told)
    place = {subject: row for row, subject in enumerate(subjects)}
    cases = np.zeros((len(subjects), back))
    for row in found:
        cases[place[row.scope, row.code], (row.day - first).days] = row.cases
    return Counts(subjects, cases, day, units)


def _span(rules: Rulebook, first: date, last: date, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "district": rules.district,
        "zone": str(zone),
        "units": list[str](),
        "since": datetime.combine(first, time(), zone),
        "until": datetime.combine(last + timedelta(days=1), time(), zone),
    }


def _season(session: Session, rules: Rulebook, day: date, zone: ZoneInfo, first: date) -> float:
    """How the last week usually compares with the weeks before it at this time of the year, by
    former years; 1 where there are none."""
    found: list[float] = []
    weeks = round(rules.setting("alert_weeks"))
    for year in range(1, YEARS + 1):
        then = day - timedelta(days=year * DAYS_A_YEAR)
        if then - timedelta(days=7 * (weeks + 2)) < first:
            break
        # Three weeks around: one alone says more of its own weather.
        end = then + timedelta(days=7)
        rows = session.execute(COUNTS, _span(rules, then - timedelta(days=7 * weeks), end, zone))
        by_day = {row.day: row.cases for row in rows if row.scope == DISTRICT}
        around = sum(by_day.get(then + timedelta(days=off), 0) for off in range(-13, 8)) / 21
        before = sum(by_day.get(then - timedelta(days=off), 0) for off in range(14, 7 * weeks))
        if before >= CASES_OF_A_SEASON:
            found.append(around / (before / (7 * weeks - 14)))
    return float(np.clip(np.mean(found), LEAST_SEASON, MOST_SEASON)) if found else 1.0


def windows(cases: Floats, days: int, weeks: int) -> tuple[Floats, Floats]:
    """The count of the last `days` days (n,), and of as many that ended 1 to `weeks` weeks before
    (n, weeks)."""
    ends = cases.shape[1] - 7 * np.arange(weeks + 1)
    sums = [cases[:, end - days : end].sum(axis=1) for end in ends.tolist()]
    return sums[0], np.array(sums[1:]).reshape(weeks, len(cases)).T


def _alerts(
    rules: Rulebook, counts: Counts, scope: str, days: int, weeks: int, season: float
) -> list[dict[str, Any]]:
    rows = [row for row, (one, _) in enumerate(counts.subjects) if one == scope]
    now, before = windows(counts.cases[rows], days, max(weeks - (days > 1), 0))
    setting = rules.setting
    found = unusual(
        now, before, season, setting("alert_false_percent") / 100, setting("alert_least_cases")
    )
    alerts = []
    for place in np.flatnonzero(found.told).tolist():
        subject = counts.subjects[rows[place]]
        name = _name(rules, counts.units, subject)
        alerts.append(
            {
                "district_code": rules.district,
                "day": counts.newest,
                "days": days,
                "scope": scope,
                "code": subject[1],
                "name": name.zh,
                "name_en": name.en,
                "cases": int(now[place]),
                "usual": float(found.usual[place]),
                "most": int(found.most[place]),
                "p": float(found.p[place]),
                "q": float(found.q[place]),
            }
        )
    return alerts


def _name(rules: Rulebook, units: Mapping[str, str], subject: Subject) -> Words:
    scope, code = subject
    if scope == DISTRICT:
        return EVERYTHING
    if scope == UNIT:
        return Words(units[code], units[code])
    known = rules.categories.get(code)
    return known.name if known else Words(code, code)


def _kept(session: Session, rules: Rulebook, made: Mapping[str, Any]) -> dict[str, Any]:
    """With the dismissal that covers it: of the same subject, within days, of no fewer cases. What
    is more than was known then is news, and stands open."""
    former = session.scalars(
        select(Alert)
        .where(
            Alert.district_code == rules.district,
            Alert.scope == made["scope"],
            Alert.code == made["code"],
            Alert.days == made["days"],
            Alert.day < made["day"],
            Alert.day >= made["day"] - HOLDS,
            Alert.dismissed_at.is_not(None),
        )
        .order_by(Alert.day.desc())
    ).first()
    covered = former.no if former and former.cases >= made["cases"] else None
    return {**made, "covered_by": covered}


def listed(
    session: Session, district: str, since: date, open_only: bool = False
) -> Sequence[Alert]:
    """The alerts of the days from `since` on, the newest and least likely first."""
    asked = select(Alert).where(Alert.district_code == district, Alert.day >= since)
    if open_only:
        asked = asked.where(Alert.dismissed_at.is_(None), Alert.covered_by.is_(None))
    return session.scalars(asked.order_by(Alert.day.desc(), Alert.q, Alert.no)).all()


def dismiss(session: Session, account: Account, no: int, reason: str, now: datetime) -> Alert:
    """Say why it needs nobody. It stays on record. Raises NotPermitted, UnknownAlert,
    AlertDismissed, MissingReason."""
    check(account, "alert.dismiss")
    alert = session.get(Alert, (account.district, no), with_for_update=True)
    if alert is None:
        raise UnknownAlert(alert=no)
    if alert.dismissed_at is not None:
        raise AlertDismissed(alert=no, by=alert.dismissed_name)
    if not reason.strip():
        raise MissingReason()
    alert.dismissed_at, alert.reason = now, reason.strip()
    alert.dismissed_by, alert.dismissed_name = account.id, account.name
    return alert
