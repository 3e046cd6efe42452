"""Photos: sent before the report that shows them, and shown to those who may read its case."""

from collections.abc import MutableMapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.deps import Look, Looking, Media, Now, identify
from api.shapes.base import ProblemOut
from api.shapes.reports import PhotoOut
from gridsvc import gallery
from gridsvc.datum import Datum
from gridsvc.errors import BadField, NotLoggedIn, PhotoTooLarge
from gridsvc.permit import Account, check
from gridsvc.photo.reading import MOST_BYTES

router = APIRouter(tags=["photos"])

# What a multipart body adds to the photo itself.
WRAPPING_BYTES = 20_000
JPEG = {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 413, 415, 422)
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["photo"],
                    "properties": {
                        "photo": {
                            "type": "string",
                            "format": "binary",
                            "description": "JPEG, PNG, WebP or HEIC, at most 20 MB",
                        },
                        "datum": {
                            "type": "string",
                            "enum": [one.value for one in Datum],
                            "description": "of the photo's coordinates, where the sender knows "
                            "that they are not WGS 84",
                        },
                    },
                }
            }
        },
    }
}


def who(request: Request, look: Look, now: Any) -> Account:
    with look() as asked:
        account = identify(request, asked, now)
    if account is None:
        raise NotLoggedIn()
    return account


async def sender(request: Request, look: Looking, now: Now) -> Account:
    """An account that may send photos; asked before the first byte of the photo is read."""
    account = await run_in_threadpool(who, request, look, now)
    check(account, "photo.send")
    return account


@router.post(
    "/photos", status_code=201, response_model=PhotoOut, responses=REFUSALS, openapi_extra=BODY
)
async def send(
    request: Request,
    account: Annotated[Account, Depends(sender)],
    look: Looking,
    now: Now,
    media: Media,
) -> dict[str, Any]:
    """Send one photo and hear what it says: its place or why it has none, its size, its time.

    The same photo sent again by the same account has the same id. Name the id in a report.
    """
    data, datum = await received(request)

    def keep() -> dict[str, Any]:
        with look() as asked:
            return gallery.keep(asked, account, data, datum, now, media)

    return await run_in_threadpool(keep)


async def received(request: Request) -> tuple[bytes, Datum | None]:
    """The photo's bytes and the stated datum; stops reading at the first byte too many."""
    left = MOST_BYTES + WRAPPING_BYTES
    too_large = PhotoTooLarge(most=MOST_BYTES // 1_000_000)
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > left:
        raise too_large

    async def counted() -> MutableMapping[str, Any]:
        nonlocal left
        message = await request.receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise too_large
        return message

    async with Request(request.scope, counted).form(max_files=1, max_fields=4) as form:
        sent, said = form.get("photo"), form.get("datum")
        if not isinstance(sent, UploadFile):
            raise BadField(
                field="photo",
                want={"zh": "以 multipart/form-data 发送一张照片", "en": "one file, multipart"},
            )
        if said and said not in list(Datum):
            raise BadField(field="datum", want=", ".join(Datum))
        return await sent.read(), Datum(str(said)) if said else None


@router.get(
    "/photos/{photo}",
    response_class=Response,
    responses={200: {"content": JPEG}, 404: {"model": ProblemOut}},
)
def one(
    photo: UUID,
    request: Request,
    look: Looking,
    now: Now,
    media: Media,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The photo as JPEG, upright, without what the original said of place and device."""
    return _served(photo, (request, look, now), media, if_none_match, small=False)


@router.get(
    "/photos/{photo}/thumbnail",
    response_class=Response,
    responses={200: {"content": JPEG}, 404: {"model": ProblemOut}},
)
def thumbnail(
    photo: UUID,
    request: Request,
    look: Looking,
    now: Now,
    media: Media,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The photo at no more than 320 pixels a side."""
    return _served(photo, (request, look, now), media, if_none_match, small=True)


def _served(
    photo: UUID, asking: tuple[Request, Look, Any], media: Any, known: str | None, small: bool
) -> Response:
    """The file, or 304. What an id shows never changes; who asks the server must be allowed to."""
    account = who(*asking)
    with asking[1]() as asked:
        found = gallery.picture(asked, account, photo, media, small)
    tag = f'"{found.sha256}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, max-age=86400, immutable",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
        "Content-Disposition": "inline",
    }
    if known and tag in known:
        return Response(status_code=304, headers=headers)
    return FileResponse(found.path, media_type="image/jpeg", headers=headers)
