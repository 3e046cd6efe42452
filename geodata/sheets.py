"""Cells that a spreadsheet shows and never runs."""

from typing import Any

# What makes a spreadsheet take a text for a formula or a command.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: Any) -> Any:
    """The cell; a text that a spreadsheet would run is led in by an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
