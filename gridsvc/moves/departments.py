"""Which departments are on a case, and whom somebody named."""

from collections.abc import Sequence
from typing import Any

from gridsvc.errors import (
    CommitteeMayNotLead,
    ConditionsMissing,
    NotAdmitted,
)
from gridsvc.rulebook import Question
from gridsvc.rules import committee
from gridsvc.tables.cases import Case, CaseDepartment
from gridsvc.words import Words
from gridsvc.work import Work

UNCLASSIFIED = Words("未分类事项", "an unclassified matter")


def name_departments(work: Work, codes: Sequence[str]) -> None:
    """Make these the departments of the case, the first one leading."""
    for code in codes:
        work.facts.rules.department(code, work.today)
    kept = {one.department_code: one for one in work.called}
    work.called[:] = [kept.get(code) or _department(work.case, code) for code in codes]
    for place, one in enumerate(work.called):
        one.role = "supporting" if place else "lead"


def _department(case: Case, code: str) -> CaseDepartment:
    return CaseDepartment(
        district_code=case.district_code, case_no=case.case_no, department_code=code
    )


def chosen(work: Work) -> list[str]:
    """The departments somebody named, lead first; none named: those already on the case. In the
    place of one that has ended stands its successor."""
    said = work.fields.get("departments") or []
    if not said:
        return [one.department_code for one in sorted(work.working, key=lambda d: d.role)]
    named = [work.facts.rules.in_place_of(code, work.today) for code in said]
    lead = work.facts.rules.in_place_of(work.fields.get("lead") or said[0], work.today)
    chosen = [lead, *(code for code in dict.fromkeys(named) if code != lead)]
    _check_community(work, chosen)
    return chosen


def _check_community(work: Work, chosen: list[str]) -> None:
    """What may be asked of a community's bodies by hand (domain rules 28 to 30)."""
    rules, case = work.facts.rules, work.case
    whistle = str(work.fields.get("kind") or case.kind or "")
    asked = Question(case.category_code, whistle, case.chain, None, work.today)
    known = {one.department_code for one in work.called}
    for code in (one for one in chosen if one == chosen[0] or one not in known):
        leading, body = code == chosen[0], rules.department_name(code).both
        kept_by = rules.kept_from(code, asked, leading)
        if kept_by is not None:
            refusal = CommitteeMayNotLead if kept_by == 28 else NotAdmitted
            raise refusal(body=body, category=_category_name(work))
        means = work.text("conditions")
        if not leading and committee.lacks_conditions([rules.body_kind(code)], means):
            raise ConditionsMissing(body=body)


def _category_name(work: Work) -> dict[str, str]:
    known = work.facts.rules.categories.get(work.case.category_code or "")
    return known.name.both if known else UNCLASSIFIED.both


def named(work: Work, departments: list[str]) -> dict[str, Any]:
    """Whom somebody named and on what terms, as the history keeps it."""
    terms = work.text("conditions")
    return {
        "departments": departments,
        **({"conditions": terms} if terms else {}),
        "note": work.text("note"),
    }
