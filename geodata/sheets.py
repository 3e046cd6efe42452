"""Cells that a spreadsheet shows and never runs."""

from collections.abc import Sequence
from typing import Any

from gridsvc.words import Words

# Every text is written as text: nothing in it is ever a formula.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

# What makes a spreadsheet take a text for a formula or a command.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: Any) -> Any:
    """The cell; a text that a spreadsheet would run is led in by an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def head(words: Words) -> str:
    """A heading in both languages."""
    return f"{words.zh} {words.en}"


def begin(book: Any, sheet: Any, heads: Sequence[str]) -> None:
    """The headings of a sheet, bold and always in sight."""
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 18)
    for column, title in enumerate(heads):
        sheet.write_string(0, column, title, bold)


def line_of(sheet: Any, line: int, cells: Sequence[Any]) -> None:
    """One line: numbers as numbers, all else as text, nothing where there is nothing."""
    for column, cell in enumerate(cells):
        if isinstance(cell, int | float):
            sheet.write_number(line, column, cell)
        elif cell is not None and cell != "":
            sheet.write_string(line, column, str(cell))
