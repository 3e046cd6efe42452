"""The MapLibre style document: the one place that says how the grid is drawn.

The client derives its switches, legends and click targets from each layer's `metadata`
and names no layer itself. Colours and zoom ranges are those of the console's guide;
contrast was measured against the land colour.
"""

import json
import sys
from itertools import pairwise
from typing import Any

from gridsvc import defaults
from gridsvc.rules.lifecycle import STAGE_NAMES, Stage

Json = dict[str, Any]
Words = dict[str, str]

LAND, OUTSIDE, INK, FOCUS = "#F4F5F2", "#E4E7E3", "#243240", "#0B5CAD"
PUBU = ["#F1EEF6", "#D0D1E6", "#A6BDDB", "#74A9CF", "#2B8CBE", "#045A8D"]
NO_COLOUR = "rgba(0,0,0,0)"

# The first name of a font stack decides the weight MapLibre draws with, installed or not.
FAMILIES = ["PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC"]
REGULAR = [*FAMILIES, "Source Han Sans SC"]
SEMIBOLD = ["Grid Semibold", *REGULAR]

LAST_TILE_ZOOM = 16
CASES_FROM = 14.0
# Pixels by which a unit's count stands above the unit's name.
ABOVE_NAME = [0, -26]

# level code, level, line colour, width, contrast, dashed, line from, label from, label to, size
LEVELS: list[tuple[str, int, Words, str, float, float, tuple[float, float], int]] = [
    ("district", 1, {"zh": "区", "en": "District"}, "#3A424A", 2.5, 8, (8, 11), 18),
    ("street", 2, {"zh": "街道", "en": "Street"}, "#5A646D", 1.6, 10, (10, 13.5), 14),
    ("community", 3, {"zh": "社区", "en": "Community"}, "#7B858E", 1.0, 11.5, (12, 15.5), 13),
    ("compound", 4, {"zh": "小区", "en": "Compound"}, "#9AA3AB", 0.8, 13.5, (14, 17), 12),
    ("building", 5, {"zh": "楼栋", "en": "Building"}, "#B4BBC1", 0.5, 15, (16.5, 24), 11),
]
FIRST_TILE_ZOOM = {"community": 9, "compound": 12, "building": 14, "facility": 11, "case": 12}

# The name of a case's mark, which the client draws when it is first asked for.
MARK = [
    "concat",
    "mark:",
    ["coalesce", ["get", "kind"], "none"],
    ":",
    ["get", "stage"],
    ["case", ["boolean", ["get", "overdue"], False], ":late", ""],
]

KINDS: list[tuple[str, Words]] = [
    (row["code"], {"zh": row["name_zh"], "en": row["name_en"]})
    for row in defaults.shipped("terms.csv")
    if row["catalogue"] == "whistle_kind"
]
STAGES: list[tuple[str, Words]] = [
    (stage.value, name.both) for stage, name in STAGE_NAMES.items() if stage is not Stage.ARCHIVED
]

# Class limits of the choropleths: theme, title, value read from the answer, limits, unit printed.
THEMES: list[tuple[str, Words, str, list[int], Words]] = [
    (
        "coverage",
        {"zh": "设施覆盖", "en": "Facility coverage"},
        "per_100_households",
        [10, 20, 30, 50, 80],
        {"zh": "平方米/百户", "en": "m² per 100 households"},
    ),
    (
        "response",
        {"zh": "办结时长", "en": "Time to close"},
        "median_hours",
        [12, 24, 36, 48, 72],
        {"zh": "小时（中位数）", "en": "hours (median)"},
    ),
]


def style(lang: str, edition: int, origin: str = "") -> Json:
    """The whole style document for one edition, with the map's printed words in `lang`."""
    late = "late " if lang == "en" else "超期"
    return {
        "version": 8,
        "name": "gridsvc",
        "metadata": {"gridsvc:edition": edition, "gridsvc:lang": lang},
        "sources": _sources(edition, origin),
        "layers": [
            {"id": "outside", "type": "background", "paint": {"background-color": OUTSIDE}},
            *_land(),
            *(layer for theme in THEMES for layer in _theme(*theme)),
            *_areas(),
            *_lines(),
            *_highlights(),
            _facility(),
            *_labels(),
            *_counts(late),
            _cases(),
            *_pin(),
        ],
    }


