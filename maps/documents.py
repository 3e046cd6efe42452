"""folium documents that open offline in one file: coverage and response."""

import html
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from branca.element import Element
from sqlalchemy.orm import Session

from gridsvc import analytics
from gridsvc.errors import Lang
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District, Edition
from gridsvc.words import Words
from maps import hexagons, outlines
from maps.style import FAMILIES, PUBU

HATCH = "url(#no-data)"
COVERAGE_LIMITS = (10.0, 20.0, 30.0, 50.0, 80.0)
RESPONSE_LIMITS = (8.0, 24.0, 48.0, 96.0, 168.0)
COUNT_LIMITS = (3.0, 10.0, 30.0, 100.0, 300.0)

COMMUNITY = 3


class Shade(NamedTuple):
    """How one figure is drawn: class limits, unit, and what an empty value means."""

    column: str
    limits: Sequence[float]
    unit: Words
    empty: Words


COVERAGE = Shade(
    "per_100_households",
    COVERAGE_LIMITS,
    Words("平方米/百户", "m² per 100 households"),
    Words("无数据", "No data"),
)
MEDIAN = Shade(
    "median_hours", RESPONSE_LIMITS, Words("小时", "hours"), Words("无办结案件", "No closed case")
)
COUNT = Shade("closed", COUNT_LIMITS, Words("件", "cases"), Words("无", "None"))


def coverage(session: Session, facts: Snapshot, now: datetime, lang: Lang = "zh") -> str:
    """Facility area per 100 households by community against the standard, as one HTML file."""
    figures = pd.DataFrame(analytics.coverage_by_unit(session, facts, COMMUNITY))
    shapes = outlines.of_level(session, facts.district, facts.grid.edition, COMMUNITY)
    drawn = shapes.merge(figures.drop(columns="name"), on="code", validate="1:1")
    drawn["value"] = [_figure(value, COVERAGE, lang) for value in drawn["per_100_households"]]
    drawn["verdict"] = [_verdict(met, lang) for met in drawn["met"]]
    drawn["households"] = [_whole(value) for value in drawn["households"]]
    drawn["area_m2"] = [_whole(value) for value in drawn["area_m2"]]
    fields = {
        "name": Words("社区", "Community"),
        "value": COVERAGE.unit,
        "verdict": Words("标准30", "Standard 30"),
        "households": Words("户数", "Households"),
        "area_m2": Words("设施面积（平方米）", "Facility area (m²)"),
    }
    document = _Document(session, facts, now, lang)
    title = Words("社区综合服务设施覆盖", "Coverage by community service facilities")
    document.add(title, drawn, COVERAGE, fields)
    known = figures["met"].notna()
    met = int(figures.loc[known, "met"].sum())
    lead = Words(
        f"{len(figures)}个社区中，{met}个达到每百户30平方米，{int(known.sum()) - met}个未达到，"
        f"{int((~known).sum())}个无数据。",
        f"Of {len(figures)} communities {met} reach 30 m² per 100 households, "
        f"{int(known.sum()) - met} do not, {int((~known).sum())} have no data.",
    )
    return document.html(title, lead, analytics.COVERAGE_NOTE)


