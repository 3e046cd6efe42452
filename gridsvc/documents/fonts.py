"""The Chinese font that documents are set in."""

from functools import cache

from matplotlib.font_manager import findSystemFonts, fontManager

from gridsvc.errors import NoFont

# In this order; the first ships with Debian's fonts-noto-cjk.
FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei")
FILES = ("notosanscjk", "sourcehansans", "msyh", "wqy-microhei")


@cache
def family() -> str:
    """The first of FAMILIES that is installed. Raises NoFont."""
    if (known := _known()) is None:
        # matplotlib remembers which fonts there were when it was first asked.
        for path in findSystemFonts():
            if any(name in path.lower() for name in FILES):
                fontManager.addfont(path)
        known = _known()
    if known is None:
        raise NoFont(families=list(FAMILIES))
    return known


def _known() -> str | None:
    names = set(fontManager.get_font_names())
    return next((name for name in FAMILIES if name in names), None)
