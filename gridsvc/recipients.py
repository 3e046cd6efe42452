"""Whom a notice reaches: the people and robots behind a post, a place and a channel."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from gridsvc.rulebook import Officer, Rulebook
from gridsvc.rules.notices import Audience
from gridsvc.tables.messages import Endpoint

EMAIL, INBOX, ROBOT, SMS = "email", "inbox", "robot", "sms"
CHANNELS = (INBOX, EMAIL, SMS, ROBOT)


class Recipient(NamedTuple):
    """Where one message goes: into the inbox of a post, to an address, or to an endpoint."""

    channel: str
    address: str | None = None
    endpoint: int | None = None
    post: str | None = None
    units: list[str] | None = None
    departments: list[str] | None = None


class Ways(NamedTuple):
    """What is set up for reaching people."""

    mail: bool
    endpoints: Sequence[Endpoint]

    @property
    def sms(self) -> Endpoint | None:
        """The gateway for short messages, if there is one."""
        return next((one for one in self.endpoints if one.kind == "sms" and one.active), None)

    def robots(
        self, post: str, units: Collection[str], departments: Collection[str]
    ) -> Iterator[Endpoint]:
        """The robots that speak to the post there."""
        for one in self.endpoints:
            fits = (
                one.active
                and one.kind != SMS
                and one.post == post
                and (one.unit_code is None or one.unit_code in units)
                and (one.department_code is None or one.department_code in departments)
            )
            if fits:
                yield one


def of_post(
    rules: Rulebook, ways: Ways, audience: Audience, chain: Sequence[str], day: date
) -> Iterator[Recipient]:
    """Everybody in the audience's post, along the chain and in its departments."""
    post, departments = audience.post, audience.departments
    channel = audience.notice.channel
    if channel == INBOX:
        yield Recipient(INBOX, None, None, post, list(chain), list(departments))
    elif channel == ROBOT:
        for robot in ways.robots(post, chain, departments):
            yield Recipient(ROBOT, None, robot.no)
    else:
        people = rules.holders(post, chain, departments, day)
        yield from by_address(ways, channel, map(_addresses, people))


def by_address(
    ways: Ways, channel: str, people: Iterable[tuple[str | None, str | None]]
) -> Iterator[Recipient]:
    """Those of the people, each an e-mail address and a telephone number, that the channel
    reaches; nobody twice."""
    if channel == EMAIL and ways.mail:
        addresses = dict.fromkeys(mail for mail, _ in people if mail)
        yield from (Recipient(EMAIL, address) for address in addresses)
    elif channel == SMS and ways.sms:
        numbers = dict.fromkeys(phone for _, phone in people if phone)
        yield from (Recipient(SMS, number, ways.sms.no) for number in numbers)


def _addresses(officer: Officer) -> tuple[str | None, str | None]:
    return officer.email, officer.phone
