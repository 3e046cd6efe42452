"""Any post may try any move in any order: what holds must go on holding."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select, text

from gridsvc import casestate, casework, intake, succession
from gridsvc.clock import TimeUnit
from gridsvc.errors import GridError, IllegalMove, NotPermitted
from gridsvc.intake import Submission
from gridsvc.locate import Location
from gridsvc.rules.deadlines import Clock, Limit
from gridsvc.rules.lifecycle import MOVES, Stage, legal
from gridsvc.tables.cases import CaseEvent
from gridsvc.tables.catalogue import TimeLimit
from gridsvc.tables.parties import Department, Officer
from tests.conftest import HOUSE, NOON, Town, client_of, undone
from tests.sketch import middle

POSTS: dict[str, dict[str, str]] = {
    "administrator": {},
    "grid_center_operator": {},
    "community_secretary": {"unit": "T.S.A"},
    "department_handler": {"department": "works"},
    "grid_worker": {"unit": "T.S.B"},
}
ALWAYS = {"case"}
RUNNING: dict[Stage, set[str]] = {
    Stage.COLLECT: ALWAYS,
    Stage.WHISTLE: ALWAYS | {"review"},
    Stage.REPORT_IN: ALWAYS | {"report_in", "handle", "step"},
    Stage.HANDLE: ALWAYS | {"handle", "step"},
    Stage.VERIFY_CLOSE: ALWAYS | {"verify"},
    Stage.EVALUATE: {"reply"},
    Stage.REPLY: {"reply"},
    Stage.ARCHIVED: set(),
}
AFTER_CLOSING = {Stage.EVALUATE, Stage.REPLY, Stage.ARCHIVED}

values = st.fixed_dictionaries(
    {},
    optional={
        "how": st.sampled_from(["on_the_spot", "by_answer", "by_magic"]),
        "task": st.sampled_from(["fence it off", ""]),
        "step": st.integers(0, 3),
        "ask": st.integers(1, 4),
        "ask_kind": st.sampled_from(["extension", "hang_up", "hand_back", "appeal", "other"]),
        "amount": st.sampled_from([0.5, 2, 8]),
        "time_unit": st.sampled_from([*TimeUnit, "fortnight"]),
        "level": st.sampled_from(["urge", "list", "none_such"]),
        "fault": st.sampled_from(["improper", "empty", "none_such"]),
        "kind": st.sampled_from(["problem_whistle", "emergency_whistle", "none_such"]),
        "departments": st.lists(st.sampled_from(["works", "water"]), max_size=2, unique=True),
        "lead": st.sampled_from(["works", "water"]),
        "department": st.sampled_from(["works", "water", "fire"]),
        "category": st.sampled_from(["litter", "drain", "other", "none_such"]),
        "place": st.sampled_from([HOUSE, middle(0, 2), middle(1, 1), (103.5, 25.5)]).map(
            lambda at: {"lon": at[0], "lat": at[1], "datum": "wgs84"}
        ),
        "score": st.sampled_from([0, 77, 100, 101]),
        "call_leaders": st.booleans(),
        "leader": st.sampled_from(["赵", "nobody"]),
    },
)
SAID = {"reason": "r", "result": "done", "reply": "thanks", "note": "n"}
LIMITS = [
    Limit(no, None, kind, amount, unit, "test", clock, step)
    for no, (clock, kind, amount, unit, step) in enumerate(
        [
            (Clock.REVIEW, None, 4, TimeUnit.WORKING_HOUR, None),
            (Clock.REPORT_IN, None, 8, TimeUnit.WORKING_HOUR, None),
            (Clock.REPORT_IN, "emergency_whistle", 0.5, TimeUnit.EMERGENCY_HOUR, None),
            (Clock.HANDLE, None, 4, TimeUnit.WORKING_DAY, None),
            (Clock.VERIFY, None, 2, TimeUnit.EMERGENCY_DAY, None),
            (Clock.REPLY, None, 2, TimeUnit.WORKING_DAY, None),
            (Clock.STEP, None, 3, TimeUnit.EMERGENCY_HOUR, 1),
            (Clock.STEP, None, 5, TimeUnit.WORKING_DAY, 2),
        ],
        10,
    )
]


class Loop(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.session = self.undo.enter_context(undone())
        self.town = Town(self.session, client_of(self.session))
        self.session.add_all(
            TimeLimit(
                district_code="t",
                no=row.no,
                whistle_kind=row.kind,
                clock=row.clock,
                step=row.step,
                amount=row.amount,
                unit=row.unit,
                basis=row.basis,
            )
            for row in LIMITS
        )
        for post, where in POSTS.items():
            self.town.hire(post, post, **where)
        leader = Officer(district_code="t", name="赵", post="linked_district_leader")
        leader.unit_code, leader.generated = "T.S", False
        self.session.add(leader)
        self.now, self.cases, self.made = NOON, list[str](), dict[str, int]()
        self.ended = False

    def teardown(self) -> None:
        self.undo.close()

    @initialize(at=st.sampled_from([HOUSE, middle(0, 2), middle(1, 1), (None, None)]))
    def tell(self, at: tuple[float | None, float | None]) -> None:
        told = Submission(Location(*at), "litter", "x", "hotline")
        account = self.town.account("administrator")
        answer = intake.receive(self.session, account, told, self.now)
        other = intake.receive(self.session, account, told, self.now)
        for one in (answer, other):
            self.cases.append(one["case_no"])
            self.made[one["case_no"]] = 1

    @rule(
        post=st.sampled_from(sorted(POSTS)),
        code=st.sampled_from(sorted(MOVES)),
        fields=values,
        hours=st.integers(0, 30),
    )
    def attempt(self, post: str, code: str, fields: dict[str, Any], hours: int) -> None:
        fields = {"into": self.cases[-1]} | fields
        self.now += timedelta(hours=hours)
        no, account = self.cases[0], self.town.account(post)
        before = self.row(no)
        try:
            with self.session.begin_nested():
                casework.move(self.session, account, no, code, SAID | fields, None, self.now)
        except NotPermitted:
            assert self.row(no) == before
        except IllegalMove:
            assert Stage(before["stage"]) not in MOVES[code].start
        except GridError:
            assert self.row(no) == before
        else:
            assert Stage(before["stage"]) in MOVES[code].start
            self.made[no] += 1

    @precondition(lambda self: not self.ended)
    @rule(pair=st.sampled_from([("works", "water"), ("water", "works")]))
    def one_takes_over(self, pair: tuple[str, str]) -> None:
        """A department ended yesterday, and the other does its work from now on."""
        self.ended = True
        old = self.session.get_one(Department, ("t", pair[0]))
        old.successor_code, old.valid_to = pair[1], self.now.date() - timedelta(days=2)
        self.town.district.rulebook_no += 1
        self.session.flush()
        self.hand_over()

    def hand_over(self) -> None:
        """What the worker does: each case that it hands over gets one line."""
        moved = succession.sweep(self.session, "t", self.now)
        versions = {no: self.row(no)["version"] for no in self.cases}
        assert sum(versions.values()) == sum(self.made.values()) + moved
        self.made = versions

    @invariant()
    def who_has_ended_is_on_no_open_case(self) -> None:
        if self.ended:
            self.hand_over()
            assert succession.sweep(self.session, "t", self.now) == 0

    @rule(choice=st.integers(0, 20), hours=st.integers(0, 30))
    def go_on(self, choice: int, hours: int) -> None:
        """A move that is legal, by somebody who may, with all it needs: so that cases get far."""
        no = self.cases[0]
        case = self.row(no)
        vain = {"reopen"} if case["merged_into"] else {"unmerge"}
        moves = [
            one.code for one in legal(Stage(case["stage"])) if one.end and one.code not in vain
        ]
        code = moves[choice % len(moves)]
        waiting = self.session.scalar(
            text(
                "SELECT department_code FROM case_department WHERE case_no = :no "
                "AND reported_in_at IS NULL LIMIT 1"
            ),
            {"no": no},
        )
        fields = {"kind": "problem_whistle", "departments": ["water", "works"], "score": 80}
        fields["into"] = self.cases[-1]
        if code == "report_in":
            fields["department"] = waiting
        if code == "resolve":
            self.finish_tasks(no)
        post = "grid_center_operator" if code == "verify" else "administrator"
        self.now += timedelta(hours=hours)
        with self.session.begin_nested():
            account = self.town.account(post)
            casework.move(self.session, account, no, code, SAID | fields, None, self.now)
        self.made[no] += 1

    def finish_tasks(self, no: str) -> None:
        """Whoever has a task does it first."""
        open_tasks = self.session.scalars(
            text(
                "SELECT department_code FROM case_department WHERE case_no = :no "
                "AND task IS NOT NULL AND done_at IS NULL AND released_at IS NULL"
            ),
            {"no": no},
        ).all()
        for department in open_tasks:
            with self.session.begin_nested():
                account = self.town.account("administrator")
                fields = SAID | {"department": department}
                casework.move(self.session, account, no, "task_done", fields, None, self.now)
            self.made[no] += 1

    def row(self, no: str) -> dict[str, Any]:
        found = self.session.execute(
            text("SELECT * FROM case_ WHERE case_no = :no"), {"no": no}
        ).one()
        return dict(found._mapping)

    @invariant()
    def every_move_left_one_line(self) -> None:
        for no, made in self.made.items():
            lines = self.session.execute(
                text("SELECT seq, stage, at FROM case_event WHERE case_no = :no ORDER BY seq"),
                {"no": no},
            ).all()
            assert [line.seq for line in lines] == list(range(1, made + 1))
            assert [line.at for line in lines] == sorted(line.at for line in lines)
            assert lines[-1].stage == self.row(no)["stage"]
            assert made == self.row(no)["version"]

    @invariant()
    def closed_means_verified_or_dismissed(self) -> None:
        for no in self.cases:
            case = self.row(no)
            assert (case["closed_at"] is not None) == (Stage(case["stage"]) in AFTER_CLOSING)
            assert (case["archived_at"] is not None) == (case["stage"] == Stage.ARCHIVED)
            assert (case["outcome"] is not None) == (case["closed_at"] is not None)

    @invariant()
    def one_lead_and_nobody_handles_without_reporting_in(self) -> None:
        for no in self.cases:
            case = self.row(no)
            called = self.session.execute(
                text(
                    "SELECT role, called_at, reported_in_at FROM case_department "
                    "WHERE case_no = :no"
                ),
                {"no": no},
            ).all()
            assert sum(one.role == "lead" for one in called) == (1 if called else 0)
            assert all(one.called_at for one in called if one.reported_in_at)
            if case["stage"] == Stage.REPORT_IN:
                assert any(one.reported_in_at is None for one in called)
            assert case["owner_unit"] is None or case["owner_unit"] in case["chain"]

    @invariant()
    def what_the_events_say_is_the_case(self) -> None:
        for no in self.cases:
            details = self.session.scalars(
                select(CaseEvent.detail).where(CaseEvent.case_no == no).order_by(CaseEvent.seq)
            )
            rows = casework.locked(self.session, "t", no)
            assert casestate.rebuilt(details) == casestate.state(*rows)

    @invariant()
    def clocks_are_never_negative_and_stop_with_what_they_limit(self) -> None:
        for no in self.cases:
            rows = casework.locked(self.session, "t", no)
            for clock in rows.clocks:
                assert clock.started_at <= clock.due_at
                assert clock.stopped_at is None or clock.started_at <= clock.stopped_at
                assert clock.rest is None or clock.rest >= 0
                assert clock.stopped_at is None or (clock.mark_at, clock.rest) == (None, None)
                assert clock.rest is None or rows.case.hung_up_at is not None
            running = {one.clock for one in rows.clocks if one.stopped_at is None}
            assert running <= RUNNING[Stage(rows.case.stage)], rows.case.stage
            if rows.case.hung_up_at is None and rows.case.closed_at is None:
                whole = [one for one in rows.clocks if one.clock == "case" and not one.stopped_at]
                assert [one.due_at for one in whole] in ([], [rows.case.due_at])

    @invariant()
    def nobody_is_released_and_nothing_is_done_with_open_tasks(self) -> None:
        for no in self.cases:
            rows = casework.locked(self.session, "t", no)
            for one in rows.called:
                undone = bool(one.task) and one.done_at is None
                assert not (undone and one.released_at)
                if rows.case.stage == Stage.VERIFY_CLOSE and one.released_at is None:
                    assert not undone
            for asked in rows.asks:
                assert (asked.decided_at is None) == (asked.granted is None)
                assert asked.decided_by != asked.asked_by


TestLoop = Loop.TestCase
TestLoop.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
