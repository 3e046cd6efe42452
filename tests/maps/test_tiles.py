"""Tiles: what they hold, what they cost, and how long they last."""

import gzip
import math

import pytest

from gridsvc.editions import Change, publish
from tests.conftest import HOUSE, NOON, Town, statements
from tests.http.test_editions import REDRAWN, stage

MVT = "application/vnd.mapbox-vector-tile"


def tile_of(lon: float, lat: float, zoom: int) -> str:
    x = (lon + 180) / 360
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return f"{zoom}/{int(x * 2**zoom)}/{int(y * 2**zoom)}"


HERE = tile_of(*HOUSE, 15)


@pytest.mark.parametrize(
    ("layer", "inside"),
    [
        ("district", b"T"),
        ("street", "图街道".encode()),
        ("community", "A社区".encode()),
        ("building", b"T.B.1"),
        ("label", "A社区".encode()),
    ],
)
def test_grid_tiles_are_public_and_hold_their_units(town: Town, layer: str, inside: bytes) -> None:
    answer = town.client.get(f"/tiles/{layer}/{HERE}.mvt")
    assert (answer.status_code, answer.headers["content-type"]) == (200, MVT)
    assert inside in answer.content


def test_an_unchanged_tile_is_a_304_without_a_query(town: Town) -> None:
    edition = town.client.get(f"/tiles/community/{HERE}.mvt", params={"edition": 1})
    assert "immutable" in edition.headers["cache-control"]
    # Without an edition in the address the process looks every two seconds which one is current.
    assert (
        town.client.get(f"/tiles/community/{HERE}.mvt").headers["etag"] == edition.headers["etag"]
    )
    again = {"If-None-Match": edition.headers["etag"]}
    for params in ({"edition": 1}, {}):
        with statements() as sent:
            answer = town.client.get(f"/tiles/community/{HERE}.mvt", params=params, headers=again)
        assert (answer.status_code, answer.content, sent) == (304, b"", [])


def test_an_edition_that_was_never_published_is_for_those_who_may_read_editions(
    town: Town,
) -> None:
    path, staged = f"/tiles/community/{HERE}.mvt", {"edition": stage(town.session, REDRAWN)}
    chief, worker = town.hire("chief", "administrator"), town.hire("worker", "grid_worker")
    assert town.client.get(path, params=staged).status_code == 401
    assert town.client.get(path, params=staged, headers=worker).status_code == 403
    seen = town.client.get(path, params=staged, headers=chief)
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "private, no-cache")
    assert town.client.get(path, params={"edition": 99}).status_code == 404
    # What one reader was shown is not shown to the next one without a look at who asks.
    again = {"If-None-Match": seen.headers["etag"]}
    assert town.client.get(path, params=staged, headers=again).status_code == 401

    publish(town.session, "t", staged["edition"], Change("x", NOON))
    assert "public" in town.client.get(path, params=staged).headers["cache-control"]
    publish(town.session, "t", 1, Change("x", NOON))
    with statements() as sent:
        former = town.client.get(path, params=staged)
    assert (former.status_code, sent) == (200, [])


def test_a_tile_is_rendered_once_an_edition(town: Town) -> None:
    path = f"/tiles/community/{HERE}.mvt"
    town.client.get("/api/units", params={"level": 1})
    with statements() as first:
        cold = town.client.get(path)
    with statements() as second:
        warm = town.client.get(path, headers={"Accept-Encoding": "identity"})
    assert len([word for word in first if word == "EXECUTE"]) == 1
    assert second == []
    assert warm.content == cold.content


def test_cases_are_for_those_who_may_read_them_and_change_as_they_move(town: Town) -> None:
    path = f"/tiles/case/{HERE}.mvt"
    assert town.client.get(path).status_code == 401
    operator = town.hire("op", "administrator")
    empty = town.client.get(path, headers=operator)
    assert (empty.status_code, empty.content) == (200, b"")
    body = {"location": {"lon": HOUSE[0], "lat": HOUSE[1]}, "text": "x", "channel": "hotline"}
    no = town.client.post("/api/reports", json=body, headers=operator).json()["case_no"]
    full = town.client.get(path, headers=operator | {"If-None-Match": empty.headers["etag"]})
    assert full.status_code == 200
    assert no.encode() in full.content and b"collect" in full.content
    same = town.client.get(path, headers=operator | {"If-None-Match": full.headers["etag"]})
    assert same.status_code == 304
    town.client.post(f"/api/cases/{no}/dismiss", json={"reason": "x"}, headers=operator)
    assert town.client.get(path, headers=operator).content == b""


def test_an_empty_place_an_early_zoom_and_a_wrong_address(town: Town) -> None:
    assert town.client.get("/tiles/community/15/0/0.mvt").content == b""
    assert town.client.get("/tiles/building/3/6/3.mvt").content == b""
    for path in ("dragons/1/0/0", "street/1/5/0", "street/23/0/0", "street/1/-1/0"):
        answer = town.client.get(f"/tiles/{path}.mvt")
        assert answer.status_code in (404, 422), path
        assert answer.headers["content-type"] == "application/problem+json"


def test_the_body_is_gzip_for_those_who_read_it(town: Town) -> None:
    with town.client.stream("GET", f"/tiles/district/{HERE}.mvt") as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert b"T" in gzip.decompress(raw)
