"""Themes as files to hand on: a map in one HTML file, a picture, a workbook, a GeoPackage, GeoJSON.

All hold the same rows.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import geopandas as gpd
from sqlalchemy.orm import Session

from gridsvc import themeblocks, unitshapes
from gridsvc.documents import formats
from gridsvc.documents.blocks import Block, Document, Heading, Paragraph
from gridsvc.documents.formats import Format
from gridsvc.errors import Lang
from gridsvc.geo import SRID
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District, Edition
from gridsvc.themes import Theme
from gridsvc.words import Words
from maps.sheet import STREET, Sheet


class Form(StrEnum):
    HTML = "html"
    PNG = "png"
    XLSX = "xlsx"
    GEOPACKAGE = "gpkg"
    GEOJSON = "geojson"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    Form.HTML: "text/html; charset=utf-8",
    Form.PNG: "image/png",
    Form.XLSX: Format.XLSX.media_type,
    Form.GEOPACKAGE: "application/geopackage+sqlite3",
    Form.GEOJSON: "application/geo+json",
}


class Desk(NamedTuple):
    """What a file says of where it comes from."""

    session: Session
    facts: Snapshot
    now: datetime
    lang: Lang


def write(theme: Theme, form: Form, desk: Desk) -> bytes:
    """The theme as a file. Raises NoFont."""
    match form:
        case Form.HTML:
            return html([theme], theme.title, theme.note, desk).encode()
        case Form.PNG:
            return png(theme, desk)
        case Form.XLSX:
            return xlsx(theme, desk)
        case Form.GEOPACKAGE:
            return geopackage(theme, desk.lang)
        case Form.GEOJSON:
            return str(frame(theme, desk.lang).to_json(drop_id=True)).encode()


def html(themes: Sequence[Theme], title: Words, lead: Words, desk: Desk) -> str:
    """Themes as layers of one map that opens offline; the notes of all below its legend."""
    sheet = Sheet(desk.session, desk.facts, desk.now, desk.lang)
    for theme in themes:
        sheet.add(theme)
    notes = list(dict.fromkeys(theme.note for theme in themes if theme.note != lead))
    note = Words(" ".join(one.zh for one in notes), " ".join(one.en for one in notes))
    return sheet.html(title, lead, note)


def png(theme: Theme, desk: Desk) -> bytes:
    """The theme's first shade as a picture, with the streets' names above it."""
    from gridsvc.documents.pictures import picture

    district = desk.session.get_one(District, desk.facts.district)
    streets = unitshapes.of_level(desk.session, desk.facts, STREET)
    named = list(zip(streets.names, streets.shapes, strict=True))
    block = themeblocks.map_(theme, theme.shades[0], district.metric_srid, desk.lang, named)
    return picture(block, "png")


def xlsx(theme: Theme, desk: Desk) -> bytes:
    """The theme's table with its note and its source."""
    lang = desk.lang
    district = desk.session.get_one(District, desk.facts.district)
    edition = desk.session.get_one(Edition, (district.code, desk.facts.grid.edition))
    at = desk.now.astimezone(desk.facts.rules.calendar.zone)
    notice = district.notice_zh if lang == "zh" else district.notice_en
    name = district.name_zh if lang == "zh" else district.name_en
    title = theme.title.say(lang)
    blocks: list[Block] = [
        Heading(title),
        *([Paragraph(notice)] if notice else []),
        themeblocks.table(theme, lang),
    ]
    footing = f"{edition.attribution}; {Words('网格版本', 'grid edition').say(lang)} {edition.no}"
    document = Document(title, f"{at:%Y-%m-%d %H:%M}", name, footing, blocks, lang)
    return formats.write(document, Format.XLSX, at)


def geopackage(theme: Theme, lang: Lang) -> bytes:
    """The theme as the one layer of a GeoPackage, in EPSG:4326."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{theme.code}.gpkg"
        frame(theme, lang).to_file(path, layer=theme.code, driver="GPKG", engine="pyogrio")
        return path.read_bytes()


def frame(theme: Theme, lang: Lang) -> gpd.GeoDataFrame:
    """The theme's columns by their short names, texts in one language."""
    data = {
        column.name: [_plain(row[column.name], lang) for row in theme.rows]
        for column in theme.columns
    }
    if any(row.get("small") for row in theme.rows):
        data["small"] = [bool(row.get("small")) for row in theme.rows]
    return gpd.GeoDataFrame(data, geometry=list(theme.shapes), crs=SRID)


def _plain(value: Any, lang: Lang) -> Any:
    return value.say(lang) if isinstance(value, Words) else value
