"""The closed loop in its detours: each with the clocks, the people and the record it leaves."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from gridsvc import casestate, casework, intake, urging
from gridsvc.errors import (
    AskedAlready,
    BadField,
    GridError,
    NothingAsked,
    NotPermitted,
    OpenTasks,
    OwnRequest,
    PhotoNeeded,
    SamePerson,
    TooFarToVerify,
)
from gridsvc.intake import Submission
from gridsvc.locate import Location
from gridsvc.tables.cases import CaseClock
from gridsvc.tables.catalogue import Setting, TimeLimit
from tests.conftest import HOUSE, NOON, Town
from tests.sketch import middle

HERE = {"lon": HOUSE[0], "lat": HOUSE[1], "datum": "wgs84"}
LIMITS = [
    ("review", None, None, 4, "working_hour"),
    ("report_in", None, None, 8, "working_hour"),
    ("report_in", "emergency_whistle", None, 0.5, "emergency_hour"),
    ("handle", None, None, 4, "working_day"),
    ("verify", None, None, 2, "working_day"),
    ("reply", None, None, 2, "working_day"),
]
STEPS = [("fence", 1, 3, "emergency_hour"), ("repair", 2, 8, "emergency_hour")]
STEPS += [("road", 3, 5, "working_day")]


class Play:
    """One case, moved by logins, with the time going on."""

    def __init__(self, town: Town) -> None:
        self.town, self.now = town, NOON
        for no, (clock, kind, category, amount, unit) in enumerate(LIMITS, 10):
            town.session.add(
                TimeLimit(
                    district_code="t",
                    no=no,
                    clock=clock,
                    whistle_kind=kind,
                    category_code=category,
                    amount=amount,
                    unit=unit,
                    basis="test",
                )
            )
        for name, step, amount, unit in STEPS:
            town.session.add(
                TimeLimit(
                    district_code="t",
                    no=20 + step,
                    clock="step",
                    category_code="drain",
                    step=step,
                    name_zh=name,
                    name_en=name,
                    amount=amount,
                    unit=unit,
                    basis="test",
                )
            )
        town.hire("centre", "grid_center_operator")
        town.hire("boss", "administrator")
        town.hire("works", "department_handler", department="works")
        town.hire("water", "department_handler", department="water")
        town.hire("secretary", "street_party_secretary", unit="T.S")
        town.hire("worker", "grid_worker", unit="T.S.A")
        town.session.flush()
        self.no = self.tell("litter")

    def tell(self, category: str) -> str:
        told = Submission(Location(*HOUSE), category, "x", "hotline")
        answer = intake.receive(self.town.session, self.town.account("boss"), told, self.now)
        return str(answer["case_no"])

    def move(self, who: str, code: str, hours: float = 1, **fields: Any) -> None:
        self.now += timedelta(hours=hours)
        account = self.town.account(who)
        with self.town.session.begin_nested():
            casework.move(self.town.session, account, self.no, code, fields, None, self.now)

    def refuses(self, error: type[GridError], who: str, code: str, **fields: Any) -> None:
        before = self.rows
        with pytest.raises(error):
            self.move(who, code, **fields)
        self.town.session.expire_all()
        after = self.rows
        assert (after.case.version, after.case.stage) == (before.case.version, before.case.stage)

    @property
    def rows(self) -> casework.Rows:
        return casework.locked(self.town.session, "t", self.no)

    def running(self) -> dict[tuple[str, str | None], datetime]:
        return {
            (one.clock, one.department_code or (one.name_zh and str(one.name_zh))): one.due_at
            for one in self.rows.clocks
            if one.stopped_at is None
        }

    def clock(self, name: str, department: str | None = None) -> CaseClock:
        return [
            one
            for one in self.rows.clocks
            if (one.clock, one.department_code) == (name, department)
        ][-1]

    def dispatched(self, *departments: str, kind: str = "problem_whistle") -> None:
        self.move("secretary", "whistle", kind=kind, departments=list(departments))
        self.move("centre", "accept")


@pytest.fixture
def play(town: Town) -> Play:
    return Play(town)


def test_each_department_called_has_its_own_clock(play: Play) -> None:
    play.dispatched("works", "water")
    assert set(play.running()) == {("case", None), ("report_in", "works"), ("report_in", "water")}
    play.move("works", "report_in", place=HERE)
    assert set(play.running()) == {
        *(("case", None), ("handle", "works"), ("report_in", "water")),
    }
    works, water = sorted(play.rows.called, key=lambda one: one.department_code != "works")
    assert (works.reported_in_how, works.distance_m) == ("on_the_spot", 0)
    assert (water.reported_in_at, play.rows.case.stage) == (None, "report_in")
    # 8 working hours from 14:00 are over at 15:00 on the next day; it comes a day later.
    play.move("water", "report_in", hours=48)
    late = play.clock("report_in", "water")
    assert late.stopped_at is not None and late.stopped_at > late.due_at
    kept = play.clock("report_in", "works")
    assert kept.stopped_at is not None and kept.stopped_at <= kept.due_at
    assert play.rows.case.stage == "handle"


def test_an_emergency_skips_review_and_uses_emergency_time(play: Play) -> None:
    play.now = NOON.replace(hour=15)  # 23:00 in the district
    play.move("secretary", "whistle", kind="emergency_whistle", departments=["works", "water"])
    running = play.running()
    assert play.rows.case.stage == "report_in"
    assert ("review", None) not in running
    assert running["report_in", "water"] == play.now + timedelta(minutes=30)


def test_nobody_is_released_before_the_work_is_done(play: Play) -> None:
    play.dispatched("works", "water")
    play.move("works", "report_in")
    play.move("water", "report_in")
    play.move("centre", "assign", department="water", task="抽水")
    play.refuses(OpenTasks, "centre", "release", department="water", reason="r")
    play.refuses(OpenTasks, "works", "resolve", result="done")
    play.refuses(BadField, "centre", "release", department="works", reason="r")
    play.refuses(NotPermitted, "works", "task_done", department="water", result="done")
    play.move("water", "task_done", result="水已抽干")
    play.move("centre", "release", department="water", reason="完成")
    assert [one.department_code for one in play.rows.called if one.released_at] == ["water"]
    play.move("works", "resolve", result="done")
    assert set(play.running()) == {("case", None), ("verify", None)}


def test_the_steps_of_a_burst_main_have_limits_of_their_own(play: Play) -> None:
    play.no = play.tell("drain")
    play.dispatched("water")
    start = play.now
    running = play.running()
    assert running["step", "fence"] == start + timedelta(hours=3)
    assert running["step", "repair"] == start + timedelta(hours=8)
    # Monday 14:00; five working days later the office closes at 18:00, or when its hours say.
    assert running["step", "road"].date() == (start + timedelta(days=7)).date()
    play.move("water", "report_in")
    play.refuses(BadField, "centre", "step_done", step=9)
    play.move("centre", "step_done", step=1)
    play.refuses(BadField, "centre", "step_done", step=1)
    play.move("water", "resolve", hours=10, result="done")
    fence, repair, road = (one for one in play.rows.clocks if one.clock == "step")
    assert fence.stopped_at is not None and fence.stopped_at <= fence.due_at
    assert repair.stopped_at is not None and repair.stopped_at > repair.due_at
    assert road.stopped_at is not None and road.stopped_at < road.due_at


def test_an_extension_is_asked_for_granted_by_another_and_counted_once(play: Play) -> None:
    play.dispatched("works")
    play.move("works", "report_in")
    before, whole = play.clock("handle", "works").due_at, play.rows.case.due_at
    asked: dict[str, Any] = {"ask_kind": "extension", "amount": 2, "reason": "雨天"}
    asked["time_unit"] = "working_day"
    play.refuses(BadField, "works", "ask", **asked | {"time_unit": "fortnight"})
    play.refuses(BadField, "works", "ask", **asked | {"amount": None})
    play.move("works", "ask", **asked)
    assert play.clock("handle", "works").due_at == before
    play.refuses(AskedAlready, "works", "ask", **asked)
    play.refuses(NotPermitted, "works", "grant")
    play.move("centre", "grant", note="同意")
    clock = play.clock("handle", "works")
    # From Friday over the weekend to Tuesday.
    assert (clock.extended, (clock.due_at - before).days) == (1, 4)
    assert play.rows.case.due_at is not None and whole is not None
    assert (play.rows.case.due_at - whole).days >= 2
    play.refuses(AskedAlready, "works", "ask", **asked)
    play.refuses(NothingAsked, "centre", "grant")
    play.town.session.add(Setting(district_code="t", name="most_extensions", value=2, basis="t"))
    play.town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    play.move("works", "ask", **asked)
    play.move("centre", "refuse", reason="不同意")
    assert play.clock("handle", "works").extended == 1
    assert [one.granted for one in play.rows.asks] == [True, False]


def test_nobody_decides_what_he_asked_for(play: Play) -> None:
    play.dispatched("works")
    play.move("boss", "ask", ask_kind="hang_up", reason="等审批")
    play.refuses(OwnRequest, "boss", "grant")
    play.move("centre", "grant")
    assert play.rows.case.hung_up_at == play.now


def test_a_hung_up_case_stands_and_goes_on_with_what_it_had(play: Play) -> None:
    play.dispatched("works")
    play.move("works", "report_in")
    due = play.clock("handle", "works").due_at
    play.move("works", "ask", ask_kind="hang_up", reason="等拨款")
    play.refuses(NothingAsked, "centre", "resume")
    play.move("centre", "grant")
    assert play.clock("handle", "works").mark_at is None
    play.move("centre", "resume", hours=24 * 70)
    clock = play.clock("handle", "works")
    assert clock.due_at > play.now and clock.due_at > due
    assert (clock.rest, play.rows.case.hung_up_at) == (None, None)
    assert clock.mark_at is not None and clock.mark_at > play.now


def test_a_department_that_hands_back_is_let_go_once_that_is_granted(play: Play) -> None:
    play.dispatched("works", "water")
    play.move("works", "ask", ask_kind="hand_back", reason="不属本部门")
    assert len(play.rows.called) == 2
    play.move("centre", "grant")
    assert [(one.department_code, one.role) for one in play.rows.called] == [("water", "lead")]
    assert play.rows.case.stage == "whistle"
    assert set(play.running()) == {("case", None), ("review", None)}
    assert {one.void for one in play.rows.clocks if one.clock == "report_in"} == {True}
    play.move("centre", "accept", departments=["water"])
    assert set(play.running()) == {("case", None), ("report_in", "water")}


def test_a_supporting_department_may_go_without_a_new_dispatch(play: Play) -> None:
    play.dispatched("works", "water")
    play.move("works", "report_in")
    play.move("water", "ask", ask_kind="hand_back", reason="不属本部门")
    play.move("centre", "grant")
    assert [one.department_code for one in play.rows.called] == ["works"]
    assert play.rows.case.stage == "handle"


def test_verification_is_by_somebody_else_and_on_the_spot(play: Play) -> None:
    play.dispatched("works")
    play.move("works", "report_in")
    play.move("boss", "resolve", result="done")
    play.refuses(SamePerson, "boss", "verify")
    away = middle(0, 2)
    play.refuses(
        TooFarToVerify, "worker", "verify", place={"lon": away[0], "lat": away[1], "datum": "wgs84"}
    )
    play.move("worker", "rework", reason="仍有遗留")
    assert play.rows.case.rework_count == 1
    assert set(play.running()) == {("case", None), ("handle", "works")}
    play.move("works", "resolve", result="done")
    play.move("worker", "verify", place=HERE)
    assert (play.rows.case.outcome, set(play.running())) == ("solved", {("reply", None)})


def test_a_category_may_ask_for_photos(play: Play) -> None:
    play.town.session.execute(
        text("UPDATE category SET photo_required = true WHERE code = 'litter'")
    )
    play.town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    play.dispatched("works")
    play.move("works", "report_in")
    play.refuses(PhotoNeeded, "works", "resolve", result="done")


def test_an_improper_whistle_is_marked_and_may_be_appealed(play: Play) -> None:
    play.dispatched("works")
    play.refuses(NothingAsked, "secretary", "ask", ask_kind="appeal", reason="r")
    play.refuses(BadField, "centre", "mark", fault="rude", reason="r")
    play.move("centre", "mark", fault="empty", reason="现场无此问题")
    play.refuses(NotPermitted, "secretary", "mark", fault="empty", reason="r")
    play.move("secretary", "ask", ask_kind="appeal", reason="问题属实，附照片")
    assert play.rows.case.fault == "empty"
    play.move("centre", "grant", note="申诉成立")
    assert play.rows.case.fault is None


def test_the_street_names_who_answers(play: Play) -> None:
    play.move("secretary", "handle_directly", leader="分管领导", section="城管科")
    case = play.rows.case
    assert (case.stage, case.leader, case.section) == ("handle", "分管领导", "城管科")
    assert set(play.running()) == {("case", None), ("handle", None)}


def test_a_reopened_case_has_all_its_time_again(play: Play) -> None:
    play.dispatched("works")
    play.move("works", "report_in")
    play.move("works", "resolve", result="done")
    play.move("worker", "verify")
    play.move("centre", "reopen", hours=24 * 40, reason="上报人不满意")
    due = play.rows.case.due_at
    assert due is not None and due > play.now
    assert play.running() == {("case", None): due}


def test_supervision_has_levels(play: Play) -> None:
    play.dispatched("works")
    play.refuses(BadField, "centre", "supervise", level="shout", reason="r")
    play.move("centre", "supervise", level="list", reason="逾期严重")
    assert play.rows.case.supervision == "list"


def test_reminders_and_supervision_fall_due_by_rows_whenever_somebody_looks(play: Play) -> None:
    play.dispatched("works")
    session, due = play.town.session, play.clock("report_in", "works").due_at
    assert urging.sweep(session, "t", due - timedelta(hours=1, minutes=1)) == 0
    assert urging.sweep(session, "t", due - timedelta(hours=1)) == 1
    assert urging.sweep(session, "t", due - timedelta(hours=1)) == 0
    assert play.rows.case.supervision is None
    # Nobody sweeps for two weeks: everything that fell due is told, with its own moment.
    late = due + timedelta(days=14)
    assert urging.sweep(session, "t", late) == 2
    assert urging.sweep(session, "t", late) == 0
    detail = session.scalar(text("SELECT detail FROM case_event ORDER BY seq DESC LIMIT 1"))
    told = [(mark["clock"], mark["level"]) for mark in detail["marks"]]
    assert told[:4] == [("case", level) for level in ("remind", "urge", "supervise", "list")]
    assert told[4:] == [("report_in", level) for level in ("urge", "supervise", "list")]
    moments = [mark["fell_due_at"] for mark in detail["marks"][4:]]
    assert moments == sorted(moments) and datetime.fromisoformat(moments[0]) == due
    assert play.rows.case.supervision == "list"
    details = session.scalars(text("SELECT detail FROM case_event ORDER BY seq")).all()
    assert casestate.rebuilt(details) == casestate.state(*play.rows)
    # A clock that was stopped late says so by itself, and marks no more.
    play.now = late
    play.move("works", "report_in")
    assert play.clock("report_in", "works").mark_at is None


def test_what_is_hung_up_is_not_urged(play: Play) -> None:
    play.dispatched("works")
    play.move("works", "ask", ask_kind="hang_up", reason="等拨款")
    play.move("centre", "grant")
    assert urging.sweep(play.town.session, "t", play.now + timedelta(days=60)) == 0
