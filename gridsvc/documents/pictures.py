"""Charts and maps as pictures: SVG whose letters are outlines, or PNG."""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from gridsvc.documents import fonts, writing
from gridsvc.documents.blocks import Area, Chart, Figure, Map, Ring

# One hue from light to dark (ColorBrewer PuBu), readable in all kinds of colour vision.
SHADES = ("#F1EEF6", "#D0D1E6", "#A6BDDB", "#74A9CF", "#2B8CBE", "#045A8D")
SERIES = ("#2B8CBE", "#A6BDDB", "#045A8D", "#74A9CF")
INK, GREY, LAND, BORDER = "#243240", "#5A646D", "#F4F5F2", "#9AA3AB"
WIDTH_IN = 6.6
A_BAR_IN = 0.26
MAP_IN = 5.2
MOST_NAMED, NAME_POINTS = 30, 6.5
# Edges of many thousands of areas would cover their colours.
MANY, EDGE, FINE_EDGE = 2_000, 0.35, 0.1
# Letters of a legend's line, beside the map.
LEGEND_LETTERS = 9
# Of a canvas, before it is saved.
DOTS_AN_INCH = 100
# matplotlib keeps state that threads would share.
_drawing = Lock()


def picture(block: Chart | Map, form: str) -> bytes:
    """The block drawn as `svg` or `png`. Raises NoFont."""
    settings = {
        "font.family": fonts.family(),
        "font.size": 8,
        "svg.fonttype": "path",
        "svg.hashsalt": "gridsvc",
        "axes.unicode_minus": False,
    }
    file = BytesIO()
    with _drawing, mpl.rc_context(settings):  # type: ignore[arg-type]
        canvas = _chart(block) if isinstance(block, Chart) else _map(block)
        kept: dict[str, Any] = {"metadata": {"Date": None}} if form == "svg" else {"dpi": 170}
        canvas.savefig(file, format=form, **kept)
    return file.getvalue()


def _chart(chart: Chart) -> Canvas:
    return _lines(chart) if chart.lines else _bars(chart)


def _bars(chart: Chart) -> Canvas:
    """Lying bars, the first on top, each with its figure."""
    count = len(chart.series)
    canvas = Canvas(
        layout="constrained",
        figsize=(WIDTH_IN, 0.5 + A_BAR_IN * max(1, len(chart.labels)) * (0.5 + count / 2)),
    )
    axes = canvas.add_subplot()
    thick = 0.8 / count
    known = [v for one in chart.series for v in one.values if v is not None]
    far = max([*known, 0]) or 1
    for turn, one in enumerate(chart.series):
        places = [row + (turn - (count - 1) / 2) * thick for row in range(len(chart.labels))]
        lengths = [value or 0 for value in one.values]
        axes.barh(places, lengths, thick * 0.9, color=SERIES[turn], label=one.name)
        for place, value in zip(places, one.values, strict=True):
            told = writing.said(Figure(value, chart.kind))
            axes.text((value or 0) + far * 0.01, place, told, va="center", size=7, color=GREY)
    axes.set_yticks(range(len(chart.labels)), chart.labels)
    axes.set_ylim(len(chart.labels) - 0.4, -0.6)
    axes.set_xlim(0, far * 1.12)
    axes.set_xticks([])
    _plain(axes, count)
    return canvas


def _lines(chart: Chart) -> Canvas:
    canvas = Canvas(layout="constrained", figsize=(WIDTH_IN, 2.1))
    axes = canvas.add_subplot()
    for turn, one in enumerate(chart.series):
        values = [float("nan") if value is None else value for value in one.values]
        axes.plot(
            range(len(values)), values, color=SERIES[turn * 2 % 4], label=one.name, marker="."
        )
    step = max(1, len(chart.labels) // 10)
    axes.set_xticks(range(0, len(chart.labels), step), chart.labels[::step])
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda value, _: writing.said(Figure(value, chart.kind)))
    axes.grid(axis="y", color="#E4E7E3", linewidth=0.6)
    _plain(axes, len(chart.series))
    return canvas


def _plain(axes: Axes, series: int) -> None:
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(BORDER)
    axes.tick_params(length=0, labelcolor=INK)
    if series > 1:
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=series, frameon=False, borderaxespad=0
        )


def shade(value: float, block: Map) -> str:
    """The colour of the class that the value falls into; a limit belongs to the class above."""
    return (block.colours or SHADES)[sum(value >= limit for limit in block.limits)]


