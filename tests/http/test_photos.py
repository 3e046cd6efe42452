"""Photos over HTTP: read, kept, shown to whom, and held against the place of a report."""

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api import deps
from api.routes import photos
from api.routes.reports import submission
from api.shapes.reports import PhotoOut, ReceiptOut, ReportIn
from gridsvc.geo import LonLat, distance_m
from tests.conftest import HOUSE, Town, statements
from tests.photo.made import exif, gps, photo
from tests.sketch import middle

BODY = {"category": "litter", "text": "垃圾", "channel": "hotline"}
AT_HOUSE = {"lon": HOUSE[0], "lat": HOUSE[1]}
# Twenty kilometres north of the house.
FAR = (HOUSE[0], HOUSE[1] + 20_000 / 111_195)


@pytest.fixture
def media(town: Town, tmp_path: Path) -> Path:
    app = town.client.app
    assert isinstance(app, FastAPI)
    app.dependency_overrides[deps.media] = lambda: tmp_path
    return tmp_path


@pytest.fixture
def sender(town: Town, media: Path) -> dict[str, str]:
    return town.hire("api", "intake_machine")


def taken_at(lon: float, lat: float, kind: str = "JPEG", **more: Any) -> bytes:
    return photo(kind, exif(gps(lon, lat, **more), maker="SECRET", taken="2026:03:02 11:00:00"))


def send(town: Town, who: dict[str, str], data: bytes, **fields: str) -> Any:
    files = {"photo": ("IMG_0001.HEIC", data, "application/octet-stream")}
    return town.client.post("/api/photos", files=files, data=fields, headers=who)


def files_in(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_tells_its_place_and_whose_ground_it_is(
    town: Town, sender: dict[str, str], media: Path, kind: str
) -> None:
    answer = send(town, sender, taken_at(*HOUSE, kind))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert PhotoOut.model_validate(told).format == kind
    assert abs(told["location"]["lon"] - HOUSE[0]) < 1e-6
    assert [unit["code"] for unit in told["chain"]][-1] == "T.B.1"
    assert (told["reason"], told["manual"], told["datum"]) == (None, None, "wgs84")
    assert told["taken_at"] == "2026-03-02T03:00:00Z"
    assert len(files_in(media)) == 2
    assert not [file for file in files_in(media) if b"SECRET" in file.read_bytes()]


def test_a_photo_without_a_place_says_why_in_both_languages(
    town: Town, sender: dict[str, str]
) -> None:
    told = send(town, sender, photo("JPEG", exif(gps(0, 0)))).json()
    assert told["location"] is None and told["chain"] == []
    assert told["reason"]["code"] == "zero_coordinates"
    assert told["reason"]["text"]["zh"] and told["reason"]["text"]["en"].isascii()


def test_a_place_outside_the_grid_is_said(town: Town, sender: dict[str, str]) -> None:
    told = send(town, sender, taken_at(*FAR)).json()
    assert told["location"] and told["chain"] == []
    assert told["manual"]["code"] == "outside_grid"


def test_every_reason_has_words(town: Town, sender: dict[str, str]) -> None:
    from gridsvc.photo import position

    named = Path(position.__file__).read_text("utf-8")
    rows = town.session.execute(text("SELECT code FROM term WHERE catalogue = 'photo_reason'"))
    for code in {row.code for row in rows} - {"no_exif", "unreadable_exif"}:
        assert f'"{code}"' in named


def test_the_sender_may_know_the_datum(town: Town, sender: dict[str, str]) -> None:
    import geocoordinates_ffi as geocoordinates

    shifted = geocoordinates.wgs84_to_gcj02(geocoordinates.Wgs84(lat=HOUSE[1], lon=HOUSE[0]))
    data = taken_at(shifted.lon, shifted.lat)
    plain, stated = send(town, sender, data).json(), send(town, sender, data, datum="gcj02").json()
    assert plain["id"] != stated["id"]
    assert stated["datum"] == "gcj02"
    assert abs(stated["location"]["lon"] - HOUSE[0]) < 1e-6
    assert abs(plain["location"]["lon"] - HOUSE[0]) > 1e-4


def test_the_same_photo_is_kept_once(town: Town, sender: dict[str, str], media: Path) -> None:
    data = taken_at(*HOUSE)
    first, again = send(town, sender, data).json(), send(town, sender, data).json()
    assert first == again
    other = send(town, town.hire("other", "intake_machine"), data).json()
    assert other["id"] != first["id"] and other["sha256"] == first["sha256"]
    assert len(files_in(media)) == 2
    assert town.session.scalar(text("SELECT count(*) FROM photo")) == 2


def test_a_lost_file_is_made_again_when_the_photo_is_sent_again(
    town: Town, sender: dict[str, str], media: Path
) -> None:
    data = taken_at(*HOUSE)
    told = send(town, sender, data).json()
    for file in files_in(media):
        file.unlink()
    assert town.client.get(f"/api/photos/{told['id']}", headers=sender).status_code == 404
    assert send(town, sender, data).json()["id"] == told["id"]
    assert town.client.get(f"/api/photos/{told['id']}", headers=sender).status_code == 200


@pytest.mark.parametrize(
    ("data", "status", "kind"),
    [
        (b"GIF89a" + b"\0" * 50, 415, "photo-format-refused"),
        (b"", 415, "photo-format-refused"),
        (taken_at(*HOUSE)[:200], 422, "photo-unreadable"),
        (b"\xff\xd8\xff" + b"\0" * 20_000_001, 413, "photo-too-large"),
        (b"\xff\xd8\xff" + b"\0" * 20_100_000, 413, "photo-too-large"),
    ],
)
def test_refusals_are_problems_in_the_reader_s_language_and_leave_nothing(
    town: Town, sender: dict[str, str], media: Path, data: bytes, status: int, kind: str
) -> None:
    for lang in ("zh", "en"):
        answer = send(town, sender | {"Accept-Language": lang}, data)
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"].isascii() == (lang == "en")
    assert files_in(media) == []
    assert town.session.scalar(text("SELECT count(*) FROM photo")) == 0


def test_a_body_that_does_not_say_its_length_is_cut_off(town: Town, sender: dict[str, str]) -> None:
    sent = 0

    def endless() -> Any:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n'
        while sent < 100_000_000:
            sent += 1_000_000
            yield b"\0" * 1_000_000

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = town.client.post("/api/photos", content=endless(), headers=sender | kind)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "wrong",
    [
        {"data": {"photo": "text"}},
        {"files": {"picture": ("a.jpg", photo(), "image/jpeg")}},
        {"content": b"nothing"},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=y"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"files": [("photo", ("a.jpg", photo())), ("photo", ("b.jpg", photo()))]},
        {"files": {"photo": ("a.jpg", photo())}, "data": {"datum": "mars"}},
    ],
)
def test_a_wrong_form_is_a_problem(
    town: Town, sender: dict[str, str], wrong: dict[str, Any]
) -> None:
    headers = sender | wrong.pop("headers", {})
    answer = town.client.post("/api/photos", headers=headers, **wrong)
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_nobody_sends_photos_without_the_act(town: Town, media: Path) -> None:
    assert send(town, {}, photo()).status_code == 401
    leader = town.hire("leader", "linked_district_leader")
    assert send(town, leader, photo()).status_code == 403
    assert files_in(media) == []