def _sources(edition: int, origin: str) -> Json:
    def tiles(name: str, key: str | None = None) -> Json:
        source: Json = {
            "type": "vector",
            "tiles": [f"{origin}/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt?edition={edition}"],
            "minzoom": FIRST_TILE_ZOOM.get(name, 0),
            "maxzoom": LAST_TILE_ZOOM,
        }
        return source | ({"promoteId": key} if key else {})

    empty = {"type": "FeatureCollection", "features": []}
    return {
        **{code: tiles(code, "code") for code, *_ in LEVELS},
        "label": tiles("label"),
        "facility": tiles("facility", "code"),
        "case": tiles("case", "case_no"),
        "count": {"type": "geojson", "data": empty},
        "pin": {"type": "geojson", "data": empty},
    }


def _metadata(group: str, title: Words, legend: list[Json], on: bool = True, **more: Any) -> Json:
    return {
        "gridsvc:group": group,
        "gridsvc:title": title,
        "gridsvc:legend": legend,
        "gridsvc:clickable": "opens" in more,
        "gridsvc:on": on,
        **{f"gridsvc:{key}": value for key, value in more.items()},
    }


def _layer(name: str, kind: str, source: str, metadata: Json, **more: Any) -> Json:
    layer: Json = {"id": name, "type": kind, "source": source, "metadata": metadata}
    if source not in ("count", "pin"):
        layer["source-layer"] = source
    return layer | more


def _grid(code: str, title: Words, colour: str, width: float, **more: Any) -> Json:
    """Metadata that all layers of one level share: one switch and one legend a level."""
    if code == "building":
        swatch: Json = {"shape": "fill", "color": "#E4E0D8", "stroke": colour}
    else:
        dashed = code == "compound"
        swatch = {"shape": "line", "color": colour, "width": width, "dashed": dashed}
    return _metadata(f"grid.{code}", title, [{"label": title, "swatch": swatch}], **more)


def _land() -> list[Json]:
    code, _, title, colour, width, *_ = LEVELS[0]
    paint = {"fill-color": LAND}
    return [_layer("land", "fill", code, _grid(code, title, colour, width), paint=paint)]


def _theme(
    name: str, title: Words, value: str, limits: list[int], unit: Words, code: str = "community"
) -> list[Json]:
    """A choropleth by feature-state: class 0-5 is coloured, class -1 is hatched as no data."""
    state = ["number", ["feature-state", name], -2]
    classed: list[Any] = ["step", state, NO_COLOUR]
    for number, colour in enumerate(PUBU):
        classed += [number, colour]
    bounds = [f"< {limits[0]}", *(f"{a}–{b}" for a, b in pairwise(limits))]
    bounds.append(f"≥ {limits[-1]}")
    legend = [
        {
            "label": {lang: f"{bound} {unit[lang]}" for lang in ("zh", "en")},
            "swatch": {"shape": "fill", "color": colour, "stroke": "#7B858E"},
        }
        for bound, colour in zip(bounds, PUBU, strict=True)
    ]
    nothing = {"zh": "无数据或样本过少", "en": "No data, or too few cases"}
    legend.append({"label": nothing, "swatch": {"shape": "hatch"}})
    feed = {"kind": name, "level": 3, "value": value, "limits": limits}
    metadata = _metadata(f"theme.{name}", title, legend, on=False, choice="theme", feed=feed)
    hatched = ["case", ["==", state, -1], 1, 0]
    return [
        _layer(f"{name}-none", "fill", code, metadata)
        | {"paint": {"fill-pattern": "hatch", "fill-opacity": hatched}},
        _layer(f"{name}-class", "fill", code, metadata) | {"paint": {"fill-color": classed}},
    ]


