"""The HTTP application: the API under /api, tiles under /tiles, the console at /."""

import gc
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from api import errors
from api.routes import (
    admission,
    answers,
    assessments,
    cases,
    catalogue,
    circulars,
    coverage,
    duplicates,
    editions,
    events,
    facilities,
    health,
    heat,
    indicators,
    ledger,
    maps,
    messages,
    parties,
    photos,
    places,
    planreport,
    rates,
    reports,
    rules,
    session,
    settings,
    siting,
    standards,
    suggestions,
    units,
    walking,
)
from api.tiles import DESCRIBED, TileDoor
from gridsvc.config import CONSOLE_DIR

API_ROUTES = (
    reports,
    answers,
    photos,
    session,
    catalogue,
    circulars,
    coverage,
    duplicates,
    cases,
    events,
    facilities,
    units,
    places,
    editions,
    rules,
    admission,
    rates,
    assessments,
    messages,
    parties,
    suggestions,
    settings,
    standards,
    planreport,
    ledger,
    indicators,
    maps,
    walking,
    siting,
    heat,
    health,
)

# Bytes below which an answer is not worth compressing.
LEAST_SQUEEZED = 20_000

DESCRIPTION = """
Grid management and dispatch: a report finds its place in the five-level grid, its territorial
owner and its departments, and is followed to the reply.

Log in with `POST /api/session` (cookie), or send `Authorization: Bearer <token>`. Errors are
RFC 9457 problem details in Chinese, or in English with `Accept-Language: en`.
"""

# Nothing may be loaded from elsewhere; `blob:` is the map's own worker.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'"
)


def create_app(console: Path = CONSOLE_DIR) -> FastAPI:
    """The application; `console` is the folder of the built web client."""
    # A request makes few cycles and many objects; the default collects every 700 of them.
    gc.set_threshold(20_000, 20, 50)
    app = FastAPI(
        title="gridsvc",
        version=version("gridsvc"),
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(GZipMiddleware, minimum_size=LEAST_SQUEEZED, compresslevel=4)
    app.add_middleware(TileDoor)
    for module in API_ROUTES:
        app.include_router(module.router, prefix="/api")
    errors.install(app)
    _describe_tiles(app)
    _serve_docs(app)
    _serve_console(app, console)
    return app


def _describe_tiles(app: FastAPI) -> None:
    described = app.openapi

    def openapi() -> dict[str, Any]:
        document = described()
        document["paths"] |= DESCRIBED
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _serve_docs(app: FastAPI) -> None:
    @app.get("/api/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/api/openapi.json",
            title="gridsvc API",
            swagger_js_url="/docs/swagger-ui-bundle.js",
            swagger_css_url="/docs/swagger-ui.css",
            swagger_favicon_url="/favicon.svg",
        )


def _serve_console(app: FastAPI, folder: Path) -> None:
    """The built client, if there is one. Any other path is the client's own to route."""
    if not (folder / "index.html").is_file():
        return
    if (folder / "assets").is_dir():
        app.mount("/assets", StaticFiles(directory=folder / "assets"), "assets")
    if (folder / "docs").is_dir():
        app.mount("/docs", StaticFiles(directory=folder / "docs"), "docs")

    @app.get("/{path:path}", include_in_schema=False)
    def client(path: str, request: Request) -> Response:
        if path.startswith(("api/", "tiles/")):
            return errors.no_such_path(request)
        file = (folder / path).resolve()
        if path and file.is_file() and file.is_relative_to(folder.resolve()):
            return FileResponse(file)
        return FileResponse(
            folder / "index.html",
            headers={"Cache-Control": "no-cache", "Content-Security-Policy": POLICY},
        )