def _map(block: Map) -> Canvas:
    canvas = Canvas(figsize=(WIDTH_IN, MAP_IN))
    axes = canvas.add_axes((0, 0, 0.82, 1))
    # One path a class: ten thousands of patches would take minutes.
    for colour, rings in _by_colour(block).items():
        look: dict[str, Any] = {"facecolor": LAND, "hatch": "////", "edgecolor": "#C4CAC4"}
        if colour is not None:
            look = {"facecolor": colour}
        axes.add_patch(PathPatch(_path(rings), linewidth=0, **look))
        thin = EDGE if len(block.areas) <= MANY else FINE_EDGE
        edge = PathPatch(_path(rings), facecolor="none", edgecolor=BORDER, linewidth=thin)
        axes.add_patch(edge)
    bold = [_path(area.rings) for area in block.outlines]
    axes.add_collection(PathCollection(bold, facecolors="none", edgecolors=GREY, linewidths=0.9))
    axes.autoscale_view()
    axes.set_aspect("equal")
    axes.axis("off")
    named = block.outlines or block.areas
    if len(named) <= MOST_NAMED:
        _names(axes, named)
    _legend(axes, block)
    return canvas


def _by_colour(block: Map) -> dict[str | None, list[Ring]]:
    """The rings of all areas of each class, None where nothing can be said."""
    found: dict[str | None, list[Ring]] = {}
    for area in block.areas:
        colour = None if area.value is None else shade(area.value, block)
        found.setdefault(colour, []).extend(area.rings)
    return found


def _names(axes: Axes, named: Sequence[Area]) -> None:
    """Each name in the middle of its area, moved a little where it would cover another one."""
    # The limits as they will be drawn, so that letters can be measured on the ground.
    axes.apply_aspect()
    a_point = (axes.get_ylim()[1] - axes.get_ylim()[0]) / (axes.bbox.height * 72 / DOTS_AN_INCH)
    high = NAME_POINTS * 1.5 * a_point
    halo = {"boxstyle": "square,pad=0.1", "facecolor": "#FFFFFFB0", "edgecolor": "none"}
    taken: list[tuple[float, float, float]] = []
    for area in named:
        x, y = _middle(area)
        wide = sum(1.0 if ord(letter) > 255 else 0.6 for letter in area.name)
        half = wide * NAME_POINTS * a_point / 2
        for steps in (0, 1, -1, 2, -2):
            place = y + steps * high * 0.75
            if not any(
                abs(x - other) < half + width and abs(place - level) < high
                for other, level, width in taken
            ):
                y = place
                break
        taken.append((x, y, half))
        axes.text(x, y, area.name, ha="center", va="center", size=NAME_POINTS, color=INK, bbox=halo)


def _legend(axes: Axes, block: Map) -> None:
    patches = [
        Patch(facecolor=colour, edgecolor=BORDER, linewidth=0.4, label=_folded(words))
        for colour, words in zip(
            block.colours or SHADES, block.classes or classes(block.limits), strict=False
        )
    ]
    if any(area.value is None for area in block.areas):
        none = Patch(
            facecolor=LAND, edgecolor="#C4CAC4", hatch="////", label=_folded(block.no_data)
        )
        patches.append(none)
    axes.legend(
        handles=patches,
        title=_folded(block.unit),
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        fontsize=8,
        title_fontsize=8,
        alignment="left",
        handlelength=1.4,
    )


def _folded(words: str) -> str:
    """Words in lines that fit beside the map: Chinese anywhere, English between words."""
    if words.isascii():
        return textwrap.fill(words, 2 * LEGEND_LETTERS)
    return "\n".join(words[at : at + LEGEND_LETTERS] for at in range(0, len(words), LEGEND_LETTERS))


def classes(limits: Sequence[float]) -> list[str]:
    """What each class holds, in words of its limits."""
    told = [f"{one:,.0f}" if one == round(one) else f"{one:,g}" for one in limits]
    between = [f"{low}–{high}" for low, high in pairwise(told)]
    return [f"< {told[0]}", *between, f"≥ {told[-1]}"]


def _path(rings: Sequence[Ring]) -> Path:
    return Path.make_compound_path(*(Path([*ring, ring[0]], closed=True) for ring in rings))


def _middle(area: Area) -> tuple[float, float]:
    """The middle of the area's largest part, weighed by its ground."""
    ring = max(area.rings, key=lambda one: abs(_doubled(one)))
    whole = _doubled(ring) or 1.0
    x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = (ax - ring[0][0]) * (by - ring[0][1]) - (bx - ring[0][0]) * (ay - ring[0][1])
        x += (ax + bx - 2 * ring[0][0]) * cross
        y += (ay + by - 2 * ring[0][1]) * cross
    return ring[0][0] + x / (3 * whole), ring[0][1] + y / (3 * whole)


def _doubled(ring: Ring) -> float:
    """Twice the ring's signed ground."""
    (ox, oy), following = ring[0], [*ring[1:], ring[0]]
    return sum(
        (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
        for (ax, ay), (bx, by) in zip(ring, following, strict=True)
    )