def _areas() -> list[Json]:
    """What can be pointed at: the deepest level drawn at this zoom lies on top."""
    layers = []
    for code, level, title, colour, width, line_from, *_ in LEVELS:
        metadata = _grid(code, title, colour, width, opens="unit", level=level)
        paint = {"fill-color": NO_COLOUR}
        if code == "building":
            paint = {"fill-color": "#E4E0D8", "fill-outline-color": colour}
        layers.append(_layer(code, "fill", code, metadata, minzoom=line_from, paint=paint))
    return layers


def _lines() -> list[Json]:
    layers = []
    for code, _, title, colour, width, line_from, *_ in reversed(LEVELS[:4]):
        paint: Json = {"line-color": colour, "line-width": width}
        if code == "compound":
            paint["line-dasharray"] = [4, 3]
        metadata = _grid(code, title, colour, width)
        layers.append(
            _layer(f"{code}-line", "line", code, metadata, minzoom=line_from, paint=paint)
            | {"layout": {"line-join": "round"}}
        )
    return layers


def _highlights() -> list[Json]:
    width = [
        "case",
        ["boolean", ["feature-state", "selected"], False],
        3,
        ["boolean", ["feature-state", "hover"], False],
        1.8,
        0,
    ]
    return [
        _layer(f"{code}-focus", "line", code, _grid(code, title, colour, line_width))
        | {"minzoom": line_from, "paint": {"line-color": FOCUS, "line-width": width}}
        for code, _, title, colour, line_width, line_from, *_ in LEVELS
    ]


def _facility() -> Json:
    title = {"zh": "服务设施", "en": "Facilities"}
    legend = [{"label": title, "swatch": {"shape": "facility", "text": "服"}}]
    first = ["slice", ["to-string", ["coalesce", ["get", "type_name"], ["get", "name"]]], 0, 1]
    return _layer(
        "facility", "symbol", "facility", _metadata("facility", title, legend, opens="facility")
    ) | {
        # Further away they would hide the counts and the names.
        "minzoom": CASES_FROM,
        "layout": {
            "icon-image": ["concat", "facility:", first],
            "icon-size": ["interpolate", ["linear"], ["zoom"], CASES_FROM, 0.7, 16, 1],
            "icon-overlap": "always",
            "text-field": ["step", ["zoom"], "", 16, ["get", "name"]],
            "text-font": REGULAR,
            "text-size": 12,
            "text-anchor": "top",
            "text-offset": [0, 0.9],
            "text-optional": True,
        },
        "paint": {"text-color": "#3F4F62", "text-halo-color": LAND, "text-halo-width": 1.5},
    }


def _labels() -> list[Json]:
    """Names, deepest level first: MapLibre places symbols from the last layer to the first."""
    layers = []
    for code, level, title, colour, width, _, (first, last), size in reversed(LEVELS):
        fade_from = max(first, last - 1)
        layers.append(
            _layer(f"{code}-label", "symbol", "label", _grid(code, title, colour, width))
            | {
                "filter": ["==", ["get", "level"], level],
                "minzoom": first,
                "maxzoom": last,
                "layout": {
                    "text-field": ["get", "name"],
                    "text-font": SEMIBOLD if level <= 2 else REGULAR,
                    "text-size": size,
                    "text-max-width": 8,
                    "text-padding": 3,
                },
                "paint": {
                    "text-color": "#2A333B" if level <= 3 else "#4A545D",
                    "text-halo-color": LAND,
                    "text-halo-width": 2,
                    "text-opacity": ["interpolate", ["linear"], ["zoom"], fade_from, 1, last, 0.4],
                },
            }
        )
    return layers


