"""Who is told of an event: rows that name an event, a post and a channel.

Pure. The source says only that an emergency is told to everybody concerned and that posts up the
line are told of what is late (domain rules 16, 22); which post hears of what is rows, ours until
the district has its own.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

REPORTER = "reporter"


class Notice(NamedTuple):
    """One row. No `whistle` means any; no `post` means those that the event itself names."""

    no: int
    event: str
    whistle: str | None
    post: str | None
    channel: str
    template: str


class Called(NamedTuple):
    """A post that an event names; with a department only those of it."""

    post: str
    department: str | None = None


class Happened(NamedTuple):
    """What a row is held against: an event, the kind of the case's whistle, the departments that
    it concerns, and the posts that it names."""

    event: str
    whistle: str | None
    departments: tuple[str, ...]
    named: tuple[Called, ...] = ()


class Audience(NamedTuple):
    """A row that applies, whom it means, and of which departments."""

    notice: Notice
    post: str
    departments: tuple[str, ...]


def audiences(notices: Iterable[Notice], what: Happened) -> Iterator[Audience]:
    """Every row that the event fits, for each post it means once."""
    for notice in notices:
        if notice.event != what.event or notice.whistle not in (None, what.whistle):
            continue
        if notice.post is not None:
            yield Audience(notice, notice.post, what.departments)
            continue
        for called in dict.fromkeys(what.named):
            concerned = (called.department,) if called.department else what.departments
            yield Audience(notice, called.post, concerned)