def response(
    session: Session, facts: Snapshot, since: datetime, until: datetime, lang: Lang = "zh"
) -> str:
    """Median hours to close by hexagon and by community, and how many there were, as one file."""
    cells = hexagons.response(session, facts.district, since, until)
    figures = pd.DataFrame(
        analytics.response_by_unit(session, facts, COMMUNITY, since, until)
    ).drop(columns="name")
    shapes = outlines.of_level(session, facts.district, facts.grid.edition, COMMUNITY)
    communities = shapes.merge(figures, on="code", validate="1:1")
    fields = {
        "value": Words("办结时长中位数", "Median time to close"),
        "closed": Words("办结件数", "Closed cases"),
        "caution": Words("提示", "Note"),
    }
    document = _Document(session, facts, until, lang)
    for frame in (cells, communities):
        frame["value"] = [_figure(value, MEDIAN, lang) for value in frame["median_hours"]]
        frame["caution"] = [_caution(closed, lang) for closed in frame["closed"]]
    named = {"name": Words("社区", "Community")} | fields
    hexagon = Words("办结时长（六边形）", "Hours to close (hexagons)")
    document.add(hexagon, cells, MEDIAN, fields)
    document.add(
        Words("办结时长（社区）", "Hours to close (communities)"), communities, MEDIAN, named, False
    )
    document.add(
        Words("办结件数（六边形）", "Closed cases (hexagons)"), cells, COUNT, fields, False
    )
    title = Words("响应热力图", "Response heat map")
    day = "%Y-%m-%d"
    zone = facts.rules.calendar.zone
    begin, end = since.astimezone(zone).strftime(day), until.astimezone(zone).strftime(day)
    total = int(cells["closed"].sum())
    median = float(cells["median_hours"].median()) if len(cells) else float("nan")
    lead = Words(
        f"{begin}至{end}办结且有位置的案件{total:,}件。颜色越深，从上报到核实结项用时越长"
        f"（各六边形中位数的中位数为{_figure(median, MEDIAN, 'zh')}）。",
        f"{total:,} cases with a place were closed from {begin} to {end}. The darker, the longer "
        f"from report to verified closing (median over hexagons: {_figure(median, MEDIAN, 'en')}).",
    )
    return document.html(title, lead, analytics.RESPONSE_NOTE)


class _Document:
    """A folium map with its legends, built so that nothing is loaded from elsewhere."""

    def __init__(self, session: Session, facts: Snapshot, now: datetime, lang: Lang) -> None:
        self.lang, self.now = lang, now.astimezone(facts.rules.calendar.zone)
        self.district = session.get_one(District, facts.district)
        self.edition = session.get_one(Edition, (facts.district, facts.grid.edition))
        self.map = folium.Map(tiles=None, zoom_control=True, attribution_control=False)
        # folium would link six libraries on other people's servers.
        self.map.default_js, self.map.default_css = [], []
        self.legends: list[str] = []

    def add(
        self,
        title: Words,
        frame: gpd.GeoDataFrame,
        shade: Shade,
        fields: dict[str, Words],
        show: bool = True,
    ) -> None:
        """One switchable layer and its legend."""
        said = title.say(self.lang)
        if frame.empty:
            return
        drawn = frame[["geometry", *fields]].copy()
        drawn["fill"] = [_colour(value, shade.limits) for value in frame[shade.column]]
        folium.GeoJson(
            drawn.to_json(),
            name=said,
            show=show,
            style_function=_style,
            tooltip=folium.GeoJsonTooltip(
                list(fields), aliases=[words.say(self.lang) for words in fields.values()]
            ),
        ).add_to(self.map)
        west, south, east, north = frame.total_bounds
        self.map.fit_bounds([[south, west], [north, east]])
        self.legends.append(_legend(said, shade, self.lang))

    def html(self, title: Words, lead: Words, note: Words) -> str:
        """The whole document."""
        folium.LayerControl(collapsed=False).add_to(self.map)
        figure: Any = self.map.get_root()
        figure.title = title.say(self.lang)
        # First in the head: folium's own script needs Leaflet to be there.
        head = f"<style>{_leaflet('css')}{STYLE}</style><script>{_leaflet('js')}</script>"
        figure.header.add_child(Element(head), name="leaflet", index=0)
        figure.html.add_child(Element(self._panel(title, lead, note)))
        return str(figure.render())

    def _panel(self, title: Words, lead: Words, note: Words) -> str:
        lang = self.lang
        name = self.district.name_zh if lang == "zh" else self.district.name_en
        notice = self.district.notice_zh if lang == "zh" else self.district.notice_en
        made = Words("制图时间", "Made").say(lang)
        edition = Words("网格版本", "Grid edition").say(lang)
        parts = [
            HATCHING,
            '<section id="panel">',
            f"<h1>{html.escape(name)} {html.escape(title.say(lang))}</h1>",
            f'<p class="notice">{html.escape(notice)}</p>' if notice else "",
            f"<p>{html.escape(lead.say(lang))}</p>",
            *self.legends,
            f'<p class="small">{html.escape(note.say(lang))}</p>',
            f'<p class="small">{edition} {self.edition.no}; {made} {self.now:%Y-%m-%d %H:%M}; '
            f"{html.escape(self.edition.attribution)}; Leaflet</p>",
            "</section>",
        ]
        return "".join(parts)


