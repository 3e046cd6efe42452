"""From an event to whoever must know of it: through the record, the outbox and real services."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Thread
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridsvc import (
    casework,
    db,
    events,
    inbox,
    intake,
    messages,
    notifying,
    outbox,
    snapshot,
    urging,
)
from gridsvc.channels.mail import Mailer
from gridsvc.channels.robots import Letter, Trouble
from gridsvc.intake import Reporter, Submission
from gridsvc.locate import Location
from gridsvc.outbox import Patience, Senders
from gridsvc.recipients import Recipient
from gridsvc.tables.admissions import AdmissionItem
from gridsvc.tables.circulars import Circular
from gridsvc.tables.messages import Endpoint, Message
from gridsvc.tables.messages import Notice as StoredNotice
from gridsvc.tables.parties import Officer
from gridsvc.wording import Wording
from tests.channels.services import hook, post_office
from tests.conftest import HOUSE, NOON, Town, committed_town

WANG = Reporter("王女士", "13800000000", "wang@example.org")


@pytest.fixture(autouse=True)
def mail_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "SMTP_URL", "smtp://mail")


class Office:
    """The town with somebody in every post, and time that goes on."""

    def __init__(self, town: Town) -> None:
        self.town, self.session, self.now = town, town.session, NOON
        town.hire("chief", "administrator")
        town.hire("centre", "grid_center_operator")
        town.hire("works", "department_handler", department="works")
        town.hire("water", "department_handler", department="water")
        self.session.add(
            Officer(
                district_code="t",
                name="城管联络员",
                post="department_handler",
                department_code="works",
                email="works@example.org",
                generated=False,
            )
        )
        town.district.rulebook_no += 1
        self.session.flush()

    def report(self, reporter: Reporter = WANG, category: str = "litter") -> str:
        told = Submission(Location(*HOUSE), category, "垃圾没人收", "hotline", reporter)
        return str(
            intake.receive(self.session, self.town.account("chief"), told, self.now)["case_no"]
        )

    def move(self, case_no: str, code: str, by: str = "chief", **fields: Any) -> None:
        account = self.town.account(by)
        casework.move(self.session, account, case_no, code, fields, None, self.now)

    def tell(self) -> list[Message]:
        """Number what happened and write the messages; returns the new ones."""
        last = self.session.scalar(select(func.max(Message.id))) or 0
        while events.number(self.session, "t"):
            pass
        while messages.make(self.session, "t", self.now):
            pass
        fresh = select(Message).where(Message.id > last).order_by(Message.id)
        return list(self.session.scalars(fresh))

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with self.session.begin_nested():
            yield self.session
        self.session.expire_all()

    def send(self, by: Senders) -> int:
        return outbox.send(lambda: self.now, by, transaction=self.transaction)

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def office(town: Town) -> Office:
    return Office(town)


def whom(told: list[Message]) -> set[tuple[str, str, str]]:
    return {(one.template, one.channel, one.recipient or one.post or "") for one in told}


def test_everybody_hears_what_concerns_them_along_the_loop(office: Office) -> None:
    office.session.add(
        Endpoint(district_code="t", no=1, kind="sms", name="短信", url="http://h/", active=True)
    )
    office.session.add(
        Endpoint(
            district_code="t",
            no=2,
            kind="wecom",
            name="城管群",
            url="http://h/",
            active=True,
            post="department_handler",
            department_code="works",
        )
    )
    office.session.flush()
    case_no = office.report()
    told = office.tell()
    assert whom(told) == {
        ("received", "sms", "13800000000"),
        ("received", "email", "wang@example.org"),
    }
    assert all("/r/" in one.body and "王" not in one.body for one in told)

    office.move(case_no, "whistle", kind="problem_whistle", departments=["works"])
    assert whom(office.tell()) == {("to_review", "inbox", "grid_center_operator")}
    office.move(case_no, "accept")
    told = office.tell()
    assert whom(told) == {
        ("called", "inbox", "department_handler"),
        ("called", "email", "works@example.org"),
        ("called", "robot", ""),
    }
    assert "城管局" in told[0].body and case_no in told[0].subject
    # It is for that department only.
    assert inbox.unread(office.session, office.town.account("works")) == 1
    assert inbox.unread(office.session, office.town.account("water")) == 0

    office.move(case_no, "report_in", department="works")
    office.move(case_no, "resolve", by="works", result="已清运")
    office.tell()
    office.move(case_no, "verify")
    office.move(case_no, "evaluate", score=90)
    office.move(case_no, "reply", reply="垃圾已清运，谢谢您。")
    told = office.tell()
    assert {one.template for one in told} == {"verified", "replied"}
    assert any("垃圾已清运，谢谢您。" in one.body for one in told)
    # Nothing is told twice, however often the record is read.
    assert office.tell() == []


def test_a_merged_report_is_answered_with_the_case_it_went_into(office: Office) -> None:
    first = office.report(Reporter(email="first@example.org"))
    second = office.report(Reporter(email="second@example.org"))
    office.move(second, "merge", into=first)
    told = office.tell()
    assert ("merged", "email", "second@example.org") in whom(told)
    assert ("merged", "email", "first@example.org") not in whom(told)
    office.move(first, "handle_directly")
    office.town.hire("other", "administrator")
    office.move(first, "resolve", result="已处理")
    office.move(first, "verify", by="other")
    assert whom(office.tell()) >= {
        ("verified", "email", "first@example.org"),
        ("verified", "email", "second@example.org"),
    }


def test_what_is_rolled_back_is_told_to_nobody(office: Office) -> None:
    case_no = office.report()
    office.tell()
    undone = office.session.begin_nested()
    office.move(case_no, "whistle", kind="problem_whistle", departments=["works"])
    undone.rollback()
    office.session.expire_all()
    assert office.tell() == []
    office.move(case_no, "note", note="still there")
    assert office.tell() == []


def test_an_emergency_is_told_to_all_at_once(office: Office) -> None:
    case_no = office.report()
    office.tell()
    office.move(case_no, "whistle", kind="emergency_whistle", departments=["works", "water"])
    told = office.tell()
    posts = {one.post for one in told if one.channel == "inbox" and one.template == "emergency"}
    assert posts == {"department_handler", "community_secretary", "street_party_secretary"}
    assert "works" in told[1].departments and "water" in told[1].departments  # type: ignore[operator]


def test_reminders_reach_the_posts_that_the_rows_name(office: Office) -> None:
    office.report()
    office.tell()
    office.wait(days=30)
    assert urging.sweep(office.session, "t", office.now)
    told = office.tell()
    urged = {one.post for one in told if one.template == "urged" and one.channel == "inbox"}
    assert urged == {"department_handler", "grid_center_operator", "coordination_assessor"}
    assert all("时限" in one.body for one in told)


def test_mail_and_robot_take_what_is_sent(office: Office) -> None:
    with post_office() as (url, post), hook() as (address, heard):
        office.session.add(
            Endpoint(
                district_code="t",
                no=1,
                kind="dingtalk",
                name="群",
                active=True,
                secret="SEC",
                url=f"{address}/robot?access_token=t",
                post="department_handler",
            )
        )
        case_no = office.report(Reporter())
        office.move(case_no, "whistle", kind="problem_whistle", departments=["works"])
        office.move(case_no, "accept")
        office.tell()
        with Mailer(url, "grid@example.org") as mailer:
            assert office.send(Senders(mailer.send)) == 2
        assert [str(one["To"]) for one in post.taken] == ["works@example.org"]
    path, _, body = heard.requests[0]
    assert "sign=" in path and case_no in orjson.loads(body)["markdown"]["title"]
    assert outbox.counts(office.session, "t") == {"waiting": 0, "dead": 0, "settled": 0, "sent": 2}
    assert office.send(Senders(None)) == 0


def test_whoever_dies_after_sending_sends_again_under_the_same_id(office: Office) -> None:
    office.report()
    office.tell()
    sent: list[Letter] = []

    class Died(Exception):
        pass

    def dies(letter: Letter, now: datetime) -> Trouble | None:
        sent.append(letter)
        raise Died

    with pytest.raises(Died):
        office.send(Senders(dies))
    office.wait(minutes=5)
    assert office.send(Senders(None)) == 0  # still claimed
    office.wait(minutes=6)
    assert office.send(Senders(lambda letter, now: sent.append(letter))) == 1
    assert len(sent) == 2 and sent[0] == sent[1]


def test_what_is_not_taken_is_tried_ever_later_and_then_waits_for_a_person(
    office: Office,
) -> None:
    office.report()
    office.tell()
    waits = []

    def refuses(letter: Letter, now: datetime) -> Trouble | None:
        waits.append(now)
        return Trouble("451 later", final=False)

    while office.send(Senders(refuses)) or outbox.counts(office.session, "t")["waiting"]:
        office.wait(seconds=10)
    gaps = [(b - a).total_seconds() for a, b in pairwise(waits)]
    assert len(waits) == 12 and gaps[0] == 30 and gaps == sorted(gaps)
    assert max(gaps) <= 3600 + 10
    [dead] = outbox.listed(office.session, "t", "dead")
    assert dead.trouble == "451 later"
    centre = office.town.account("centre")
    told_centre = inbox.page(office.session, centre)[0]
    assert "wang@example.org" in told_centre.body and "451 later" in told_centre.body

    chief = office.town.hire("boss", "grid_center_operator")
    client = office.town.client
    shown = client.get("/api/messages", headers=chief).json()
    assert shown["counts"]["dead"] == 1 and shown["items"][0]["recipient"] == "wang@example.org"
    assert client.post(f"/api/messages/{dead.id}/again", headers=chief).status_code == 200
    office.session.expire_all()
    office.now = NOON
    assert office.send(Senders(lambda *_: Trouble("550 gone", final=True))) == 1
    assert client.post(f"/api/messages/{dead.id}/settle", headers=chief).status_code == 204
    again = client.post(f"/api/messages/{dead.id}/settle", headers=chief)
    assert again.status_code == 404 and str(dead.id) in again.json()["detail"]
    assert outbox.counts(office.session, "t") == {"waiting": 0, "dead": 0, "settled": 1, "sent": 0}


@given(
    first=st.floats(1, 600),
    longest=st.floats(600, 86_400),
    most=st.integers(1, 40),
)
def test_patience_doubles_up_to_its_longest_and_ends(
    first: float, longest: float, most: int
) -> None:
    patience = Patience(first, longest, most)
    waits = [patience.after(n) for n in range(1, most + 3)]
    known = [one.total_seconds() for one in waits if one is not None]
    assert len(known) == most - 1 and waits[most - 1 :] == [None] * 3
    # Moments have microseconds.
    assert known == sorted(known) and all(one <= longest + 1e-6 for one in known)
    assert not known or known[0] == pytest.approx(first, abs=1e-3)


def test_the_districts_own_notices_stand_instead_of_ours(office: Office) -> None:
    office.session.add(
        StoredNotice(
            district_code="t",
            no=1,
            event="received",
            post="grid_center_operator",
            channel="inbox",
            template="to_review",
            basis="own",
        )
    )
    office.report()
    assert whom(office.tell()) == {("to_review", "inbox", "grid_center_operator")}


def test_senders_beside_each_other_send_each_message_once() -> None:
    with committed_town():
        with db.transaction() as session:
            to = [Recipient("email", f"p{number}@example.org") for number in range(60)]
            words = Wording("s", "b")
            rows = [
                messages.row("t", str(no), "trial", words, one, NOON) for no, one in enumerate(to)
            ]
            assert messages.put(session, rows) == 60 and messages.put(session, rows) == 0
        sent: list[str | None] = []

        def works() -> None:
            while outbox.send(lambda: NOON, Senders(lambda one, _: sent.append(one.to)), 7):
                pass

        threads = [Thread(target=works) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(map(str, sent)) == sorted(str(one.address) for one in to)


def test_an_approval_about_to_lapse_and_a_document_made_are_told_once(office: Office) -> None:
    centre = office.town.account("centre")
    office.town.hire("assessor", "coordination_assessor")
    day = NOON.date()
    for no, ends in enumerate((day + timedelta(days=10), day + timedelta(days=300), None), 1):
        office.session.add(
            AdmissionItem(
                district_code="t",
                no=no,
                title=f"协助登记{no}",
                kind="regular",
                state="approved",
                category_code="litter",
                basis="b",
                starts=day,
                ends=ends,
                applied_by="x",
                applied_at=NOON,
            )
        )
    office.session.add(
        Circular(
            district_code="t",
            kind="monthly",
            unit_code="",
            span="2026-02",
            title="二月通报",
            made_at=NOON,
            figures={},
        )
    )
    office.session.flush()
    assert notifying.tell(office.session, "t", NOON) == 2
    assert notifying.tell(office.session, "t", NOON + timedelta(days=1)) == 0
    [lapse] = inbox.page(office.session, centre)
    assert "协助登记1" in lapse.body and "2026-03-12" in lapse.body
    [made] = inbox.page(office.session, office.town.account("assessor"))
    assert "二月通报" in made.subject


def test_whoever_tells_people_holds_no_grid(office: Office) -> None:
    """A grid is a hundred megabytes; the worker needs the names of a few units."""
    case_no = office.report()
    office.move(case_no, "whistle", kind="problem_whistle")
    snapshot.forget()
    [*_, review] = office.tell()
    assert "A" in review.body and review.post == "grid_center_operator"
    assert snapshot.holding() == []
