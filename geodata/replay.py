"""Tell a generated case's life by replaying its moves through the service's own table of moves."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import shapely

from geodata import copying
from gridsvc.db import to_json
from gridsvc.judge import Judgement
from gridsvc.locate import Place
from gridsvc.rulebook import Rulebook
from gridsvc.rules.admission import EMERGENCY
from gridsvc.rules.lifecycle import MOVES, Stage
from gridsvc.snapshot import Snapshot


class Told(NamedTuple):
    """One generated case, placed and judged."""

    no: str
    report_no: str
    row: Any
    place: Place
    ruling: Judgement
    answer: dict[str, Any]


class History:
    """One case's life, told by replaying its generated moves through the table of moves."""

    def __init__(self, rules: Rulebook, told: Told, moves: Iterable[Any]) -> None:
        self.rules, self.told = rules, told
        self.stage = Stage.COLLECT
        self.kind = told.row.kind
        self.reported: dict[str, datetime] = {}
        self.called_at: datetime | None = None
        self.closed_at: datetime | None = None
        self.archived_at: datetime | None = None
        self.reworks, self.score = 0, None  # type: int, int | None
        self.events: list[dict[str, Any]] = []
        self._note("received", told.row.opened_at.to_pydatetime(), None, told.answer)
        for move in moves:
            self._make(move)

    def _make(self, move: Any) -> None:
        """One move, if the case as it is can make it; what was generated in vain is left out."""
        rule = MOVES[move.move]
        departments = self.told.ruling.departments
        if self.stage not in rule.start or (move.move == "accept" and not departments):
            return
        if move.move == "report_in" and move.ordinal > len(departments):
            return
        at, before = move.at.to_pydatetime(), self.stage
        self.stage = rule.end or self.stage
        detail = {"from": before, **self._effect(move, at, departments)}
        self._note(move.move, at, move.by_post, detail)

    def _effect(self, move: Any, at: datetime, departments: tuple[str, ...]) -> dict[str, Any]:
        """What the move changes besides the stage, and what its event says."""
        note = {"note": move.note}
        match move.move:
            case "whistle" | "accept":
                return self._call(move.move, at, departments) | note
            case "report_in":
                return self._come(departments[move.ordinal - 1], at, departments) | note
            case "resolve" | "reply" as said:
                self.archived_at = at if said == "reply" else None
                return {"result" if said == "resolve" else "reply": move.note}
            case "verify":
                self.closed_at = at
                return note
            case "evaluate":
                self.score = int(move.score)
                return {"score": self.score} | note
            case other:
                self.reworks += other == "rework"
                return {"reason": move.note}

    def _call(self, move: str, at: datetime, departments: tuple[str, ...]) -> dict[str, Any]:
        detail: dict[str, Any] = {"departments": list(departments)}
        if move == "whistle":
            self.kind = detail["kind"] = self.kind or "problem_whistle"
        if move == "accept" or (self.kind == EMERGENCY and departments):
            # An emergency is not reviewed first.
            self.stage, self.called_at, self.reported = Stage.REPORT_IN, at, {}
        return detail

    def _come(self, code: str, at: datetime, departments: tuple[str, ...]) -> dict[str, Any]:
        self.reported[code] = at
        waiting = [one for one in departments if one not in self.reported]
        self.stage = Stage.REPORT_IN if waiting else Stage.HANDLE
        return {"department": code, "waiting": waiting}

    def _note(self, kind: str, at: datetime, post: str | None, detail: dict[str, Any]) -> None:
        self.events.append(
            {
                "case_no": self.told.no,
                "seq": len(self.events) + 1,
                "kind": kind,
                "at": at,
                "stage": self.stage,
                "by_name": None if post is None else f"演示·{self.rules.say('post', post).zh}",
                "by_post": post,
                "detail": to_json(detail),
            }
        )

    def case_row(self, facts: Snapshot) -> dict[str, Any]:
        told, ruling, place = self.told, self.told.ruling, self.told.place
        return {
            "case_no": told.no,
            "stage": self.stage,
            "kind": self.kind,
            "category_code": told.row.category,
            "text": told.row.text,
            "opened_at": told.row.opened_at,
            "due_at": ruling.due_at,
            "closed_at": self.closed_at,
            "archived_at": self.archived_at,
            "outcome": "solved" if self.closed_at else None,
            "edition_no": facts.grid.edition,
            "unit_code": place.chain[-1].code if place.chain else None,
            "chain": copying.text_array([unit.code for unit in place.chain]),
            "owner_unit": ruling.owner.code if ruling.owner else None,
            "officer_id": ruling.officer.id if ruling.officer else None,
            "place": copying.ewkb(shapely.Point(*place.point)) if place.point else None,
            "method": place.method,
            "border_m": place.border_m,
            "manual": ruling.manual,
            "rework_count": self.reworks,
            "score": self.score,
            "version": len(self.events),
            "generated": True,
        }

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

    def department_rows(self) -> Iterator[dict[str, Any]]:
        for place, code in enumerate(self.told.ruling.departments):
            yield {
                "case_no": self.told.no,
                "department_code": code,
                "role": "supporting" if place else "lead",
                "called_at": self.called_at,
                "reported_in_at": self.reported.get(code),
            }
