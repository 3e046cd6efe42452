"""How figures are written for people: one way for all formats."""

from gridsvc.documents.blocks import Cell, Figure, Kind
from gridsvc.errors import Lang

MISSING = "—"
# Beside a figure that was counted from too few.
FEW = "*"
MINUS = "−"


def said(cell: Cell) -> str:
    """A cell as text: 12,345; 97.5%; +3.2; an em dash for what is missing."""
    if isinstance(cell, str):
        return cell
    if cell.value is None:
        return MISSING
    return _number(cell) + (FEW if cell.small else "")


def _number(figure: Figure) -> str:
    value = figure.value or 0
    match figure.kind:
        case Kind.WHOLE:
            return f"{value:,.0f}"
        case Kind.SHARE:
            return f"{value * 100:.1f}%"
        case Kind.ONE:
            return f"{value:,.1f}"
        case Kind.TWO:
            return f"{value:,.2f}"
        case Kind.CHANGE:
            return _signed(f"{value:+,.0f}")
        case Kind.MORE:
            return _signed(f"{value:+,.1f}")
        case Kind.POINTS:
            return _signed(f"{value * 100:+.1f}")


def _signed(number: str) -> str:
    """A real minus sign; and what rounds to nothing has no sign."""
    if not number.strip("+-0.,"):
        return number.lstrip("+-")
    return number.replace("-", MINUS)


def page_words(lang: Lang) -> tuple[str, str, str]:
    """What stands around a page's number and the number of pages."""
    return ("第", "页，共", "页") if lang == "zh" else ("Page ", " of ", "")
