"""Any post may try any move in any order: what holds must go on holding."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from gridsvc import casework, intake
from gridsvc.errors import GridError, IllegalMove, NotPermitted
from gridsvc.intake import Submission
from gridsvc.locate import Location
from gridsvc.rules.lifecycle import MOVES, Stage, legal
from tests.conftest import HOUSE, NOON, Town, client_of, undone
from tests.sketch import middle

POSTS: dict[str, dict[str, str]] = {
    "administrator": {},
    "grid_center_operator": {},
    "community_secretary": {"unit": "T.S.A"},
    "department_handler": {"department": "works"},
    "grid_worker": {"unit": "T.S.B"},
}
AFTER_CLOSING = {Stage.EVALUATE, Stage.REPLY, Stage.ARCHIVED}

values = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["problem_whistle", "emergency_whistle", "none_such"]),
        "departments": st.lists(st.sampled_from(["works", "water"]), max_size=2, unique=True),
        "lead": st.sampled_from(["works", "water"]),
        "department": st.sampled_from(["works", "water", "fire"]),
        "category": st.sampled_from(["litter", "drain", "other", "none_such"]),
        "place": st.sampled_from([HOUSE, middle(0, 2), middle(1, 1), (103.5, 25.5)]).map(
            lambda at: {"lon": at[0], "lat": at[1], "datum": "wgs84"}
        ),
        "score": st.sampled_from([0, 77, 100, 101]),
    },
)
SAID = {"reason": "r", "result": "done", "reply": "thanks", "note": "n"}


class Loop(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.session = self.undo.enter_context(undone())
        self.town = Town(self.session, client_of(self.session))
        for post, where in POSTS.items():
            self.town.hire(post, post, **where)
        self.now, self.cases, self.made = NOON, list[str](), dict[str, int]()

    def teardown(self) -> None:
        self.undo.close()

    @initialize(at=st.sampled_from([HOUSE, middle(0, 2), middle(1, 1), (None, None)]))
    def tell(self, at: tuple[float | None, float | None]) -> None:
        told = Submission(Location(*at), "litter", "x", "hotline")
        account = self.town.account("administrator")
        answer = intake.receive(self.session, account, told, self.now)
        self.cases.append(answer["case_no"])
        self.made[answer["case_no"]] = 1

    @rule(
        post=st.sampled_from(sorted(POSTS)),
        code=st.sampled_from(sorted(MOVES)),
        fields=values,
        hours=st.integers(0, 30),
    )
    def attempt(self, post: str, code: str, fields: dict[str, Any], hours: int) -> None:
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

    @rule(choice=st.integers(0, 20), hours=st.integers(0, 30))
    def go_on(self, choice: int, hours: int) -> None:
        """A move that is legal, by somebody who may, with all it needs: so that cases get far."""
        no = self.cases[0]
        case = self.row(no)
        moves = [rule.code for rule in legal(Stage(case["stage"])) if rule.end]
        code = moves[choice % len(moves)]
        waiting = self.session.scalar(
            text(
                "SELECT department_code FROM case_department WHERE case_no = :no "
                "AND reported_in_at IS NULL LIMIT 1"
            ),
            {"no": no},
        )
        fields = {"kind": "problem_whistle", "departments": ["water", "works"], "score": 80}
        if code == "report_in":
            fields["department"] = waiting
        post = "grid_center_operator" if code == "verify" else "administrator"
        self.now += timedelta(hours=hours)
        with self.session.begin_nested():
            account = self.town.account(post)
            casework.move(self.session, account, no, code, SAID | fields, None, self.now)
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


TestLoop = Loop.TestCase
TestLoop.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
