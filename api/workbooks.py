"""Workbooks over HTTP: taken as the body of a request, given as a download."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import Request, Response

from gridsvc.errors import BadInput

MOST_BYTES = 10_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT: dict[str, Any] = {XLSX: {"schema": {"type": "string", "format": "binary"}}}
# For a route's `responses` and its `openapi_extra`.
FILE: dict[int | str, dict[str, Any]] = {200: {"content": CONTENT}}
BODY: dict[str, Any] = {"requestBody": {"required": True, "content": CONTENT}}


async def taken(request: Request) -> bytes:
    """The body of the request. Raises BadInput as soon as it is more than MOST_BYTES."""
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            raise BadInput(
                zh=f"表格超过{most} MB，没有写入。",
                en=f"The workbook is larger than {most} MB. Nothing was written.",
            )
    return bytes(data)


def given(name: str, write: Callable[[Path], object]) -> Response:
    """What `write` makes, as a file of that name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return Response(
            path.read_bytes(),
            media_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
