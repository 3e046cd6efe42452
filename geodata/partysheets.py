"""Departments and posts as a workbook for people, and read back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter

from geodata import workbook
from geodata.sheets import OPTIONS, begin, head, line_of
from geodata.wholefile import written
from geodata.workbook import Columns, Reader, Unfit, Wrong
from gridsvc import partybook
from gridsvc.errors import BadInput
from gridsvc.partybook import BODY, HELD, MOST_ROWS, Draft
from gridsvc.rulebook import Rulebook
from gridsvc.rules.parties import Body, Held
from gridsvc.words import Words

BODIES, POSTS = Words("部门", "departments"), Words("任职", "posts")
NAMED = (Words("岗位名称", "post name"), Words("单元名称", "unit name"))
BODY_SHEET = Columns(BODY, ("code", "name_zh", "kind"))
POST_SHEET = Columns(HELD, ("name", "post"), frozenset(map(head, NAMED)))


def write(
    bodies: Iterable[Body],
    posts: Iterable[tuple[UUID, Held]],
    rules: Rulebook,
    names: dict[str, str],
    target: Path,
) -> None:
    """A workbook of two sheets that `read` takes back; `names` are the units' by code."""
    with written(target) as draft, xlsxwriter.Workbook(draft, OPTIONS) as book:
        _sheet(book, BODIES, [head(words) for words in BODY.values()], map(_body, bodies))
        heads = [head(words) for words in (*HELD.values(), *NAMED)]
        rows = (
            [str(id), *one[1:], rules.say("post", one.post).zh, names.get(one.unit or "")]
            for id, one in posts
        )
        _sheet(book, POSTS, heads, rows)


def _body(body: Body) -> list[Any]:
    return ["|".join(value) if isinstance(value, tuple) else value for value in body]


def _sheet(book: Any, name: Words, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name.zh)
    begin(book, sheet, heads)
    for line, row in enumerate(rows, 1):
        line_of(sheet, line, row)


def read(data: bytes, rules: Rulebook) -> Draft:
    """The departments and posts of a workbook; either sheet may be missing.

    Raises BadInput for what is no such workbook, PartyRefused with sheet, line, column and reason
    of every cell that cannot be read.
    """
    meaning = _Meaning(rules)
    bodies, posts = _Sheet(BODIES, BODY_SHEET), _Sheet(POSTS, POST_SHEET)
    with workbook.opened(data) as sheets:
        for title, rows in sheets.items():
            spoken = title.strip().casefold()
            if spoken in BODIES:
                bodies.read(rows, meaning.body)
            elif spoken in POSTS:
                posts.read(rows, meaning.post)
    if not (bodies.found or posts.found):
        raise BadInput(
            zh=f"表格里没有名为“{BODIES.zh}”或“{POSTS.zh}”的工作表，没有写入。",
            en=f"No sheet is called {BODIES.en} or {POSTS.en}. Nothing was written.",
        )
    if wrong := [*bodies.wrong, *posts.wrong]:
        raise partybook.refuse(wrong)
    return Draft(bodies.rows, posts.rows, bodies.lines, posts.lines)


class _Sheet:
    """What one sheet holds, and what is wrong with it."""

    def __init__(self, name: Words, columns: Columns) -> None:
        self.name, self.columns, self.found = name, columns, False
        self.rows: list[Any] = []
        self.lines: list[int] = []
        self.wrong: list[dict[str, Any]] = []

    def read(self, cells: Iterator[tuple[Any, ...]], meaning: Callable[[Reader], Any]) -> None:
        self.found = True
        try:
            lines = workbook.lines(cells, self.columns, MOST_ROWS)
        except Unfit as unfit:
            self._note(unfit.wrong)
            return
        for line, held in lines:
            reader = Reader(line, held)
            self.rows.append(meaning(reader))
            self.lines.append(line)
            self._note(reader.wrong)

    def _note(self, wrong: Iterable[Wrong]) -> None:
        self.wrong += [partybook.told(self.name.en, self.columns.known, *one) for one in wrong]


class _Meaning:
    """Understands the cells of one district: codes, and the names of its terms."""

    def __init__(self, rules: Rulebook) -> None:
        self.terms = {
            name: {words.zh: code for code, words in rules.terms.get(name, {}).items()}
            for name in ("department_kind", "post", "employment")
        }

    def body(self, of: Reader) -> Body:
        name = of.needed("name_zh", workbook.text)
        return Body(
            of.needed("code", workbook.text),
            name,
            of.take("name_en", workbook.text, name),
            of.take("short_zh", workbook.text),
            of.needed("kind", self._term("department_kind")),
            of.take("aliases", workbook.parts, ()),
            of.take("valid_from", workbook.day),
            of.take("valid_to", workbook.day),
            of.take("successor", workbook.text),
        )

    def post(self, of: Reader) -> Held:
        return Held(
            of.take("id", _id),
            of.needed("name", workbook.text),
            of.needed("post", self._term("post")),
            of.take("unit", workbook.text),
            of.take("department", workbook.text),
            of.take("employment", self._term("employment")),
            of.take("phone", workbook.text),
            of.take("email", workbook.text),
            of.take("valid_from", workbook.day),
            of.take("valid_to", workbook.day),
        )

    def _term(self, name: str) -> Callable[[Any], str]:
        def reading(value: Any) -> str:
            said = workbook.text(value)
            return self.terms[name].get(said, said)

        return reading


def _id(value: Any) -> UUID:
    try:
        return UUID(workbook.text(value))
    except ValueError:
        raise ValueError(Words("不是编号；新增请留空", "no id; leave it empty")) from None
