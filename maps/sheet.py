"""One map as one HTML file that opens without a network: ground, layers, legends, notice."""

import html
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import folium
import geopandas as gpd
import shapely
from branca.element import Element, MacroElement
from folium.template import Template
from sqlalchemy.orm import Session

from gridsvc import unitshapes
from gridsvc.errors import Lang
from gridsvc.geo import SRID
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District, Edition
from gridsvc.themes import Shade, Theme, classed, colours, written
from gridsvc.words import Words
from maps.style import FAMILIES, LAND, OUTSIDE

# Pixels from the left and from the right that the panel and the choice of layers may cover.
PANEL_PX, CHOICE_PX = 396, 200
HATCH = "url(#no-data)"
STREET, COMMUNITY = 2, 3
# About 10 cm: finer corners only make a file longer.
GRAIN = 1e-6
# More points than this are drawn without what each of them says, and to about 10 m.
MOST_TOLD, COARSE = 5_000, 1e-4
UNTOLD = "#9AA3AB"


class Sheet:
    """A folium map with its legends, built so that nothing is loaded from elsewhere."""

    def __init__(self, session: Session, facts: Snapshot, now: datetime, lang: Lang) -> None:
        self.lang, self.now = lang, now.astimezone(facts.rules.calendar.zone)
        self.district = session.get_one(District, facts.district)
        self.edition = session.get_one(Edition, (facts.district, facts.grid.edition))
        self.map = folium.Map(
            tiles=None, zoom_control=True, attribution_control=False, zoom_snap=0.25
        )
        # folium would link six libraries on other people's servers.
        self.map.default_js, self.map.default_css = [], []
        self.legends: list[str] = []
        self._lay_ground(*(_units(session, facts, level) for level in (COMMUNITY, STREET)))

    def _lay_ground(self, communities: gpd.GeoDataFrame, streets: gpd.GeoDataFrame) -> None:
        """Land below what is added later; borders and names of streets above it."""
        west, south, east, north = streets.total_bounds
        self.map.fit_bounds(
            [[south, west], [north, east]],
            padding_top_left=(PANEL_PX, 20),
            padding_bottom_right=(CHOICE_PX, 20),
        )
        folium.map.CustomPane("above", z_index=450, pointer_events=False).add_to(self.map)
        ground = {"fillColor": LAND, "fillOpacity": 1, "color": "#9AA3AB", "weight": 0.6}
        borders = {"fill": False, "color": "#5A646D", "weight": 1.3}
        for frame, look, pane in (
            (communities, ground, "overlayPane"),
            (streets, borders, "above"),
        ):
            folium.GeoJson(
                frame[["geometry"]].to_json(),
                style_function=lambda _, look=look: look,
                control=False,
                interactive=False,
                pane=pane,
            ).add_to(self.map)
        self.map.add_child(Names(streets))

    def add(self, theme: Theme) -> None:
        """A layer and its legend for each shade; the first is shown, the others can be chosen."""
        if not theme.rows:
            return
        if len(theme.rows) > MOST_TOLD and (shapely.get_dimensions(theme.shapes) == 0).all():
            return self._add_dots(theme)
        told = gpd.GeoDataFrame(
            {
                column.name: [written(row[column.name], column, self.lang) for row in theme.rows]
                for column in theme.columns
            },
            geometry=shapely.set_precision(theme.shapes, GRAIN),
            crs=SRID,
        )
        aliases = [column.title.say(self.lang) for column in theme.columns]
        for shade in theme.shades:
            title, first = shade.title.say(self.lang), not self.legends
            folium.GeoJson(
                told.assign(fill=_fills(theme, shade)).to_json(),
                name=title,
                overlay=False,
                show=first,
                style_function=_style,
                marker=folium.CircleMarker(radius=5, fill=True),
                tooltip=folium.GeoJsonTooltip(list(told.columns[:-1]), aliases=aliases),
            ).add_to(self.map)
            few = any(row.get("small") for row in theme.rows)
            self.legends.append(_legend(title, shade, self.lang, first, few))

    def _add_dots(self, theme: Theme) -> None:
        """The same for so many points that a file with what each says would be too large: one
        shape a colour, and the table for the rest."""
        for shade in theme.shades:
            title, first = shade.title.say(self.lang), not self.legends
            dots = gpd.GeoDataFrame(
                {"fill": _fills(theme, shade)},
                geometry=shapely.set_precision(theme.shapes, COARSE),
                crs=SRID,
            )
            folium.GeoJson(
                dots.dissolve("fill", as_index=False).to_json(),
                name=title,
                overlay=False,
                show=first,
                style_function=_dotted,
                marker=folium.CircleMarker(radius=3, fill=True),
                interactive=False,
            ).add_to(self.map)
            few = any(row.get("small") for row in theme.rows)
            self.legends.append(_legend(title, shade, self.lang, first, few))

    def html(self, title: Words, lead: Words, note: Words) -> str:
        """The whole document."""
        figure: Any = self.map.get_root()
        if len(self.legends) > 1:
            folium.LayerControl(collapsed=False).add_to(self.map)
            self.map.add_child(LegendOfLayer())  # type: ignore[no-untyped-call]
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
            f"<h1><small>{html.escape(name)}</small>{html.escape(title.say(lang))}</h1>",
            f'<p class="notice">{html.escape(notice)}</p>' if notice else "",
            f"<p>{html.escape(lead.say(lang))}</p>",
            *self.legends,
            f'<p class="small">{html.escape(note.say(lang))}</p>',
            f'<p class="small">{edition} {self.edition.no}; {made} {self.now:%Y-%m-%d %H:%M}; '
            f"{html.escape(self.edition.attribution)}; Leaflet</p>",
            "</section>",
        ]
        return "".join(parts)


