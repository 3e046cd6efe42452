"""What a document is made of. Text is in one language already; figures keep their values.

Every writer shows the same blocks, so whoever compares two formats compares two renderings of one
list of values.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from gridsvc.errors import Lang


class Kind(StrEnum):
    """How a figure is written."""

    WHOLE = "whole"
    # A share of 1, written in percent.
    SHARE = "share"
    # With one decimal, with two.
    ONE = "one"
    TWO = "two"
    # A difference: with its sign, whole or with one decimal; of shares in percentage points.
    CHANGE = "change"
    MORE = "more"
    POINTS = "points"


class Figure(NamedTuple):
    """A value of a known kind; None where nothing can be said, which is never zero. `small`: it
    was counted from too few to be relied on."""

    value: float | int | None
    kind: Kind = Kind.WHOLE
    small: bool = False


Cell = str | Figure


class Column(NamedTuple):
    """A column's heading; `share` is its part of the page's width, relative to the others."""

    title: str
    share: float = 1.0
    number: bool = True


class Heading(NamedTuple):
    text: str
    level: int = 1


class Paragraph(NamedTuple):
    """`small` is for notes and sources; `lead` for what stands out."""

    text: str
    look: str = "body"


class Table(NamedTuple):
    """Rows as long as `columns`. `name` is short enough for a sheet; `empty` says why there are no
    rows."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    empty: str = ""


class Series(NamedTuple):
    name: str
    values: Sequence[float | None]


class Chart(NamedTuple):
    """Bars (lying, for names) or lines (for time) of one or more series over the labels."""

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    kind: Kind = Kind.WHOLE
    lines: bool = False
    empty: str = ""


# A ring of x, y in metres of any one plane.
Ring = Sequence[tuple[float, float]]


class Area(NamedTuple):
    """A named ground, its outer rings, and what is to be shown there; None: nothing can be said."""

    name: str
    rings: Sequence[Ring]
    value: float | None


class Map(NamedTuple):
    """Areas shaded by classes, with their borders and, where `named`, their names. `outlines` are
    drawn above them with names, to be found by."""

    title: str
    areas: Sequence[Area]
    limits: Sequence[float]
    unit: str
    no_data: str
    outlines: Sequence[Area] = ()
    empty: str = ""
    # One more than the limits; none: from light to dark.
    colours: Sequence[str] = ()
    # What the classes are called, where their limits mean nothing to people.
    classes: Sequence[str] = ()


Block = Heading | Paragraph | Table | Chart | Map


class Document(NamedTuple):
    """A whole document. `running` stands in the header of every page, `footing` at its foot."""

    title: str
    subtitle: str
    running: str
    footing: str
    blocks: Sequence[Block]
    lang: Lang = "zh"
