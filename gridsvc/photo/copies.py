"""The clean copy and the thumbnail of a photo: upright, sRGB JPEG, without any metadata."""

import hashlib
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageCms, ImageOps

from gridsvc.photo.reading import opened

COPY_SIDE, COPY_QUALITY = 2048, 85
THUMBNAIL_SIDE, THUMBNAIL_QUALITY = 320, 80


class Copy(NamedTuple):
    """A JPEG ready to be stored; size in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def develop(data: bytes) -> tuple[Copy, Copy]:
    """The copy (longest side at most 2,048) and the thumbnail (at most 320).

    The same bytes give the same copies as long as the libraries are the same. Raises what
    `reading.opened` raises.
    """
    with opened(data) as image:
        # Only a JPEG can be decoded smaller at once; twice the size keeps the copy sharp.
        image.draft("RGB", (COPY_SIDE * 2, COPY_SIDE * 2))
        image.load()
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((COPY_SIDE, COPY_SIDE), Image.Resampling.LANCZOS)
        copy = _plain(upright)
        thumbnail = copy.copy()
        thumbnail.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        return _written(copy, COPY_QUALITY), _written(thumbnail, THUMBNAIL_QUALITY)


def _plain(image: Image.Image) -> Image.Image:
    """The pixels alone, in sRGB on white: a new image, since writers copy what an image carries."""
    profile = image.info.get("icc_profile")
    if image.mode in ("RGBA", "LA", "PA", "P") or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode not in ("RGB", "L", "CMYK"):
        # Sixteen bits a pixel and the like.
        image = image.convert("F").point(lambda value: value / 256).convert("L")
    image = _srgb(image, profile)
    plain = Image.new("RGB", image.size, "white")
    plain.paste(image.convert("RGB"), mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return plain


def _srgb(image: Image.Image, profile: Any) -> Image.Image:
    """The image by its colour profile; one that cannot be used is left aside."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image
    return turned or image


def _written(image: Image.Image, quality: int) -> Copy:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return Copy(out.getvalue(), image.width, image.height)