def report(town: Town, who: dict[str, str], ids: list[str], **more: Any) -> Any:
    return town.client.post("/api/reports", json=BODY | {"photos": ids} | more, headers=who)


def test_a_report_without_a_point_is_placed_by_its_photo(
    town: Town, sender: dict[str, str]
) -> None:
    nowhere = send(town, sender, photo()).json()["id"]
    there = send(town, sender, taken_at(*HOUSE)).json()["id"]
    answer = report(town, sender, [nowhere, there], location={"address": "北门外"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    ReceiptOut.model_validate(told)
    assert told["location"]["method"] == "photo" and told["location"]["address"] == "北门外"
    assert [unit["code"] for unit in told["chain"]][-1] == "T.B.1"
    assert [one["contradicts"] for one in told["photos"]] == [False, False]
    assert [one["distance_m"] for one in told["photos"]] == [None, 0.0]
    found = case(town, told["case_no"])
    assert found["location"]["method"] == "photo"
    assert [one["id"] for one in found["photos"]] == [nowhere, there]
    assert found["photos"][0]["reason"]["code"] == "no_exif"


def case(town: Town, case_no: str) -> dict[str, Any]:
    operator = town.hire("operator", "grid_center_operator")
    answer = town.client.get(f"/api/cases/{case_no}", headers=operator)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_photo_from_20_km_away_is_shown_as_a_contradiction_and_not_used(
    town: Town, sender: dict[str, str]
) -> None:
    far = send(town, sender, taken_at(*FAR, error=5000.0)).json()["id"]
    told = report(town, sender, [far], location=AT_HOUSE | {"accuracy_m": 900_000}).json()
    assert told["location"]["method"] == "contains"
    assert abs(told["location"]["lat"] - HOUSE[1]) < 1e-9
    for shown in (told["photos"][0], case(town, told["case_no"])["photos"][0]):
        assert shown["contradicts"] and abs(shown["distance_m"] - 20_000) < 150
        assert "20.0公里" in shown["text"]["zh"] and "20.0 km" in shown["text"]["en"]
        assert "以上报位置为准" in shown["text"]["zh"]


def test_a_photo_from_nearby_speaks_for_the_place(town: Town, sender: dict[str, str]) -> None:
    near = send(town, sender, taken_at(HOUSE[0], HOUSE[1] + 0.001)).json()["id"]
    told = report(town, sender, [near], location=AT_HOUSE).json()
    [shown] = told["photos"]
    assert not shown["contradicts"] and shown["text"] is None
    assert 100 < shown["distance_m"] < 120


def test_photos_that_contradict_each_other_are_shown(town: Town, sender: dict[str, str]) -> None:
    ids = [send(town, sender, taken_at(*where)).json()["id"] for where in (HOUSE, FAR)]
    told = report(town, sender, ids).json()
    assert [one["contradicts"] for one in told["photos"]] == [False, True]
    assert "另一张照片" in told["photos"][1]["text"]["zh"]


def test_a_photo_outside_the_grid_sends_the_case_to_a_person(
    town: Town, sender: dict[str, str]
) -> None:
    far = send(town, sender, taken_at(*FAR)).json()["id"]
    told = report(town, sender, [far]).json()
    assert told["manual"]["code"] == "outside_grid" and told["location"]["method"] is None


def test_only_photos_of_one_s_own_can_be_named(town: Town, sender: dict[str, str]) -> None:
    others = send(town, town.hire("other", "intake_machine"), photo()).json()["id"]
    for wrong in (others, str(uuid4())):
        answer = report(town, sender, [wrong])
        assert answer.status_code == 422 and wrong in answer.json()["detail"]
    assert report(town, sender, ["x"]).status_code == 422
    assert report(town, sender, [str(uuid4()) for _ in range(10)]).status_code == 422
    assert town.session.scalar(text("SELECT count(*) FROM case_")) == 0


def test_a_report_with_photos_can_be_sent_again(town: Town, sender: dict[str, str]) -> None:
    one = send(town, sender, taken_at(*FAR)).json()["id"]
    key = sender | {"Idempotency-Key": "k"}
    first, again = (report(town, key, [one, one], location=AT_HOUSE).json() for _ in range(2))
    assert first == again and len(first["photos"]) == 1
    assert report(town, key, [], location=AT_HOUSE).status_code == 422
    assert town.session.scalar(text("SELECT count(*) FROM report_photo")) == 1


def test_photos_cost_one_statement_more(town: Town, sender: dict[str, str]) -> None:
    one = send(town, sender, taken_at(*HOUSE)).json()["id"]
    report(town, sender, [one])
    with statements() as sent:
        report(town, sender, [one])
    assert sent == ["SELECT", "EXECUTE"]


def test_the_hash_of_a_body_is_what_it_was_before_more_could_be_said(town: Town) -> None:
    """Clients that resend over an upgrade get their first answer."""
    said = (
        '{"location":{"lon":102.7,"lat":25.0,"datum":"wgs84","accuracy_m":null,"address":null},'
        '"category":"litter","text":"x","channel":"hotline",'
        '"reporter":{"name":"王","phone":"138"}}'
    )
    body = ReportIn.model_validate_json(said)
    assert submission(body, None).body_hash == hashlib.sha256(said.encode()).digest()
    more = body.model_copy(deep=True)
    assert more.reporter is not None
    more.reporter.email = "w@example.org"
    assert submission(more, None).body_hash != submission(body, None).body_hash


PATHS = ("/api/photos/{}", "/api/photos/{}/thumbnail")


@pytest.mark.parametrize("path", PATHS)
def test_pictures_are_served_as_what_they_are(
    town: Town, sender: dict[str, str], path: str
) -> None:
    one = send(town, sender, taken_at(*HOUSE, "HEIF")).json()["id"]
    answer = town.client.get(path.format(one), headers=sender)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")
    assert answer.content.startswith(b"\xff\xd8") and b"Exif" not in answer.content
    known = sender | {"If-None-Match": answer.headers["etag"]}
    again = town.client.get(path.format(one), headers=known)
    assert again.status_code == 304 and again.content == b""


@pytest.mark.parametrize("path", PATHS)
def test_a_photo_is_shown_to_its_sender_and_to_who_may_read_its_case(
    town: Town, sender: dict[str, str], path: str
) -> None:
    one = send(town, sender, taken_at(*HOUSE)).json()["id"]
    operator = town.hire("operator", "grid_center_operator")
    machine = town.hire("other", "intake_machine")
    # Sending is not reading: a planner of this district may do neither.
    town.session.execute(
        text("DELETE FROM post_permission WHERE post = 'planner' AND act = 'case.read'")
    )
    planner = town.hire("planner", "planner")

    def status(who: dict[str, str]) -> int:
        return town.client.get(path.format(one), headers=who).status_code

    assert [status(who) for who in (sender, operator, machine, planner, {})] == [
        200, 403, 403, 403, 401,
    ]  # fmt: skip
    report(town, sender, [one])
    assert [status(who) for who in (sender, operator, machine, planner, {})] == [
        200, 200, 200, 403, 401,
    ]  # fmt: skip


def test_permission_rows_decide_who_sees_a_photo(town: Town, sender: dict[str, str]) -> None:
    """With reading narrowed to a unit, only that unit's people see the photos of its cases."""
    one = send(town, sender, taken_at(*HOUSE)).json()["id"]
    report(town, sender, [one])
    town.session.execute(
        text(
            "UPDATE post_permission SET scope = 'unit' "
            "WHERE post = 'community_secretary' AND act = 'case.read'"
        )
    )
    here = town.hire("here", "community_secretary", unit="T.S.B")
    there = town.hire("there", "community_secretary", unit="T.S.A")
    codes = {
        row.code for row in town.session.execute(text("SELECT unnest(chain) AS code FROM case_"))
    }
    assert len(codes & {"T.S.A", "T.S.B"}) == 1
    for unit, who in (("T.S.A", there), ("T.S.B", here)):
        status = town.client.get(PATHS[0].format(one), headers=who).status_code
        assert status == (200 if unit in codes else 403)


@pytest.mark.parametrize("path", PATHS)
def test_there_is_no_photo_of_that_name(town: Town, sender: dict[str, str], path: str) -> None:
    assert town.client.get(path.format(uuid4()), headers=sender).status_code == 404
    assert town.client.get(path.format("..%2F..%2Fetc"), headers=sender).status_code in (404, 422)


def test_nothing_is_written_before_the_files_are_there(
    town: Town, sender: dict[str, str], media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gridsvc.photo import folder

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "keep", full)
    assert send(town, sender, photo()).status_code == 500
    assert town.session.scalar(text("SELECT count(*) FROM photo")) == 0


def test_distances_are_those_of_a_sphere() -> None:
    one = LonLat(102.7, 25.0)
    assert distance_m(one, one) == 0
    assert abs(distance_m(one, LonLat(102.7, 26.0)) - 111_195) < 1
    assert abs(distance_m(LonLat(179.9, 0), LonLat(-179.9, 0)) - 22_239) < 1
    assert UUID(int=0) and photos.WRAPPING_BYTES > 0


def test_work_and_its_verification_are_shown_where_the_case_is(town: Town, media: Path) -> None:
    """A category may ask for photos; one taken elsewhere verifies nothing."""
    town.session.execute(text("UPDATE category SET photo_required = true WHERE code = 'litter'"))
    boss, officer = town.hire("boss", "administrator"), town.hire("officer", "grid_center_operator")

    def sent(who: dict[str, str], lon: float, lat: float) -> str:
        answer = send(town, who, taken_at(lon, lat))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    place = {"lon": HOUSE[0], "lat": HOUSE[1]}
    body = {"location": place, "category": "litter", "text": "x", "channel": "hotline"}
    no = town.client.post("/api/reports", json=body, headers=boss).json()["case_no"]

    def move(who: dict[str, str], code: str, **fields: object) -> tuple[int, dict[str, Any]]:
        answer = town.client.post(f"/api/cases/{no}/{code}", json=fields, headers=who)
        return answer.status_code, answer.json()

    assert move(boss, "handle_directly")[0] == 200
    assert move(boss, "resolve", result="done")[1]["type"] == "/problems/photo-needed"
    assert move(boss, "resolve", result="done", photos=[sent(boss, *HOUSE)])[0] == 200
    far, near = sent(officer, *middle(0, 2)), sent(officer, *HOUSE)
    refused = move(officer, "verify", photos=[far], place=place)
    assert refused[1]["type"] == "/problems/too-far-to-verify"
    # Somebody else's photo is not the verifier's.
    assert move(officer, "verify", photos=[sent(boss, *HOUSE)])[0] == 422
    status, case = move(officer, "verify", photos=[near], place=place)
    assert (status, case["outcome"]) == (200, "solved")
    assert town.client.get(f"/api/photos/{near}", headers=boss).status_code == 200
