"""In which encoding the table of a shapefile is written."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gridsvc.errors import BadInput

# Language driver ids that name one encoding. 0x00 and 0x57 ("ANSI") name none: ArcGIS writes the
# latter on Chinese and on Western machines alike.
DRIVERS = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x13: "cp932",
    0x26: "cp866",
    0x4D: "gbk",
    0x4E: "cp949",
    0x4F: "cp950",
    0x78: "cp950",
    0x79: "cp949",
    0x7A: "gbk",
    0x7B: "cp932",
    0xC8: "cp1250",
    0xC9: "cp1251",
}
CANDIDATES = ("utf-8", "gbk", "gb18030")
HEADER, FIELD = 32, 32


class Field(NamedTuple):
    """One column: where its bytes begin in a record, how many there are, and its type letter."""

    name: bytes
    start: int
    width: int
    kind: bytes


def encoding(dbf: Path) -> str:
    """The table's encoding as Python names it.

    In this order: the .cpg beside it, the language driver id, UTF-8 if every text decodes
    strictly, then GBK and GB18030. BadInput if none of them can be right.
    """
    declared = _from_cpg(dbf.with_suffix(".cpg"))
    if declared:
        return declared
    header = dbf.open("rb").read(HEADER)
    if len(header) < HEADER:
        raise _broken()
    driver = DRIVERS.get(header[29])
    if driver:
        return driver
    texts = list(_texts(dbf))
    for candidate in CANDIDATES:
        if all(_decodes(text, candidate) for text in texts):
            return candidate
    raise BadInput(
        zh="属性表既不是 UTF-8 也不是 GBK。请用 --encoding 说明编码。",
        en="The attribute table is neither UTF-8 nor GBK. Give its encoding with --encoding.",
    )


def _from_cpg(path: Path) -> str | None:
    """What a .cpg declares: UTF-8, GBK, 936, CP936, "ANSI 1252", 65001, ISO 88591 and the like."""
    if not path.is_file():
        return None
    word = path.read_text("latin-1").strip().upper().split(" ")[-1].strip("\x00")
    number = word.removeprefix("CP").removeprefix("WINDOWS-")
    if number in ("65001", "UTF8"):
        return "utf-8"
    if number.startswith("8859") and number[4:].lstrip("-").isdigit():
        return f"iso8859-{number[4:].lstrip('-')}"
    for name in (f"cp{number}", word):
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return None


def _texts(dbf: Path) -> Iterator[bytes]:
    """Column names and every text value that holds more than ASCII."""
    raw = np.fromfile(dbf, dtype=np.uint8)
    head, width = (int.from_bytes(raw[at : at + 2].tobytes(), "little") for at in (8, 10))
    fields = list(_fields(raw[:head].tobytes()))
    if width < 1 or head > len(raw) or any(f.start + f.width > width for f in fields):
        raise _broken()
    rows = (len(raw) - head) // width
    records = raw[head : head + rows * width].reshape(rows, width)
    for field in fields:
        yield field.name
        if field.kind == b"C":
            yield from _beyond_ascii(records[:, field.start : field.start + field.width])


def _fields(header: bytes) -> Iterator[Field]:
    start = 1
    for at in range(HEADER, len(header) - FIELD + 1, FIELD):
        row = header[at : at + FIELD]
        if row[0] == 0x0D:
            return
        # Long text columns keep the high byte of their width where numbers keep their decimals.
        width = row[16] + (row[17] << 8 if row[11:12] == b"C" else 0)
        yield Field(row[:11].split(b"\0")[0], start, width, row[11:12])
        start += width


def _beyond_ascii(cells: npt.NDArray[np.uint8]) -> Iterator[bytes]:
    odd = cells[(cells > 0x7F).any(axis=1)]
    for row in odd:
        yield row.tobytes()


def _decodes(text: bytes, candidate: str) -> bool:
    """Whether the bytes decode; a character cut off by the column's width does no harm."""
    try:
        codecs.getincrementaldecoder(candidate)().decode(text, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _broken() -> BadInput:
    return BadInput(
        zh="属性表（.dbf）已损坏。请重新导出图层。",
        en="The attribute table (.dbf) is broken. Export the layer again.",
    )
