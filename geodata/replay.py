"""Tell a generated case's life by making its moves as the service makes them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import shapely

from geodata import copying
from gridsvc import casestate, timing
from gridsvc.db import Base, to_json
from gridsvc.judge import Judgement
from gridsvc.locate import Place
from gridsvc.loop import make
from gridsvc.permit import Account
from gridsvc.rules.lifecycle import MOVES, Stage
from gridsvc.rules.permission import Actor
from gridsvc.snapshot import Snapshot
from gridsvc.tables.cases import Case, CaseAsk, CaseClock, CaseDepartment
from gridsvc.work import Work


class Told(NamedTuple):
    """One generated case, placed and judged."""

    no: str
    report_no: str
    row: Any
    place: Place
    ruling: Judgement
    answer: dict[str, Any]


class History:
    """One case's life: its rows and events after all its generated moves."""

    def __init__(self, facts: Snapshot, told: Told, moves: Iterable[Any]) -> None:
        self.facts, self.told = facts, told
        # What is over needs no reminder: marks are worked out once, at the end.
        self._unurged = facts._replace(rules=facts.rules._replace(urgings=[]))
        self.case = self._opened()
        self.called = [
            CaseDepartment(
                district_code=facts.district,
                case_no=told.no,
                department_code=code,
                role=casestate.ROLES[place > 0],
            )
            for place, code in enumerate(told.ruling.departments)
        ]
        self.clocks: list[CaseClock] = []
        self.asks: list[CaseAsk] = []
        self.events: list[dict[str, Any]] = []
        self._state: casestate.State = {}
        timing.Timing(self._unurged.rules, self.case, self.clocks, self.case.opened_at).case_again()
        self._note("received", self.case.opened_at, None, told.answer)
        for move in moves:
            self._make(move)
        for clock in self.clocks:
            if clock.stopped_at is None:
                clock.mark_at = timing.next_mark(facts.rules, clock)

    def _opened(self) -> Case:
        told, ruling, place = self.told, self.told.ruling, self.told.place
        return Case(
            district_code=self.facts.district,
            case_no=told.no,
            stage=Stage.COLLECT,
            kind=told.row.kind,
            category_code=told.row.category,
            text=told.row.text,
            opened_at=told.row.opened_at.to_pydatetime(),
            due_at=ruling.due_at,
            edition_no=self.facts.grid.edition,
            unit_code=place.chain[-1].code if place.chain else None,
            chain=[unit.code for unit in place.chain],
            owner_unit=ruling.owner.code if ruling.owner else None,
            officer_id=ruling.officer.id if ruling.officer else None,
            place=place.point.ewkt if place.point else None,
            method=place.method,
            border_m=place.border_m,
            manual=ruling.manual,
            rework_count=0,
            version=1,
            generated=True,
        )

    def _make(self, move: Any) -> None:
        """One move, if the case as it is can make it; what was generated in vain is left out."""
        rule, departments = MOVES[move.move], self.told.ruling.departments
        if Stage(self.case.stage) not in rule.start or (move.move == "accept" and not departments):
            return
        if move.move == "report_in" and move.ordinal > len(departments):
            return
        at = move.at.to_pydatetime()
        work = Work(
            self._unurged,
            self._account(move.by_post),
            self.case,
            self.called,
            self.clocks,
            self.asks,
            self._fields(move, departments),
            at,
            self.told.place.point,
        )
        self._note(move.move, at, move.by_post, make(work, rule))

    def _fields(self, move: Any, departments: tuple[str, ...]) -> dict[str, Any]:
        """What the move asks for, from what was generated."""
        said = dict.fromkeys(("note", "reason", "result", "reply"), move.note)
        match move.move:
            case "whistle":
                return said | {"kind": self.case.kind or "problem_whistle"}
            case "accept":
                return said | {"departments": list(departments)}
            case "report_in":
                return said | {"department": departments[move.ordinal - 1], "how": "by_answer"}
            case "ask":
                return said | {"ask_kind": "hand_back", "department": departments[0]}
            case "evaluate":
                return said | {"score": int(move.score)}
            case _:
                return said

    def _account(self, post: str) -> Account:
        """Somebody in the post; every post is held by somebody else."""
        return _holder(self.facts.district, post, self.facts.rules.say("post", post).zh)

    def _note(self, kind: str, at: datetime, post: str | None, detail: dict[str, Any]) -> None:
        state = casestate.state(self.case, self.called, self.clocks, self.asks)
        changed = casestate.changes(self._state, state)
        self._state = state
        account = self._account(post) if post else None
        self.events.append(
            {
                "case_no": self.told.no,
                "seq": len(self.events) + 1,
                "kind": kind,
                "at": at,
                "stage": self.case.stage,
                "account_id": account and account.id,
                "by_name": account and account.name,
                "by_post": post,
                "detail": to_json(detail | {"set": changed}),
            }
        )

    def case_rows(self) -> Iterator[dict[str, Any]]:
        point = self.told.place.point
        yield _columns(self.case) | {
            "chain": copying.text_array(self.case.chain),
            "place": copying.ewkb(shapely.Point(*point)) if point else None,
        }

    def part_rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of one of the tables that belong to a case."""
        parts: dict[str, list[Any]] = {
            CaseDepartment.__tablename__: self.called,
            CaseClock.__tablename__: self.clocks,
            CaseAsk.__tablename__: self.asks,
        }
        return map(_columns, parts[table])

    def report_row(self, account: UUID) -> dict[str, Any]:
        told, point = self.told, self.told.place.point
        return {
            "report_no": told.report_no,
            "case_no": told.no,
            "event_seq": 1,
            "account_id": account,
            "body_hash": "\\x",
            "received_at": told.row.opened_at,
            "channel": told.row.channel,
            "category_code": told.row.category,
            "text": told.row.text,
            "lon": point.lon if point else None,
            "lat": point.lat if point else None,
            "datum": "wgs84" if point else None,
        }


@cache
def _holder(district: str, post: str, name: str) -> Account:
    person = uuid5(NAMESPACE_URL, f"{district}/generated/{post}")
    return Account(district, person, post, f"演示·{name}", Actor(post, None, None, {}))


def _columns(row: Base) -> dict[str, Any]:
    """The row as COPY takes it, without its district."""
    names = (column.name for column in row.__table__.columns if column.name != "district_code")
    return {name: getattr(row, name) for name in names}
