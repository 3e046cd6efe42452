"""Bytes become a photo or one of the project's errors, whatever the bytes are."""

import csv
import zlib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsvc.datum import Datum
from gridsvc.errors import (
    GridError,
    PhotoFormatRefused,
    PhotoTooLarge,
    PhotoTooManyPixels,
    PhotoUnreadable,
)
from gridsvc.photo import copies, reading
from tests.conftest import real_data
from tests.photo.made import exif, gps, photo

ZONE = ZoneInfo("Asia/Shanghai")
WHERE = gps(102.7431, 25.0132)
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]


def manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_real_photos_say_what_their_manifest_says() -> None:
    folder = real_data("photos")
    for row in manifest(folder):
        found = reading.read((folder / row["file"]).read_bytes(), ZONE)
        assert found.format == row["format"], row
        if row["expected"] == "has_coords":
            assert found.point and found.reason is None, row
            assert abs(found.point.lat - float(row["lat"])) < 1e-6, row
            assert abs(found.point.lon - float(row["lon"])) < 1e-6, row
        else:
            assert found.point is None and found.reason in {
                "gps_ifd_without_coords": ("gps_without_coordinates",),
                "no_gps": ("no_gps", "no_exif"),
            }.get(row["expected"], (found.reason,)), row


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read(kind: str) -> None:
    segment = exif(WHERE, taken="2026:03:02 11:59:30", offset="+08:00")
    found = reading.read(photo(kind, segment), ZONE)
    assert (found.format, found.width, found.height) == (kind, 64, 40)
    assert found.point == pytest.approx((102.7431, 25.0132), abs=1e-6)
    assert found.taken_at == datetime(2026, 3, 2, 3, 59, 30, tzinfo=UTC)
    assert found.datum == Datum.WGS84


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_without_exif_says_so(kind: str) -> None:
    assert reading.read(photo(kind), ZONE).reason == "no_exif"
    assert reading.read(photo(kind, exif(maker="x")), ZONE).reason == "no_gps"


def test_a_clock_without_zone_is_the_district_s() -> None:
    found = reading.read(photo("JPEG", exif(taken="2026:03:02 12:00:00")), ZONE)
    assert found.taken_at == datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["0000:00:00 00:00:00", "yesterday", "2026:13:01 00:00:00", "0001:01:01 00:00:00"]
)
def test_a_clock_that_makes_no_sense_is_no_time(said: str) -> None:
    assert reading.read(photo("JPEG", exif(taken=said)), ZONE).taken_at is None


@pytest.mark.parametrize("offset", ["+99:99", "08:00", "+8", "\0"])
def test_a_strange_offset_is_the_district_s_zone(offset: str) -> None:
    found = reading.read(photo("JPEG", exif(taken="2026:03:02 12:00:00", offset=offset)), ZONE)
    assert found.taken_at is None or found.taken_at.hour == 4


def test_turned_photos_have_the_size_they_are_looked_at_in() -> None:
    for turn in range(1, 9):
        found = reading.read(photo("JPEG", exif(orientation=turn)), ZONE)
        wide = turn < 5
        assert (found.width, found.height) == ((64, 40) if wide else (40, 64))


def test_the_second_picture_of_a_phone_s_jpeg_changes_nothing() -> None:
    from io import BytesIO

    from tests.photo.made import picture

    out = BytesIO()
    picture().save(out, "MPO", save_all=True, append_images=[picture((32, 20))])
    assert reading.read(out.getvalue(), ZONE).format == "JPEG"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"II*\0" + b"\0" * 60,
        b"\0\0\0\x18ftypmp42" + b"\0" * 40,
        "照片".encode(),
    ],
)
def test_strange_formats_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(PhotoFormatRefused) as refused:
        reading.read(data, ZONE)
    assert "HEIC" in refused.value.say("zh") and "HEIC" in refused.value.say("en")


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_pictures_are_refused_by_name(kind: str) -> None:
    with pytest.raises(PhotoFormatRefused):
        reading.read(photo(kind), ZONE)


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "]
)
def test_what_begins_like_a_photo_and_ends_is_damaged(data: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        reading.read(data, ZONE)


def png(width: int, height: int) -> bytes:
    """A PNG of that size by its head, with hardly any data: what a bomb looks like."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + crc

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = zlib.compress(b"\0" * 1000)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize("side", [7_100, 12_000, 60_000, 2**31 - 1])
def test_decompression_bombs_are_refused_before_they_unfold(side: int) -> None:
    for act in (lambda data: reading.read(data, ZONE), copies.develop):
        with pytest.raises((PhotoTooManyPixels, PhotoUnreadable)) as refused:
            act(png(side, side))
        assert side > 2**20 or isinstance(refused.value, PhotoTooManyPixels)


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(PhotoTooLarge):
        reading.read(b"\xff\xd8\xff" + b"\0" * reading.MOST_BYTES, ZONE)


MADE = [photo(kind, exif(WHERE, taken="2026:03:02 12:00:00", orientation=6)) for kind in FORMATS]


def survives(data: bytes) -> None:
    try:
        found = reading.read(data, ZONE)
        assert (found.point is None) != (found.reason is None)
        both = copies.develop(data)
        assert all(copy.data.startswith(b"\xff\xd8") for copy in both)
    except GridError:
        pass


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(MADE), st.floats(0, 1))
def test_truncated_photos_never_crash(data: bytes, share: float) -> None:
    survives(data[: int(len(data) * share)])


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(MADE), st.data())
def test_photos_with_flipped_bits_never_crash(data: bytes, draw: st.DataObject) -> None:
    changed = bytearray(data)
    # The head of a file is where its structure is.
    head = st.integers(0, min(len(data), 600) - 1)
    places = st.one_of(head, st.integers(0, len(data) - 1))
    for place in draw.draw(st.lists(places, min_size=1, max_size=12)):
        changed[place] ^= 1 << draw.draw(st.integers(0, 7))
    survives(bytes(changed))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_real_photos_damaged_never_crash(draw: st.DataObject) -> None:
    folder = real_data("photos")
    small = [row["file"] for row in manifest(folder) if int(row["bytes"]) < 200_000]
    data = bytearray((folder / draw.draw(st.sampled_from(small))).read_bytes())
    del data[draw.draw(st.integers(1, len(data))) :]
    for place in draw.draw(st.lists(st.integers(0, len(data) - 1), max_size=20)):
        data[place] ^= 1 << draw.draw(st.integers(0, 7))
    survives(bytes(data))


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_never_crash(data: bytes, beginning: bytes) -> None:
    survives(beginning + data)
