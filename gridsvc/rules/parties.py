"""What departments and posts must be to make sense together. Pure.

Whoever takes over the work of a department that ends is named with it (domain rule 33); a post is
held by somebody, somewhere, for a time (rules 3 and 32). Nothing here is about residents.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple
from uuid import UUID

from gridsvc.words import Words

CODE = re.compile(r"[a-z0-9_.-]{1,80}", re.ASCII)
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")


class Body(NamedTuple):
    """A department as it is handed in."""

    code: str
    name_zh: str
    name_en: str
    short_zh: str | None
    kind: str
    aliases: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    successor: str | None


class Held(NamedTuple):
    """Somebody in a post for a time. Without an id it is a new entry."""

    id: UUID | None
    name: str
    post: str
    unit: str | None
    department: str | None
    employment: str | None
    phone: str | None
    email: str | None
    valid_from: date | None
    valid_to: date | None


class Known(NamedTuple):
    """What rows may refer to: codes that there are, and terms."""

    posts: Collection[str]
    kinds: Collection[str]
    employments: Collection[str]
    units: Collection[str]
    people: Collection[UUID]


class Fault(NamedTuple):
    """What is wrong with a row: its place among the rows, the column, why."""

    place: int
    column: str
    text: Words


def body_faults(rows: Sequence[Body], there: Mapping[str, Body], known: Known) -> Iterator[Fault]:
    """Everything wrong with departments; `there` are those the district has already."""
    after = {**there, **{row.code: row for row in rows}}
    seen: set[str] = set()
    for place, row in enumerate(rows):
        for column, words in (*_body(row, known), *_succession(row, after)):
            yield Fault(place, column, words)
        if row.code in seen:
            yield Fault(place, "code", Words("编码重复", "this code stands twice"))
        seen.add(row.code)


def _body(row: Body, known: Known) -> Iterator[tuple[str, Words]]:
    if not CODE.fullmatch(row.code):
        yield "code", Words("编码只用小写字母、数字和 _ . -", "a code is of a-z, 0-9 and _ . -")
    if row.kind not in known.kinds:
        yield "kind", _one_of(known.kinds)
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield "valid_to", Words("早于起始日期", "before the first day")


def _succession(row: Body, after: Mapping[str, Body]) -> Iterator[tuple[str, Words]]:
    if row.successor is None:
        return
    if row.valid_to is None:
        yield "valid_to", Words("有承接部门就要写明截止日期", "who is succeeded has a last day")
    if row.successor not in after:
        yield "successor", Words("没有这个部门", "there is no such department")
        return
    seen, code = {row.code}, row.successor
    while code in after:
        if code in seen:
            yield "successor", Words("承接关系成环", "the succession goes round in a circle")
            return
        seen.add(code)
        code = after[code].successor or ""


def held_faults(
    rows: Sequence[Held], there: Mapping[UUID, Held], bodies: Collection[str], known: Known
) -> Iterator[Fault]:
    """Everything wrong with posts; `there` are the entries the district has already."""
    seen: set[UUID] = set()
    for place, row in enumerate(rows):
        for column, words in _held(row, bodies, known):
            yield Fault(place, column, words)
        if row.id is not None and row.id in seen:
            yield Fault(place, "id", Words("编号重复", "this id stands twice"))
        if row.id is not None:
            seen.add(row.id)
    yield from _doubled(rows, [one for id, one in there.items() if id not in seen])


def _held(row: Held, bodies: Collection[str], known: Known) -> Iterator[tuple[str, Words]]:
    if row.id is not None and row.id not in known.people:
        yield "id", Words("没有这个编号；新增请留空", "no such id; leave it empty for a new entry")
    if row.post not in known.posts:
        yield "post", _one_of(known.posts)
    if row.employment is not None and row.employment not in known.employments:
        yield "employment", _one_of(known.employments)
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield "valid_to", Words("早于起始日期", "before the first day")
    yield from _where(row, bodies, known)
    yield from _reached(row)


def _where(row: Held, bodies: Collection[str], known: Known) -> Iterator[tuple[str, Words]]:
    if row.unit is None and row.department is None:
        yield "unit", Words("单元与部门至少填一项", "a unit or a department must be named")
    if row.unit is not None and row.unit not in known.units:
        yield "unit", Words("现行网格中没有这个单元", "the current grid has no such unit")
    if row.department is not None and row.department not in bodies:
        yield "department", Words("没有这个部门", "there is no such department")


def _reached(row: Held) -> Iterator[tuple[str, Words]]:
    if row.email is not None and not EMAIL.fullmatch(row.email):
        yield "email", Words("不是电子邮箱", "not an e-mail address")
    if row.phone is not None and not PHONE.fullmatch(row.phone):
        yield "phone", Words("不是电话号码", "not a telephone number")


def _doubled(rows: Sequence[Held], others: Iterable[Held]) -> Iterator[Fault]:
    """The same person in the same post at the same time twice."""
    by_post: dict[tuple[str | None, ...], list[tuple[int | None, Held]]] = {}
    for place, row in [*enumerate(rows), *((None, one) for one in others)]:
        key = (row.name, row.post, row.unit, row.department)
        by_post.setdefault(key, []).append((place, row))
    for same in by_post.values():
        for (one, first), (other, second) in combinations(same, 2):
            if _meet(first, second) and (one is not None or other is not None):
                place = max(at for at in (one, other) if at is not None)
                yield Fault(
                    place,
                    "valid_from",
                    Words(
                        "同一人同一岗位的任期重叠", "the same person holds the post already then"
                    ),
                )


def _meet(one: Held, other: Held) -> bool:
    first, last = date.min, date.max
    return (one.valid_from or first) <= (other.valid_to or last) and (
        other.valid_from or first
    ) <= (one.valid_to or last)


def _one_of(codes: Collection[str]) -> Words:
    return Words(f"应为其中之一：{'、'.join(codes)}", f"must be one of {', '.join(codes)}")
