"""Themes of many points stay files that can be sent on, and every one of them is drawn."""

import json
import re

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc import snapshot, themeblocks
from gridsvc.themes import Column, Shade, Theme
from gridsvc.words import Words
from maps import themes
from maps.sheet import MOST_TOLD
from maps.themes import Desk, Form
from tests.conftest import NOON, lay_town

NAME = Words("名称", "Name")
SHADE = Shade("value", NAME, (1, 2), Words("个", "pieces"), Words("无", "none"))


def many(count: int) -> Theme:
    rng = np.random.default_rng(1)
    rows = [{"name": f"n{n}", "value": None if n % 10 == 0 else float(n % 3)} for n in range(count)]
    places = rng.uniform((102.0, 24.97), (102.03, 25.0), (count, 2))
    columns = (Column("name", NAME), Column("value", NAME, 1))
    points = np.asarray(shapely.points(places), dtype=object)
    return Theme("many", NAME, NAME, columns, rows, points, (SHADE,))


def test_many_points_are_one_shape_a_colour(session: Session) -> None:
    desk = Desk(session, snapshot.current(session, lay_town(session).code), NOON, "zh")
    page = themes.write(many(MOST_TOLD + 3_000), Form.HTML, desk)
    assert len(page) < 3_000_000
    found = re.findall(r'\{"features".*?"FeatureCollection"\}', page.decode())
    drawn = [json.loads(one) for one in found]
    shapes = [one for layer in drawn for one in layer["features"]]
    dots = [one for one in shapes if one["geometry"]["type"] == "MultiPoint"]
    assert len(dots) == 4
    assert sum(len(one["geometry"]["coordinates"]) for one in dots) > 0.9 * MOST_TOLD
    few = themes.write(many(100), Form.HTML, desk).decode()
    assert "n99" in few and '"type": "MultiPoint"' not in few
    assert themes.write(many(MOST_TOLD + 1), Form.PNG, desk).startswith(b"\x89PNG")


def test_a_picture_leaves_out_only_what_it_cannot_show() -> None:
    theme = many(themeblocks.MANY + 1_000)
    block = themeblocks.map_(theme, SHADE, 4543, "zh")
    assert len(block.areas) < len(theme.rows)
    assert {area.value for area in block.areas} == {None, 0.0, 1.0, 2.0}
    whole = themeblocks.map_(many(500), SHADE, 4543, "zh")
    assert len(whole.areas) == 500
