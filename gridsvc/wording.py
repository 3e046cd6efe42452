"""The words of messages: templates as data, filled with what happened.

A template names what differs as `$name`, out of NAMES; anything else in it is refused when it is
saved, so that filling never fails.
"""

from collections.abc import Iterable, Mapping
from string import Template
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc import defaults
from gridsvc.errors import BadTemplate
from gridsvc.tables import messages
from gridsvc.words import Words

NAMES = {
    "case_no": Words("案件号", "Case"),
    "report_no": Words("报告号", "Report"),
    "district": Words("辖区", "District"),
    "place": Words("地点", "Place"),
    "category": Words("类别", "Category"),
    "whistle": Words("哨种", "Whistle"),
    "stage": Words("环节", "Stage"),
    "departments": Words("部门", "Departments"),
    "text": Words("问题描述", "Text"),
    "due": Words("案件时限", "Due"),
    "by": Words("经手人", "By"),
    "reason": Words("理由或说明", "Reason or note"),
    "request": Words("申请事项", "Request"),
    "task": Words("任务", "Task"),
    "result": Words("办理结果", "Result"),
    "reply": Words("答复", "Reply"),
    "level": Words("督办级别", "Level"),
    "clocks": Words("到期的时限", "Clocks"),
    "satisfied": Words("评价", "Satisfied"),
    "link": Words("查看链接", "Link"),
    "subject": Words("消息标题", "Subject of the message"),
    "recipient": Words("收件人", "Recipient"),
}
LANGUAGES = ("zh", "en")


class Wording(NamedTuple):
    """A message's words before they are filled."""

    subject: str
    body: str

    def fill(self, values: Mapping[str, str]) -> "Wording":
        """With the values in place; a name without a value leaves nothing."""
        whole = dict.fromkeys(NAMES, "") | dict(values)
        subject = Template(self.subject).substitute(whole)
        # A subject is one line, whatever somebody wrote into a case.
        return Wording(" ".join(subject.split()), Template(self.body).substitute(whole).strip())


def check(wording: Wording) -> None:
    """Pass, or BadTemplate with the names that are not known."""
    for part in wording:
        template = Template(part)
        if not part.strip() or not template.is_valid():
            raise BadTemplate(names="$", known=list(NAMES))
        if unknown := [name for name in template.get_identifiers() if name not in NAMES]:
            raise BadTemplate(names=unknown, known=list(NAMES))


def shipped() -> dict[tuple[str, str], Wording]:
    """Our own words, by template and language."""
    return {
        (row["code"], row["language"]): Wording(row["subject"], row["body"])
        for row in defaults.shipped("templates.csv")
    }


def own(session: Session, district: str) -> dict[tuple[str, str], Wording]:
    """The words that the district has of its own."""
    table = messages.Template
    rows: Iterable[messages.Template] = session.scalars(
        select(table).where(table.district_code == district)
    )
    return {(row.code, row.language): Wording(row.subject, row.body) for row in rows}


def wordings(session: Session, district: str) -> dict[tuple[str, str], Wording]:
    """The words that hold: the district's own, else ours."""
    return shipped() | own(session, district)