def _style(feature: dict[str, Any]) -> dict[str, Any]:
    return {
        "fillColor": feature["properties"]["fill"],
        "fillOpacity": 0.85,
        "color": "#5A646D",
        "weight": 0.7,
    }


def _colour(value: Any, limits: Sequence[float]) -> str:
    return HATCH if pd.isna(value) else PUBU[int(np.searchsorted(limits, value, side="right"))]


def _legend(title: str, shade: Shade, lang: Lang) -> str:
    """Class limits in words, lowest first, and what the hatching means."""
    below, above = Words("少于{}", "under {}").say(lang), Words("{}及以上", "{} and more").say(lang)
    limits = [f"{limit:g}" for limit in shade.limits]
    between = [f"{low}–{high}" for low, high in pairwise(limits)]
    labels = [below.format(limits[0]), *between, above.format(limits[-1])]
    swatches = [
        f'<li><i style="background:{colour}"></i>{label}</li>'
        for colour, label in zip(PUBU, labels, strict=True)
    ]
    swatches.append(f'<li><i class="hatched"></i>{html.escape(shade.empty.say(lang))}</li>')
    unit = html.escape(shade.unit.say(lang))
    return f"<h2>{html.escape(title)} <small>{unit}</small></h2><ul>{''.join(swatches)}</ul>"


def _figure(value: Any, shade: Shade, lang: Lang) -> str:
    return shade.empty.say(lang) if pd.isna(value) else f"{value:,.1f} {shade.unit.say(lang)}"


def _whole(value: Any) -> str:
    return "—" if pd.isna(value) else f"{value:,.0f}"


def _verdict(met: Any, lang: Lang) -> str:
    if pd.isna(met):
        return Words("无法判断", "Cannot tell").say(lang)
    return (Words("达到", "Met") if met else Words("未达到", "Not met")).say(lang)


def _caution(closed: int, lang: Lang) -> str:
    few = Words(
        f"不足{analytics.SMALL}件，仅供参考", f"Fewer than {analytics.SMALL}: read with care"
    )
    return few.say(lang) if closed < analytics.SMALL else "—"


@cache
def _leaflet(ending: str) -> str:
    """Leaflet's own file; pictures that its style sheet would fetch are left out."""
    text = files("maps").joinpath("vendor", "leaflet", f"leaflet.{ending}").read_text("utf-8")
    for name in ("layers.png", "layers-2x.png", "marker-icon.png"):
        text = text.replace(f"url(images/{name})", "none") if ending == "css" else text
    return text


HATCHING = """
<svg width="0" height="0" style="position:absolute"><defs>
<pattern id="no-data" width="6" height="6" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)"><rect width="6" height="6" fill="#F4F5F2"/>
<line x1="0" y1="0" x2="0" y2="6" stroke="#9AA3AB" stroke-width="2"/></pattern>
</defs></svg>
"""

FONTS = ",".join(f'"{family}"' for family in FAMILIES)
STYLE = (
    "html,body{height:100%;margin:0;background:#E4E7E3;color:#1F2933;"
    f"font:14px/1.6 {FONTS},sans-serif}}"
    ".folium-map{position:absolute;inset:0;background:#E4E7E3}"
    "#panel{position:absolute;z-index:1000;left:56px;top:12px;width:320px;max-height:92vh;"
    "overflow:auto;background:#fff;padding:12px 16px;border:1px solid #BBC2C8;"
    "border-radius:4px;box-sizing:border-box}"
    "#panel h1{font-size:18px;line-height:1.4;margin:0 0 6px}"
    "#panel h2{font-size:14px;margin:10px 0 2px}#panel h2 small{font-weight:400;color:#5B6770}"
    "#panel p{margin:4px 0}#panel .small{font-size:12px;color:#5B6770}"
    "#panel .notice{background:#FFF4D6;padding:2px 8px;border-left:3px solid #C77700}"
    "#panel ul{list-style:none;margin:0;padding:0;columns:2}#panel li{break-inside:avoid}"
    "#panel i{display:inline-block;width:22px;height:12px;margin-right:6px;"
    "border:1px solid #9AA3AB;vertical-align:-1px}"
    ".hatched{background:repeating-linear-gradient(45deg,#F4F5F2 0 3px,#9AA3AB 3px 5px)}"
)