class Names(MacroElement):
    """Names of units on the map. folium's own markers would first fetch a picture of a pin."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        {{ this.names|tojson }}.forEach(function (name) {
            var icon = L.divIcon({html: name[2], iconSize: [0, 0], className: "unit-name"});
            L.marker([name[0], name[1]], {icon: icon, interactive: false, pane: "above"})
                .addTo({{ this._parent.get_name() }});
        });
        {% endmacro %}
    """)

    def __init__(self, units: gpd.GeoDataFrame) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        spots = [shapely.point_on_surface(shape) for shape in units.geometry]
        self.names = [
            [round(spot.y, 5), round(spot.x, 5), f"<b>{html.escape(name)}</b>"]
            for spot, name in zip(spots, units["name"], strict=True)
        ]


class LegendOfLayer(MacroElement):
    """Of the legends only that of the chosen layer."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.on("baselayerchange", function (chosen) {
            document.querySelectorAll("#panel .legend").forEach(function (legend) {
                legend.hidden = legend.dataset.layer !== chosen.name;
            });
        });
        {% endmacro %}
    """)


def _style(feature: dict[str, Any]) -> dict[str, Any]:
    return {
        "fillColor": feature["properties"]["fill"],
        "fillOpacity": 1,
        "color": "#7B858E",
        "weight": 0.6,
    }


def _dotted(feature: dict[str, Any]) -> dict[str, Any]:
    """Without a line, which would cover the colour; a pattern would be lost on so small a dot."""
    fill = feature["properties"]["fill"]
    return {"fillColor": UNTOLD if fill == HATCH else fill, "fillOpacity": 0.9, "stroke": False}


def _fills(theme: Theme, shade: Shade) -> list[str]:
    """What each row is filled with; hatched where nothing can be said, or too little is known."""
    shown = [None if row.get("small") else row[shade.column] for row in theme.rows]
    return [colour or HATCH for colour in classed(shown, shade)]


def _units(session: Session, facts: Snapshot, level: int) -> gpd.GeoDataFrame:
    units = unitshapes.of_level(session, facts, level)
    shapes = shapely.set_precision(units.shapes, GRAIN)
    return gpd.GeoDataFrame({"name": units.names}, geometry=shapes, crs=SRID)


def _legend(title: str, shade: Shade, lang: Lang, shown: bool, few: bool) -> str:
    """Class limits in words, lowest first, and what the hatching means."""
    below, above = Words("少于{}", "under {}").say(lang), Words("{}及以上", "{} and more").say(lang)
    limits = [f"{limit:g}" for limit in shade.limits]
    between = [f"{low}–{high}" for low, high in pairwise(limits)]
    named = [html.escape(one.say(lang)) for one in shade.classes]
    labels = named or [below.format(limits[0]), *between, above.format(limits[-1])]
    swatches = [
        f'<li><i style="background:{colour}"></i>{label}</li>'
        for colour, label in zip(colours(shade), labels, strict=True)
    ]
    hatched = shade.empty.say(lang)
    if few:
        hatched += Words("；件数过少", "; too few cases").say(lang)
    swatches.append(f'<li><i class="hatched"></i>{html.escape(hatched)}</li>')
    head = f"{html.escape(title)} <small>{html.escape(shade.unit.say(lang))}</small>"
    return (
        f'<div class="legend" data-layer="{html.escape(title)}"{"" if shown else " hidden"}>'
        f"<h2>{head}</h2><ul>{''.join(swatches)}</ul></div>"
    )


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
    f"html,body{{height:100%;margin:0;background:{OUTSIDE};color:#1F2933;"
    f"font:14px/1.6 {FONTS},sans-serif}}"
    f".folium-map{{position:absolute;inset:0;background:{OUTSIDE}}}"
    "#panel{position:absolute;z-index:1000;left:56px;top:12px;width:320px;"
    "max-height:calc(100vh - 24px);overflow:auto;background:#fff;padding:12px 16px;"
    "border:1px solid #BBC2C8;border-radius:4px;box-sizing:border-box}"
    "#panel h1{font-size:18px;line-height:1.4;margin:0 0 6px}"
    "#panel h1 small{display:block;font-size:14px;font-weight:400}"
    "#panel h2{font-size:14px;margin:10px 0 2px}#panel h2 small{font-weight:400;color:#5B6770}"
    "#panel p{margin:4px 0}#panel .small{font-size:12px;color:#5B6770}"
    "#panel .notice{background:#FFF4D6;padding:2px 8px;border-left:3px solid #C77700}"
    "#panel ul{list-style:none;margin:0;padding:0;columns:2}#panel li{break-inside:avoid}"
    "#panel i{display:inline-block;width:22px;height:12px;margin-right:6px;"
    "border:1px solid #9AA3AB;vertical-align:-1px}"
    ".leaflet-container{font:inherit}"
    ".leaflet-control-layers label{margin:4px 0}.leaflet-control-layers-expanded{padding:8px 12px}"
    ".unit-name b{position:absolute;transform:translate(-50%,-50%);white-space:nowrap;"
    "font-size:12px;font-weight:600;color:#2A333B;"
    "text-shadow:0 0 2px #fff,0 0 2px #fff,0 0 4px #fff,0 0 4px #fff}"
    ".hatched{background:repeating-linear-gradient(45deg,#F4F5F2 0 3px,#9AA3AB 3px 5px)}"
)
