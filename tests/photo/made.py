"""Photos made for tests: small pictures with just the EXIF that a test is about."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from gridsvc.photo import reading

# Reading knows of HEIC, and so does Pillow then.
assert reading.FORMATS

GPS, EXIF, ORIENTATION = 0x8825, 0x8769, 0x0112


def dms(degrees: float) -> tuple[IFDRational, ...]:
    """Degrees, minutes and seconds as cameras write them."""
    whole = abs(degrees)
    minutes = whole % 1 * 60
    seconds = round(minutes % 1 * 60 * 100_000)
    return (
        IFDRational(int(whole), 1),
        IFDRational(int(minutes), 1),
        IFDRational(seconds, 100_000),
    )


def gps(lon: float, lat: float, **more: Any) -> dict[int, Any]:
    """A whole GPS block."""
    numbers = {"datum": 18, "error": 31, "heading": 17}
    return {
        1: "S" if lat < 0 else "N",
        2: dms(lat),
        3: "W" if lon < 0 else "E",
        4: dms(lon),
    } | {numbers[name]: value for name, value in more.items()}


def exif(block: Mapping[int, Any] | None = None, taken: str = "", **base: Any) -> bytes:
    """The EXIF segment with a GPS block, the time of taking, and other tags of the first block."""
    made = Image.Exif()
    if "orientation" in base:
        made[ORIENTATION] = base["orientation"]
    if base.get("maker"):
        made[0x010F] = base["maker"]
    if block is not None:
        made.get_ifd(GPS).update(block)
        made[GPS] = dict(block)
    if taken:
        made[EXIF] = {0x9003: taken, 0x9011: base.get("offset", "")}
    return made.tobytes()


def picture(size: tuple[int, int] = (64, 40), mode: str = "RGB") -> Image.Image:
    """Red above left, blue elsewhere, so that turning it can be seen."""
    image = Image.new("RGB", size, (20, 40, 200))
    image.paste((220, 20, 20), (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def photo(
    kind: str = "JPEG",
    segment: bytes = b"",
    size: tuple[int, int] = (64, 40),
    mode: str = "RGB",
    **options: Any,
) -> bytes:
    """The bytes of a photo in one of the formats."""
    out = BytesIO()
    image = picture(size, mode)
    image.save(out, kind, **options, **({"exif": segment} if segment else {}))
    return out.getvalue()
