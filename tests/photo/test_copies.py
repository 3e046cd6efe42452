"""The copies that are kept: upright, small enough, and silent about place and device."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from gridsvc.photo import copies, folder
from tests.conftest import real_data
from tests.photo.made import exif, gps, photo, picture
from tests.photo.test_reading import FORMATS, manifest

RED, BLUE = (220, 20, 20), (20, 40, 200)
SECRETS = (b"Exif", b"http://ns.adobe.com", b"ICC_PROFILE", b"Photoshop", b"SECRET", b"<x:xmpmeta")


def opened(copy: copies.Copy) -> Image.Image:
    image = Image.open(BytesIO(copy.data))
    image.load()
    return image


def near(one: object, other: tuple[int, int, int]) -> bool:
    return isinstance(one, tuple) and all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


def assert_silent(copy: copies.Copy) -> None:
    image = opened(copy)
    assert image.format == "JPEG" and image.mode == "RGB"
    assert not dict(image.getexif()) and "comment" not in image.info
    assert not {"exif", "xmp", "icc_profile", "photoshop", "mp"} & set(image.info)
    assert not [secret for secret in SECRETS if secret in copy.data]
    assert (image.width, image.height) == (copy.width, copy.height)


@pytest.mark.parametrize("kind", FORMATS)
def test_copies_say_nothing_of_place_device_or_owner(kind: str) -> None:
    segment = exif(gps(102.74, 25.01), maker="SECRET", taken="2026:03:02 12:00:00")
    for copy in copies.develop(photo(kind, segment, size=(400, 300))):
        assert_silent(copy)


def test_comments_profiles_and_text_chunks_are_left_behind() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    noted = photo("JPEG", comment=b"SECRET", xmp=b"<x:xmpmeta SECRET/>", icc_profile=profile)
    text = PngInfo()
    text.add_text("Author", "SECRET")
    text.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta SECRET/>")
    for data in (noted, photo("PNG", pnginfo=text, icc_profile=profile)):
        assert b"SECRET" in data
        for copy in copies.develop(data):
            assert_silent(copy)


def test_real_photos_leave_nothing_behind() -> None:
    where = real_data("photos")
    for row in manifest(where):
        for copy in copies.develop((where / row["file"]).read_bytes()):
            assert_silent(copy)


# Where the red quarter of the picture is seen when EXIF's orientation is obeyed.
CORNERS = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("turn", sorted(CORNERS))
def test_orientation_is_applied_once(turn: int, kind: str) -> None:
    for copy in copies.develop(photo(kind, exif(orientation=turn), size=(640, 400), quality=95)):
        image = opened(copy)
        assert (image.width > image.height) == (turn < 5)
        for right in (0, 1):
            for low in (0, 1):
                at = (int(image.width * (0.1 + 0.8 * right)), int(image.height * (0.1 + 0.8 * low)))
                wanted = RED if (right, low) == CORNERS[turn] else BLUE
                assert near(image.getpixel(at), wanted), (turn, right, low)


def test_copies_have_their_sizes() -> None:
    copy, thumbnail = copies.develop(photo(size=(3000, 1500)))
    assert (copy.width, copy.height) == (2048, 1024)
    assert (thumbnail.width, thumbnail.height) == (320, 160)
    copy, thumbnail = copies.develop(photo(size=(60, 30)))
    assert (copy.width, thumbnail.width) == (60, 60), "nothing is made larger"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "L"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "1"), ("JPEG", "CMYK")],
)
def test_every_colour_mode_becomes_a_plain_picture(kind: str, mode: str) -> None:
    for copy in copies.develop(photo(kind, mode=mode)):
        assert_silent(copy)


def test_sixteen_bits_are_brought_down_to_eight() -> None:
    out = BytesIO()
    Image.new("I;16", (20, 20), 0x8000).save(out, "PNG")
    copy, _ = copies.develop(out.getvalue())
    assert near(opened(copy).getpixel((5, 5)), (128, 128, 128))


def test_what_is_transparent_becomes_white() -> None:
    image = picture(mode="RGBA")
    image.putalpha(0)
    out = BytesIO()
    image.save(out, "PNG")
    copy, _ = copies.develop(out.getvalue())
    assert near(opened(copy).getpixel((5, 5)), (255, 255, 255))


def test_a_wrong_colour_profile_spoils_nothing() -> None:
    copy, _ = copies.develop(photo(icc_profile=b"no profile at all", quality=95))
    assert near(opened(copy).getpixel((5, 5)), RED)


def test_the_same_photo_gives_the_same_copies() -> None:
    data = photo()
    assert copies.develop(data) == copies.develop(data)


def test_files_are_named_after_their_contents_and_written_whole(tmp_path: Path) -> None:
    copy, _ = copies.develop(photo())
    folder.keep(tmp_path / "media", copy)
    folder.keep(tmp_path / "media", copy)
    [file] = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert file == folder.path_of(tmp_path / "media", copy.sha256)
    assert file.read_bytes() == copy.data
    file.write_bytes(copy.data[:10])
    folder.keep(tmp_path / "media", copy)
    assert file.read_bytes() == copy.data, "half a file is written again"