def _counts(late: str) -> list[Json]:
    """Open cases by unit, while single points would be too many: a disc above the unit's name."""
    title = {"zh": "在办件数", "en": "Open cases by unit"}
    legend = [{"label": title, "swatch": {"shape": "count", "text": "12"}}]
    layers = []
    halo = {"text-halo-color": "#FFFFFF", "text-halo-width": 1.6}
    for level, first, last in ((2, 0, 12), (3, 12, CASES_FROM)):
        feed = {"kind": "counts", "level": level}
        metadata = _metadata("count", title, legend, opens="unit", feed=feed, level=level)
        shown = {"filter": ["==", ["get", "level"], level], "minzoom": first, "maxzoom": last}
        size = ["sqrt", ["get", "open"]]
        radius = ["interpolate", ["linear"], size, 0, 10, 12, 14, 30, 18]
        disc = {
            "circle-radius": radius,
            "circle-color": INK,
            "circle-opacity": 0.92,
            "circle-stroke-color": "#FFFFFF",
            "circle-stroke-width": 1.5,
            "circle-translate": ABOVE_NAME,
        }
        number = {
            "text-field": ["to-string", ["get", "open"]],
            "text-font": SEMIBOLD,
            "text-size": 13,
            "text-offset": [0, ABOVE_NAME[1] / 13],
            "text-overlap": "always",
            "text-padding": 5,
        }
        beside: list[Any] = ["interpolate", ["linear"], size]
        for root, ems in ((0, 1.1), (12, 1.4), (30, 1.7)):
            beside += [root, ["literal", [ems, ABOVE_NAME[1] / 12]]]
        overdue = {
            "text-field": ["concat", late, ["to-string", ["get", "overdue"]]],
            "text-font": SEMIBOLD,
            "text-size": 12,
            "text-anchor": "left",
            "text-offset": beside,
        }
        some = ["all", shown["filter"], [">", ["get", "overdue"], 0]]
        layers += [
            _layer(f"count-{level}", "circle", "count", metadata, paint=disc) | shown,
            _layer(f"count-{level}-number", "symbol", "count", metadata)
            | {"layout": number, "paint": {"text-color": "#FFFFFF"}}
            | shown,
            _layer(f"count-{level}-overdue", "symbol", "count", metadata)
            | {"layout": overdue, "paint": {"text-color": INK} | halo}
            | shown
            | {"filter": some},
        ]
    return layers


def _cases() -> Json:
    """One mark a case: hue and shape say the kind, the filling says the stage."""
    title = {"zh": "在办案件", "en": "Open cases"}
    legend: list[Json] = [
        {"label": words, "swatch": {"shape": "mark", "kind": kind, "stage": "any"}}
        for kind, words in KINDS
    ]
    legend += [
        {"label": words, "swatch": {"shape": "mark", "kind": "none", "stage": stage}}
        for stage, words in STAGES
    ]
    late = {"shape": "mark", "kind": "none", "stage": "handle", "late": True}
    legend.append({"label": {"zh": "超期", "en": "Overdue"}, "swatch": late})
    metadata = _metadata("case", title, legend, opens="case", live=True)
    return _layer("case", "symbol", "case", metadata, minzoom=CASES_FROM) | {
        "layout": {
            "icon-image": MARK,
            "icon-overlap": "always",
            "icon-size": ["interpolate", ["linear"], ["zoom"], CASES_FROM, 0.75, 17, 1],
            "symbol-sort-key": ["-", 0, ["number", ["get", "urgency"], 9]],
        }
    }


def _pin() -> list[Json]:
    """The place in hand: the open case, or the position being reported."""
    title = {"zh": "当前位置", "en": "Place in hand"}
    legend = [{"label": title, "swatch": {"shape": "ring", "color": FOCUS}}]
    ring = {
        "circle-radius": 19,
        "circle-color": NO_COLOUR,
        "circle-stroke-color": FOCUS,
        "circle-stroke-width": 3,
    }
    metadata = _metadata("pin", title, legend, fixed=True, feed={"kind": "pin"})
    is_case = ["has", "stage"]
    mark = {"icon-image": MARK, "icon-overlap": "always"}
    cross = {"icon-image": "cross", "icon-overlap": "always"}
    return [
        _layer("pin-ring", "circle", "pin", metadata, paint=ring),
        _layer("pin-mark", "symbol", "pin", metadata, filter=is_case, layout=mark),
        _layer("pin-cross", "symbol", "pin", metadata, filter=["!", is_case], layout=cross),
    ]


if __name__ == "__main__":
    arguments = [*sys.argv[1:], "zh", "1"][:2]
    print(json.dumps(style(arguments[0], int(arguments[1])), ensure_ascii=False, indent=1))
