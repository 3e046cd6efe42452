"""Making documents, and keeping each of them once with what it was made from."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc import db, snapshot
from gridsvc.circulars import composing, figures, kinds, schedule
from gridsvc.circulars.kinds import Wish
from gridsvc.documents.blocks import Document
from gridsvc.documents.formats import Format, write
from gridsvc.errors import BadInput, CircularKept, GridError, Lang, UnknownCircular
from gridsvc.permit import Account, check
from gridsvc.snapshot import Snapshot
from gridsvc.tables.circulars import Circular, CircularFile

log = logging.getLogger("gridsvc.circulars")

LISTED = text("""
    SELECT kept.no, kept.kind, nullif(kept.unit_code, '') AS unit, kept.span, kept.title,
           kept.made_at, kept.made_by,
           json_agg(json_build_object('format', file.format, 'bytes', length(file.content),
                                      'sha256', encode(file.sha256, 'hex'))
                    ORDER BY file.format) AS files
    FROM circular kept JOIN circular_file file USING (district_code, no)
    WHERE kept.district_code = :district
      AND (CAST(:no AS bigint) IS NULL OR kept.no = :no)
      AND (CAST(:kind AS text) IS NULL OR kept.kind = :kind)
    GROUP BY kept.district_code, kept.no ORDER BY kept.made_at DESC, kept.no DESC LIMIT :limit
""")


def composed(
    session: Session, facts: Snapshot, wish: Wish, now: datetime, lang: Lang = "zh"
) -> tuple[figures.Figures, Document]:
    """The figures of now, and the document that they make. Raises what figures.collect raises."""
    told = figures.collect(session, facts, wish, now)
    return told, composing.compose(told, figures.shapes(session, facts, wish.unit), lang)


def keep(
    session: Session, facts: Snapshot, wish: Wish, now: datetime, by: str | None = None
) -> int | None:
    """Make the document in all formats and keep it; None when it is kept already.

    The row is claimed first: whoever comes second waits until the first has committed, and then
    makes nothing. A failure leaves nothing behind. Only a span that has ended is kept.
    """
    kinds.check(wish)
    if now < wish.span.bounds(facts.rules.calendar.zone)[1]:
        raise BadInput(
            zh=f"{wish.span.name.zh}尚未结束，只能下载，不能留存。",
            en=f"{wish.span.name.en} has not ended: it can be downloaded, not kept.",
        )
    key = {"kind": wish.kind.value, "unit_code": wish.unit or "", "span": wish.span.code}
    claim = (
        insert(Circular)
        .values(district_code=facts.district, **key, made_at=now, made_by=by, title="", figures={})
        .on_conflict_do_nothing(index_elements=["district_code", *key])
        .returning(Circular.no)
    )
    no = session.scalar(claim)
    if no is None:
        return None
    told, document = composed(session, facts, wish, now)
    row = session.get_one(Circular, (facts.district, no))
    row.figures, row.title = told, f"{document.title}（{document.subtitle}）"
    for form in Format:
        content = write(document, form, now)
        session.add(
            CircularFile(
                district_code=facts.district,
                no=no,
                format=form.value,
                content=content,
                sha256=hashlib.sha256(content).digest(),
            )
        )
    session.flush()
    return no


def keep_asked(
    session: Session, facts: Snapshot, account: Account, wish: Wish, now: datetime
) -> int:
    """Keep a document because somebody asks for it. Raises NotPermitted, CircularKept."""
    check(account, "circular.make")
    no = keep(session, facts, wish, now, account.name)
    if no is None:
        raise CircularKept(kind=kinds.ABOUT[wish.kind].name.both, span=wish.span.name.both)
    return no


class Made(NamedTuple):
    """How many documents were made, and how many could not be."""

    made: int
    failed: int


def make_due(now: datetime) -> Made:
    """Make everything that is due in every district, each in a transaction of its own.

    What cannot be made is told in the log and left for the next time.
    """
    with db.transaction() as session:
        districts = session.scalars(text("SELECT code FROM district ORDER BY code")).all()
    made = failed = 0
    for district in districts:
        with db.transaction() as session:
            wishes = list(schedule.due(session, district, now))
        for wish in wishes:
            try:
                with db.transaction() as session:
                    facts = snapshot.current(session, district)
                    made += keep(session, facts, wish, now) is not None
            except GridError as refusal:
                failed += 1
                log.error("%s %s: %s", wish.kind, wish.span.code, refusal.say("en"))
    return Made(made, failed)


def listed(
    session: Session,
    district: str,
    kind: str | None = None,
    no: int | None = None,
    limit: int = 500,
) -> Sequence[Row[Any]]:
    """Kept documents, the newest first."""
    values = {"district": district, "kind": kind, "no": no, "limit": limit}
    return session.execute(LISTED, values).all()


def figures_of(session: Session, district: str, no: int) -> figures.Figures:
    """What a kept document was made from. Raises UnknownCircular."""
    row = session.get(Circular, (district, no))
    if row is None:
        raise UnknownCircular(no=no)
    return row.figures


def file_of(session: Session, district: str, no: int, form: Format) -> CircularFile:
    """A kept document as it was made. Raises UnknownCircular; BadInput when its bytes are not
    those that were kept."""
    query = select(CircularFile).where(
        CircularFile.district_code == district,
        CircularFile.no == no,
        CircularFile.format == form.value,
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise UnknownCircular(no=no)
    if hashlib.sha256(row.content).digest() != row.sha256:
        raise BadInput(
            zh="文件内容与留存时的摘要不符，可能被改动。",
            en="The file is not as it was kept: its hash differs.",
        )
    return row
