"""Themes over HTTP: as JSON for the console, or as a file to hand on."""

from typing import Annotated, Any

import orjson
from fastapi import Query, Response

from api.shapes.themes import ThemeOut, theme_out
from gridsvc.themes import Theme
from maps import themes
from maps.themes import MEDIA_TYPES, Desk, Form

# For a route's parameters: without it the answer is JSON.
Wanted = Annotated[Form | None, Query(alias="format", description="a file instead of JSON")]
# For a route's `responses`.
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": ThemeOut,
        "content": {
            form.split(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for form in MEDIA_TYPES.values()
        },
    }
}


def given(theme: Theme, form: Form | None, desk: Desk) -> Response:
    """The theme as JSON, or as a file of its name in the wanted form."""
    if form is None:
        return Response(orjson.dumps(theme_out(theme)), media_type="application/json")
    named = f'attachment; filename="{theme.code}.{form.value}"'
    return Response(
        themes.write(theme, form, desk),
        media_type=form.media_type,
        headers={"Content-Disposition": named},
    )
