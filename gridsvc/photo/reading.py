"""From a photo's bytes to what it says of itself: its format, size, time and place.

JPEG, PNG, WebP and HEIC. Whatever the bytes are, the outcome is a Photo or one of the project's
errors, never a crash.
"""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any, NamedTuple

import pillow_heif
from PIL import Image, UnidentifiedImageError

from gridsvc.datum import Datum
from gridsvc.errors import (
    GridError,
    PhotoFormatRefused,
    PhotoTooLarge,
    PhotoTooManyPixels,
    PhotoUnreadable,
)
from gridsvc.geo import LonLat
from gridsvc.photo import position

MOST_BYTES = 20_000_000
# A JPEG is decoded at a fraction of its size, so that the largest phones' photos are welcome.
MOST_PIXELS = {"JPEG": 120_000_000, "PNG": 50_000_000, "WEBP": 50_000_000, "HEIF": 50_000_000}
FORMATS = tuple(MOST_PIXELS)
NAMES = "JPEG, PNG, WebP, HEIC"
EXIF, GPS, ORIENTATION = 0x8769, 0x8825, 0x0112
TAKEN, TAKEN_ZONE = 0x9003, 0x9011
SIDEWAYS = (5, 6, 7, 8)

pillow_heif.register_heif_opener()
# Our own limits come first and are lower.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)
# Damaged tags are the sender's: they become a reason, and need not fill the service's log.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.TiffImagePlugin")
# A hundred photos at once may not take the memory of a hundred decoded photos.
_decoding = BoundedSemaphore(2)


class Photo(NamedTuple):
    """What a photo says. Width and height are as it is looked at, in pixels.

    Without a `point` (WGS 84) there is a `reason`, a code of the terms photo_reason.
    """

    format: str
    width: int
    height: int
    taken_at: datetime | None
    point: LonLat | None
    reason: str | None
    datum: Datum
    accuracy_m: float | None
    heading: float | None


def read(data: bytes, zone: tzinfo, datum: Datum | None = None) -> Photo:
    """The photo's own words; `zone` is where its clock is taken to be if it names none.

    `datum` is what the sender knows of the coordinates, else what the photo says, else WGS 84.
    Raises PhotoTooLarge, PhotoFormatRefused, PhotoTooManyPixels, PhotoUnreadable.
    """
    with opened(data) as image:
        tags, size = _tags(image), image.size
        kind = kind_of(image)
    place = position.Position(reason="unreadable_exif")
    if tags is not None:
        place = position.read(tags.gps, datum) if tags.any else position.Position(reason="no_exif")
    sideways = tags is not None and tags.base.get(ORIENTATION) in SIDEWAYS
    width, height = size[::-1] if sideways else size
    return Photo(
        kind,
        width,
        height,
        _taken(tags.exif, zone) if tags else None,
        place.point,
        place.reason,
        place.datum,
        place.accuracy_m,
        place.heading,
    )


def kind_of(image: Image.Image) -> str:
    """The format's name; a JPEG that carries further pictures (MPO) is a JPEG."""
    return "JPEG" if image.format == "MPO" else str(image.format)


class Tags(NamedTuple):
    """The three blocks of EXIF that matter here, by tag number."""

    base: dict[int, Any]
    exif: dict[int, Any]
    gps: dict[int, Any]

    @property
    def any(self) -> bool:
        return bool(self.base or self.exif or self.gps)


def _tags(image: Image.Image) -> Tags | None:
    """What EXIF says, or None where it cannot be read; the picture may be whole all the same."""
    try:
        found = image.getexif()
        return Tags(dict(found), dict(found.get_ifd(EXIF)), dict(found.get_ifd(GPS)))
    except Exception:
        return None


def _taken(exif: dict[int, Any], zone: tzinfo) -> datetime | None:
    """When the shutter was pressed, or None where that is not said or makes no sense."""
    said, offset = exif.get(TAKEN), exif.get(TAKEN_ZONE)
    try:
        local = datetime.strptime(str(said).strip(" \0"), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        return local.replace(tzinfo=_offset(str(offset)) or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(said: str) -> tzinfo | None:
    found = re.fullmatch(r"([+-])(\d\d):(\d\d)", said.strip(" \0"))
    if not found:
        return None
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-away if found[1] == "-" else away)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The image, within the limits and not yet decoded; whatever fails inside is PhotoUnreadable.

    Decoders raise anything at all on hostile bytes, hence the broad except.
    """
    if len(data) > MOST_BYTES:
        raise PhotoTooLarge(most=MOST_BYTES // 1_000_000)
    with _decoding:
        try:
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                _check_pixels(image.width * image.height, MOST_PIXELS[kind_of(image)])
                yield image
        except GridError:
            raise
        except UnidentifiedImageError:
            raise _unidentified(data) from None
        except Image.DecompressionBombError:
            raise PhotoTooManyPixels(most=max(MOST_PIXELS.values()) // 1_000_000) from None
        except Exception:
            raise PhotoUnreadable() from None


def _check_pixels(pixels: int, most: int) -> None:
    if pixels > most:
        raise PhotoTooManyPixels(most=most // 1_000_000)


# How files of the accepted formats begin.
BEGINNINGS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|RIFF....WEBP|....ftyp(hei|hev|mif1|msf1)", re.S)


def _unidentified(data: bytes) -> GridError:
    """Damaged where it begins as a known format does, strange where it does not."""
    return PhotoUnreadable() if BEGINNINGS.match(data) else PhotoFormatRefused(known=NAMES)
