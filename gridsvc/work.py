"""One move being made: what it is made on, by whom and with what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gridsvc.errors import (
    BadField,
    NotCalled,
)
from gridsvc.geo import LonLat
from gridsvc.permit import Account, check
from gridsvc.photo.beside import Shot
from gridsvc.snapshot import Snapshot
from gridsvc.tables.cases import Case, CaseAsk, CaseClock, CaseDepartment
from gridsvc.timing import Timing


@dataclass
class Work:
    """One move being made: the case with its rows, who moves it and with what."""

    facts: Snapshot
    account: Account
    case: Case
    called: list[CaseDepartment]
    clocks: list[CaseClock]
    asks: list[CaseAsk]
    fields: Mapping[str, Any]
    now: datetime
    # Where the case lies in WGS 84, and the photos that the move shows.
    point: LonLat | None = None
    # The other case that the move names.
    target: Case | None = None
    shots: Sequence[Shot] = field(default=())

    @property
    def today(self) -> date:
        """The day in the district."""
        return self.now.astimezone(self.facts.rules.calendar.zone).date()

    def text(self, name: str) -> str:
        return str(self.fields.get(name) or "").strip()

    def term(self, name: str, list_name: str) -> str:
        """A code that must be among the terms of a list, or BadField."""
        code, known = self.text(name), self.facts.rules.terms[list_name]
        if code not in known:
            raise BadField(field=name, want="、".join(known))
        return code

    @property
    def timing(self) -> Timing:
        return Timing(self.facts.rules, self.case, self.clocks, self.now)

    @property
    def working(self) -> list[CaseDepartment]:
        """The departments that are on the case now."""
        return [one for one in self.called if one.released_at is None]

    def named(self, code: str | None) -> CaseDepartment:
        """That department on the case; without a code the only one. Raises NotCalled."""
        if code is None and len(self.working) == 1:
            return self.working[0]
        found = next((one for one in self.working if one.department_code == code), None)
        if found is None:
            raise NotCalled(department=code or "—")
        return found

    def whose(self) -> CaseDepartment:
        """The department that the mover speaks for: the one named, else his own, else the only
        one. Raises NotCalled; NotPermitted for another's."""
        own = self.account.actor.department_code
        found = self.named(self.fields.get("department") or own)
        if own is not None and own != found.department_code:
            check(self.account, "case.report_in_for_others")
        return found
