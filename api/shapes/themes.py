"""How a theme is answered: its rows as GeoJSON, and how they are shown."""

from typing import Any

import numpy as np
import orjson
import shapely
from pydantic import BaseModel, Field

from api.shapes.base import WordsOut
from gridsvc.themes import Theme, colours
from gridsvc.words import Words

# About a metre: what a map shows from afar.
DIGITS = 5


class ThemeColumn(BaseModel):
    name: str
    title: WordsOut
    digits: int | None = Field(description="digits after the point; null: no number")


class ThemeShade(BaseModel):
    """Classes of one column: a limit belongs to the class above it."""

    column: str
    title: WordsOut
    limits: list[float]
    colours: list[str] = Field(description="one more than limits")
    unit: WordsOut
    empty: WordsOut = Field(description="what a hatched place means")
    around: bool
    classes: list[WordsOut] = Field(description="what the classes are called; empty: their limits")


class ThemeOut(BaseModel):
    code: str
    title: WordsOut
    note: WordsOut
    columns: list[ThemeColumn]
    shades: list[ThemeShade]
    features: dict[str, Any] = Field(
        description="FeatureCollection; properties hold every column, `no`, and `small` where the "
        "place was counted from too few"
    )


def theme_out(theme: Theme) -> dict[str, Any]:
    """What ThemeOut describes."""
    # Rounded, not snapped: thousands of hexagons need no repair, and snapping takes ten times as
    # long.
    rounded = shapely.transform(theme.shapes, lambda xy: np.round(xy, DIGITS))
    shapes = shapely.to_geojson(rounded)
    return {
        "code": theme.code,
        "title": theme.title.both,
        "note": theme.note.both,
        "columns": [one._asdict() | {"title": one.title.both} for one in theme.columns],
        "shades": [
            one._asdict()
            | {"title": one.title.both, "unit": one.unit.both, "empty": one.empty.both}
            | {"limits": list(one.limits), "colours": colours(one)}
            | {"classes": [words.both for words in one.classes]}
            for one in theme.shades
        ],
        "features": {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": orjson.loads(shape),
                    "properties": {"no": no, **{name: _told(value) for name, value in row.items()}},
                }
                for no, (row, shape) in enumerate(zip(theme.rows, shapes, strict=True))
            ],
        },
    }


def _told(value: Any) -> Any:
    return value.both if isinstance(value, Words) else value
