"""More than usual is told, noise is not; once a day; dismissed with a reason, open on news."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from gridsvc import db, notifying, snapshot
from gridsvc.errors import AlertDismissed, MissingReason, NotPermitted, UnknownAlert
from gridsvc.heat import alerts
from gridsvc.heat.unusual import unusual
from gridsvc.rulebook import Rulebook
from gridsvc.tables.alerts import Alert, AlertDay
from gridsvc.tables.cases import Case
from gridsvc.tables.messages import Message
from gridsvc.worker import Alerting
from tests.conftest import NOON, Town, committed_town

COMMUNITIES, WEEKS, SEEDS = 133, 12, 150
SHANGHAI = ZoneInfo("Asia/Shanghai")
YESTERDAY = date(2026, 3, 1)


def drawn(rng: np.random.Generator, rate: np.ndarray, scatter: float, times: int) -> np.ndarray:
    """Counts of each place: Poisson, or with more scatter than that."""
    mean = rate[:, None] * np.ones(times)
    if scatter == 1:
        return rng.poisson(mean).astype(float)
    size = np.maximum(mean / (scatter - 1), 1e-6)
    return rng.negative_binomial(size, 1 / scatter).astype(float)


@pytest.mark.parametrize("rate", [0.05, 0.3, 2.0, 20.0])
@pytest.mark.parametrize("scatter", [1.0, 2.0])
def test_noise_alarms_nobody_and_outbreaks_do(rate: float, scatter: float) -> None:
    days_with_any, false, found = 0, 0.0, 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        rates = rng.gamma(2, rate / 2, COMMUNITIES)
        before = drawn(rng, rates, scatter, WEEKS)
        count = drawn(rng, rates, scatter, 1)[:, 0]
        told = unusual(count, before, least=1).told
        days_with_any += bool(told.any())
        false += float(told.mean())
        count[:5] += np.ceil(8 + 6 * np.sqrt(scatter * rates[:5]))
        found += int(unusual(count, before).told[:5].sum())
    assert false / SEEDS <= 0.05
    # Days on which anybody is alarmed for nothing: one in twenty, and what chance adds.
    assert days_with_any / SEEDS <= 0.09
    assert found >= 0.95 * 5 * SEEDS


def test_a_former_outbreak_hides_no_new_one() -> None:
    rng = np.random.default_rng(1)
    before = rng.poisson(3, (50, 12)).astype(float)
    before[0, 4] = 60
    count = rng.poisson(3, 50).astype(float)
    count[0] = 20
    assert unusual(count, before).told.nonzero()[0].tolist() == [0]


@pytest.mark.parametrize("weeks", [0, 1, 3])
def test_too_short_a_past_tells_nothing(weeks: int) -> None:
    found = unusual(np.array([500.0]), np.ones((1, weeks)))
    assert not found.told.any()


def test_windows_end_on_the_same_weekday() -> None:
    cases = np.arange(28.0)[None, :]
    now, before = alerts.windows(cases, 1, 3)
    assert (now.tolist(), before.tolist()) == ([27], [[20, 13, 6]])
    now, before = alerts.windows(cases, 7, 3)
    assert now[0] == sum(range(21, 28))
    assert before[0].tolist() == [sum(range(14, 21)), sum(range(7, 14)), sum(range(7))]


def usual_days(session: Session, unit: str, per_day: int, days: int, extra: int = 0) -> None:
    """So many cases on each day up to yesterday, and more on yesterday alone."""
    rows = []
    for back in range(days):
        day = YESTERDAY - timedelta(days=back)
        for number in range(per_day + (extra if back == 0 else 0)):
            opened = datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)
            rows.append(
                {
                    "district_code": "t",
                    "case_no": f"{unit}-{day}-{number}",
                    "stage": "collect",
                    "category_code": "drain",
                    "text": "x",
                    "opened_at": opened,
                    "edition_no": 1,
                    "chain": ["T", "T.S", unit],
                }
            )
    session.execute(insert(Case), rows)


@pytest.fixture
def rules(town: Town) -> Rulebook:
    usual_days(town.session, "T.S.A", 1, 110, extra=30)
    usual_days(town.session, "T.S.B", 1, 110)
    return snapshot.rules(town.session, "t")


def told(session: Session) -> set[tuple[str, str, int]]:
    return {(one.scope, one.code, one.days) for one in session.scalars(select(Alert))}


def test_a_day_is_looked_at_once(town: Town, rules: Rulebook) -> None:
    assert alerts.sweep(town.session, rules, NOON) == 6
    assert told(town.session) == {
        (scope, code, days)
        for scope, code in (("unit", "T.S.A"), ("category", "drain"), ("district", ""))
        for days in (1, 7)
    }
    assert alerts.sweep(town.session, rules, NOON + timedelta(hours=1)) is None
    assert town.session.scalars(select(AlertDay.day)).all() == [YESTERDAY]
    one = town.session.scalars(select(Alert).where(Alert.code == "T.S.A")).first()
    assert one is not None and (one.cases, round(one.usual)) == (31, 1) and one.most < 31


def test_a_dismissal_needs_a_reason_and_holds_until_there_is_news(
    town: Town, rules: Rulebook
) -> None:
    session = town.session
    town.hire("centre", "grid_center_operator")
    town.hire("worker", "grid_worker")
    centre = town.account("centre")
    alerts.sweep(session, rules, NOON)
    made = session.scalars(select(Alert).where(Alert.scope == "unit", Alert.days == 7)).one()
    with pytest.raises(NotPermitted):
        alerts.dismiss(session, town.account("worker"), made.no, "演练", NOON)
    with pytest.raises(MissingReason):
        alerts.dismiss(session, centre, made.no, "  ", NOON)
    with pytest.raises(UnknownAlert):
        alerts.dismiss(session, centre, 0, "演练", NOON)
    alerts.dismiss(session, centre, made.no, "演练", NOON)
    with pytest.raises(AlertDismissed):
        alerts.dismiss(session, centre, made.no, "再来", NOON)
    assert len(alerts.listed(session, "t", YESTERDAY, open_only=True)) == 5
    assert len(alerts.listed(session, "t", YESTERDAY)) == 6
    # Nothing new the day after: the week holds no more than it did.
    alerts.sweep(session, rules, NOON + timedelta(days=1))
    later = session.scalars(
        select(Alert).where(Alert.scope == "unit", Alert.days == 7, Alert.day > YESTERDAY)
    ).one()
    assert later.covered_by == made.no
    # Another outbreak the day after that: the week is more than what was dismissed.
    session.execute(
        insert(Case),
        [
            {"district_code": "t", "case_no": f"N{n}", "stage": "collect", "text": "x"}
            | {"opened_at": NOON + timedelta(days=1), "edition_no": 1}
            | {"chain": ["T", "T.S", "T.S.A"]}
            for n in range(20)
        ],
    )
    alerts.sweep(session, rules, NOON + timedelta(days=2))
    last = session.scalars(
        select(Alert).where(
            Alert.scope == "unit", Alert.days == 7, Alert.day == YESTERDAY + timedelta(days=2)
        )
    ).one()
    assert last.covered_by is None and last.cases > made.cases


@pytest.mark.parametrize(("years", "told"), [(0, True), (2, False)])
def test_a_season_that_comes_every_year_alarms_nobody(town: Town, years: int, told: bool) -> None:
    """The last fortnight has twice as many cases; so it had in former years, if there were any."""
    first = YESTERDAY - timedelta(days=years * 364 + 110)
    days = [first + timedelta(days=n) for n in range((YESTERDAY - first).days + 1)]
    rows = []
    for day in days:
        doubled = any(-13 <= (day - YESTERDAY).days + 364 * year <= 30 for year in range(years + 1))
        for number in range(8 if doubled else 4):
            rows.append(
                {"district_code": "t", "case_no": f"S{day}-{number}", "stage": "collect"}
                | {"opened_at": datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)}
                | {"text": "x", "edition_no": 1, "chain": ["T", "T.S", "T.S.B"]}
            )
    town.session.execute(insert(Case), rows)
    alerts.sweep(town.session, snapshot.rules(town.session, "t"), NOON)
    found = town.session.scalars(select(Alert).where(Alert.days == 7)).all()
    assert bool(found) == told, [(one.scope, one.cases, one.usual) for one in found]


def test_the_grid_centre_is_told_once(town: Town, rules: Rulebook) -> None:
    alerts.sweep(town.session, rules, NOON)
    assert notifying.tell(town.session, "t", NOON) == 6
    assert notifying.tell(town.session, "t", NOON) == 0
    bodies = list(town.session.scalars(select(Message.body)))
    assert any("A社区：31件" in body for body in bodies), bodies


def test_a_district_without_cases_has_no_alerts(town: Town) -> None:
    rules = snapshot.rules(town.session, "t")
    assert alerts.sweep(town.session, rules, NOON) == 0
    assert alerts.listed(town.session, "t", YESTERDAY) == []


def test_two_workers_look_at_a_day_once_between_them() -> None:
    with committed_town():
        with db.transaction() as session:
            usual_days(session, "T.S.A", 1, 110, extra=30)
        with ThreadPoolExecutor(2) as pool:
            made = list(pool.map(lambda task: task.once(NOON), [Alerting(), Alerting()]))
        assert sorted(made) == [0, 6]
        task = Alerting()
        assert [task.once(NOON), task.once(NOON + timedelta(days=1))] == [0, 3]
        with db.new_session() as session:
            days = session.scalars(select(AlertDay.day).order_by(AlertDay.day)).all()
            assert days == [YESTERDAY, YESTERDAY + timedelta(days=1)]
