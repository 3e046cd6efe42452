"""Is the record whole? Its chain computed again, and its head held against anchors kept outside.

A chain shows what was altered, dropped or moved inside it. It cannot show that its tail was cut
off or all of it written anew: for that its head is signed and kept outside the database every day.
Domain rules 16 and 17.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.events import CONTENT, chained
from gridsvc.words import Words

LINES = text(f"""
    SELECT line.feed_no, line.case_no, line.seq, line.hash,
           event.kind IS NOT NULL AS known, {CONTENT} AS content
    FROM record_line line LEFT JOIN case_event event USING (district_code, case_no, seq)
    WHERE district_code = :district
    ORDER BY line.feed_no
""")  # noqa: S608

# An event has a line, or waits for one.
UNCHAINED = text("""
    SELECT case_no, seq FROM case_event event
    WHERE district_code = :district
      AND NOT EXISTS (SELECT FROM record_line line
                      WHERE (line.district_code, line.case_no, line.seq)
                          = (event.district_code, event.case_no, event.seq))
      AND NOT EXISTS (SELECT FROM event_waiting waiting
                      WHERE (waiting.district_code, waiting.case_no, waiting.seq)
                          = (event.district_code, event.case_no, event.seq))
    ORDER BY case_no, seq LIMIT 1
""")

HEAD = text("SELECT last_no, last_hash FROM feed_head WHERE district_code = :district")


class Head(NamedTuple):
    """The record's last line at a moment: its number and its hash."""

    no: int
    hash: bytes


class Anchor(NamedTuple):
    """A head as it was told outside."""

    district: str
    at: datetime
    head: Head


class Fault(NamedTuple):
    """The first line that is not as it was written."""

    code: str
    feed_no: int | None
    case_no: str | None
    seq: int | None
    words: Words


class Verdict(NamedTuple):
    """How many lines were read, how many anchors held against them, and the first fault."""

    lines: int
    anchors: int
    fault: Fault | None


def head(session: Session, district: str) -> Head | None:
    """The last line; None before the first."""
    row = session.execute(HEAD, {"district": district}).one_or_none()
    return Head(row.last_no, bytes(row.last_hash)) if row and row.last_no else None


def verify(session: Session, district: str, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Compute every hash again, oldest first, and stop at the first line that is not as written."""
    told = {anchor.head.no: anchor for anchor in anchors if anchor.district == district}
    before, count = bytes(32), 0
    for line in _lines(session, district):
        fault = _fault(line, count + 1, before)
        if fault is None and (anchor := told.get(line.feed_no)) and anchor.head.hash != line.hash:
            fault = _rewritten(anchor)
        if fault:
            return Verdict(count, len(told), fault)
        before, count = line.hash, line.feed_no
    return Verdict(count, len(told), _beyond(session, district, Head(count, before), told))


class _Line(NamedTuple):
    feed_no: int
    case_no: str
    seq: int
    hash: bytes
    known: bool
    content: str


def _lines(session: Session, district: str) -> Iterator[_Line]:
    rows = session.execute(
        LINES, {"district": district}, execution_options={"stream_results": True, "yield_per": 2000}
    )
    for row in rows:
        yield _Line(row.feed_no, row.case_no, row.seq, bytes(row.hash), row.known, row.content)


def _fault(line: _Line, expected: int, before: bytes) -> Fault | None:
    at = (line.feed_no, line.case_no, line.seq)
    if line.feed_no != expected:
        return Fault(
            "line_missing",
            expected,
            None,
            None,
            Words(f"第{expected}行缺失。", f"Line {expected} is missing."),
        )
    if not line.known:
        return Fault(
            "event_missing",
            *at,
            Words(
                f"第{line.feed_no}行的事件（{line.case_no} 第{line.seq}条）已不存在。",
                f"The event of line {line.feed_no} ({line.case_no}, no. {line.seq}) is gone.",
            ),
        )
    if next(chained(before, [line.content])) != line.hash:
        return Fault(
            "altered",
            *at,
            Words(
                f"第{line.feed_no}行（{line.case_no} 第{line.seq}条）与写入时不符：被改动或调换。",
                f"Line {line.feed_no} ({line.case_no}, no. {line.seq}) is not as it was written: "
                "altered or moved.",
            ),
        )
    return None


def _rewritten(anchor: Anchor) -> Fault:
    return Fault(
        "rewritten",
        anchor.head.no,
        None,
        None,
        Words(
            f"第{anchor.head.no}行与{anchor.at:%Y-%m-%d %H:%M}的外部锚定不符：记录被整体改写。",
            f"Line {anchor.head.no} is not the one anchored outside at {anchor.at:%Y-%m-%d %H:%M}: "
            "the record was written anew.",
        ),
    )


def _beyond(session: Session, district: str, last: Head, told: dict[int, Anchor]) -> Fault | None:
    """What only shows once every line is read: a tail cut off, an event beside the record."""
    lost = [anchor for no, anchor in told.items() if no > last.no]
    if lost:
        anchor = max(lost, key=lambda one: one.head.no)
        return Fault(
            "tail_cut",
            last.no + 1,
            None,
            None,
            Words(
                f"外部锚定时有{anchor.head.no}行，现在只有{last.no}行：末尾被截断。",
                f"{anchor.head.no} lines were anchored outside, there are {last.no}: "
                "the tail was cut off.",
            ),
        )
    known = head(session, district) or Head(0, bytes(32))
    if known != last:
        return Fault(
            "tail_cut",
            last.no + 1,
            None,
            None,
            Words(
                f"记录应到第{known.no}行，实际到第{last.no}行。",
                f"The record should reach line {known.no} and reaches line {last.no}.",
            ),
        )
    stray = session.execute(UNCHAINED, {"district": district}).one_or_none()
    if stray is None:
        return None
    return Fault(
        "unchained",
        None,
        stray.case_no,
        stray.seq,
        Words(
            f"事件（{stray.case_no} 第{stray.seq}条）不在记录链中。",
            f"The event {stray.case_no}, no. {stray.seq}, is not in the chain.",
        ),
    )
