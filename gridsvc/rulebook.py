"""The rows a decision needs, read once per version: who answers, by when, in which words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from gridsvc.clock import Calendar
from gridsvc.errors import UnknownCategory, UnknownChannel, UnknownDepartment
from gridsvc.rules import admission, committee, responsibility
from gridsvc.rules.admission import Item
from gridsvc.rules.deadlines import Limit, Urging
from gridsvc.rules.precedence import Owner
from gridsvc.rules.responsibility import Table
from gridsvc.words import Words

# A unit may have several officers; the one nearest to its daily work answers for it. Whoever holds
# another post there, as a linked district leader does, does not.
ANSWERING_POSTS = (
    "grid_worker",
    "building_head",
    "residents_group_head",
    "grid_head",
    "community_secretary",
    "street_party_secretary",
)


class Category(NamedTuple):
    code: str
    parent: str | None
    name: Words
    kind: str | None
    matter: str
    committee_may_lead: bool | None
    photo_required: bool = False


class Department(NamedTuple):
    code: str
    name: Words
    short: str | None
    kind: str
    valid_from: date | None
    valid_to: date | None
    successor: str | None = None


class Officer(NamedTuple):
    """Who holds a post for a time: of a unit, of a department, or of a department in a unit."""

    id: UUID
    name: str
    post: str
    unit: str | None
    phone: str | None
    valid_from: date | None
    valid_to: date | None
    department: str | None = None
    email: str | None = None


class Question(NamedTuple):
    """Who answers for which matter, where and when: a category, its whistle's kind, the codes of
    the chain from the district down, the kind of the community, the day."""

    category: str | None
    whistle: str | None
    chain: Sequence[str]
    community_kind: str | None
    day: date


class Rulebook(NamedTuple):
    """Everything about a district that a decision reads, as of `no`."""

    district: str
    no: int
    categories: dict[str, Category]
    departments: dict[str, Department]
    officers: dict[str, list[Officer]]
    staff: dict[str, list[Officer]]
    tables: tuple[Table, ...]
    limits: list[Limit]
    urgings: list[Urging]
    settings: dict[str, float]
    calendar: Calendar
    terms: dict[str, dict[str, Words]]
    precedence: Mapping[str, Owner]
    admitted: tuple[Item, ...]

    def lineage(self, category: str | None) -> list[str]:
        """The category and the groups above it, nearest first. UnknownCategory if it is none."""
        codes: list[str] = []
        while category is not None and category not in codes:
            if category not in self.categories:
                raise UnknownCategory(category=category)
            codes.append(category)
            category = self.categories[category].parent
        return codes

    def table(self, day: date) -> Table | None:
        """The published table of responsibility that answers on the day."""
        return responsibility.answering(self.tables, day)

    def department(self, code: str, day: date) -> Department:
        """The department, or UnknownDepartment when there is none valid on that day."""
        found = self.departments.get(code)
        if found is None or not _valid(found, day):
            raise UnknownDepartment(department=code)
        return found

    def in_place_of(self, code: str, day: date) -> str:
        """The department that does the work on that day: itself, or the last of its successors
        (domain rule 33: whoever takes over the function takes over the work)."""
        seen = {code}
        while (found := self.departments.get(code)) and found.successor and _ended(found, day):
            if found.successor in seen:
                break
            code = found.successor
            seen.add(code)
        return code

    def body_kind(self, code: str) -> str | None:
        """What kind of body a department is; None for one that is gone."""
        found = self.departments.get(code)
        return found.kind if found else None

    def committee_may_lead(self, category: str | None) -> bool | None:
        """What the catalogue says of the category or its nearest group; None: nothing."""
        return committee.stated(
            self.categories[code].committee_may_lead for code in self.lineage(category)
        )

    def may_lead(self, body: str, category: str | None) -> bool:
        """Whether the body may be the responsible one for the category (domain rule 28)."""
        return committee.leads(self.body_kind(body), self.committee_may_lead(category))

    def barred(self, body: str, category: str | None) -> list[str]:
        """The categories under this one (None: all) for which the body may not lead."""
        if self.body_kind(body) != committee.COMMUNITY_BODY:
            return []
        lineages = {code: self.lineage(code) for code in self.categories}
        allowed = {code: self.committee_may_lead(code) for code in self.categories}
        return committee.forbidden(self.body_kind(body), category, lineages, allowed)

    def kept_from(self, body: str, asked: Question, leading: bool) -> int | None:
        """The domain rule that keeps the matter from the body: 28 for what a community may not
        lead, 30 for what is not admitted as its work; None: it may be asked."""
        if self.body_kind(body) != committee.COMMUNITY_BODY:
            return None
        if leading and not self.may_lead(body, asked.category):
            return 28
        on_list, codes = self.committee_may_lead(asked.category), self.lineage(asked.category)
        verdict = admission.may_hand(
            on_list, asked.whistle, self.admitted, codes, asked.chain, asked.day
        )
        return None if verdict.allowed else 30

    def department_name(self, code: str) -> Words:
        """What a department is called; the code of one that is gone stands for itself."""
        found = self.departments.get(code)
        return found.name if found else Words(code, code)

    def officer(self, unit: str, day: date) -> Officer | None:
        """Who answers for the unit on that day: the first of its officers in post."""
        held = (
            one
            for one in self.officers.get(unit, ())
            if one.post in ANSWERING_POSTS and one.department is None and _valid(one, day)
        )
        return next(held, None)

    def people(self, ids: Iterable[UUID]) -> list[Officer]:
        """Those of these people who are known, in or out of post."""
        known = {
            one.id: one
            for held in (self.officers, self.staff)
            for of in held.values()
            for one in of
        }
        return [known[id] for id in ids if id in known]

    def holders(
        self, post: str, units: Iterable[str], departments: Iterable[str], day: date
    ) -> list[Officer]:
        """Who holds the post on that day in one of the units or for one of the departments; of a
        department in a unit only where both are named."""
        units, departments = set(units), set(departments)
        known = [one for code in units for one in self.officers.get(code, ())]
        known += [one for code in departments for one in self.staff.get(code, ())]
        found = {
            one.id: one
            for one in known
            if one.post == post
            and _valid(one, day)
            and one.unit in (None, *units)
            and one.department in (None, *departments)
        }
        return sorted(found.values(), key=lambda one: (one.name, one.id))

    def check_channel(self, code: str) -> None:
        if code not in self.terms["channel"]:
            raise UnknownChannel(channel=code)

    def setting(self, name: str) -> float:
        """A figure of the district, or the one that ships with the product."""
        return self.settings[name]

    def say(self, list_name: str, code: str) -> Words:
        """The name of a code of one of the word lists; the code itself where it has none."""
        return self.terms.get(list_name, {}).get(code, Words(code, code))


def _valid(party: Department | Officer, day: date) -> bool:
    return (party.valid_from is None or party.valid_from <= day) and (
        party.valid_to is None or day <= party.valid_to
    )


def _ended(party: Department, day: date) -> bool:
    return party.valid_to is not None and party.valid_to < day
