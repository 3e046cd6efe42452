"""The record: nothing in it can be changed, and whoever changes it all the same is found out."""

import http.server
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gridsvc import anchors, casework, events, intake, record, worker
from gridsvc.errors import BadInput
from gridsvc.intake import Submission
from gridsvc.locate import Location
from gridsvc.record import Anchor, Head
from gridsvc.tables.cases import FeedHead
from tests.conftest import HOUSE, NOON, Town, committed_town, untriggered


@pytest.fixture
def told(town: Town) -> Session:
    """Three cases of two events each, chained in two goes."""
    town.hire("chief", "administrator")
    chief = town.account("chief")
    for _ in range(3):
        answer = intake.receive(
            town.session, chief, Submission(Location(*HOUSE), "litter", "x", "hotline"), NOON
        )
        casework.move(town.session, chief, answer["case_no"], "note", {"note": "n"}, None, NOON)
    assert events.number(town.session, "t", 4) == 4
    assert events.number(town.session, "t", 4) == 2
    assert events.number(town.session, "t", 4) == 0
    return town.session


@pytest.mark.parametrize("table", ["case_event", "record_line"])
@pytest.mark.parametrize("act", ["UPDATE {} SET seq = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_the_past(told: Session, table: str, act: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), told.begin_nested():
        told.execute(text(act.format(table)))


def test_a_whole_record_is_whole(told: Session) -> None:
    assert record.verify(told, "t") == (6, 0, None)


def reordered(connection: Connection) -> None:
    """Two lines change places, with all that belongs to them but their numbers."""
    for old, new in ((2, 99), (3, 2), (99, 3)):
        connection.exec_driver_sql(
            "UPDATE record_line SET feed_no = %s WHERE feed_no = %s", (new, old)
        )


TAMPERED: dict[str, tuple[str | Callable[[Connection], None], str, int | None]] = {
    "a note": ('UPDATE case_event SET detail = \'{"note": "m"}\' WHERE seq = 2', "altered", 2),
    "who": ("UPDATE case_event SET by_name = 'nobody' WHERE case_no = :third", "altered", 3),
    "when": ("UPDATE case_event SET at = at - interval '1 us' WHERE seq = 1", "altered", 1),
    "a hash": ("UPDATE record_line SET hash = sha256('x') WHERE feed_no = 5", "altered", 5),
    "a line": ("DELETE FROM record_line WHERE feed_no = 3", "line_missing", 3),
    "the first line": ("DELETE FROM record_line WHERE feed_no = 1", "line_missing", 1),
    "the order": (reordered, "altered", 2),
    "the tail": ("DELETE FROM record_line WHERE feed_no > 4", "tail_cut", 5),
    "an event more": (
        "INSERT INTO case_event (district_code, case_no, seq, kind, at, stage, detail) "
        "SELECT district_code, case_no, 9, 'note', at, stage, '{}' FROM case_event LIMIT 1; "
        "DELETE FROM event_waiting",
        "unchained",
        None,
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_the_owner_of_the_tables_changes_is_found(told: Session, what: str) -> None:
    change, code, line = TAMPERED[what]
    third = told.scalar(text("SELECT case_no FROM record_line WHERE feed_no = 3"))
    with untriggered(told.connection()):
        if isinstance(change, str):
            told.execute(text(change), {"third": third} if ":third" in change else {})
        else:
            change(told.connection())
    fault = record.verify(told, "t").fault
    assert fault is not None
    assert (fault.code, fault.feed_no) == (code, line)


def test_an_event_without_its_row_is_found(told: Session) -> None:
    connection = told.connection()
    with untriggered(connection):
        connection.exec_driver_sql(
            "ALTER TABLE record_line DROP CONSTRAINT record_line_district_code_case_no_seq_fkey"
        )
        connection.exec_driver_sql(
            "DELETE FROM case_event USING record_line line WHERE feed_no = 4 "
            "AND (line.case_no, line.seq) = (case_event.case_no, case_event.seq)"
        )
    fault = record.verify(told, "t").fault
    assert fault and (fault.code, fault.feed_no) == ("event_missing", 4)


def cut(session: Session) -> None:
    """Cut the tail off and mend the head, as somebody would who knows how the chain works."""
    with untriggered(session.connection()):
        session.execute(text("DELETE FROM record_line WHERE feed_no > 2"))
        session.execute(
            text(
                "UPDATE feed_head SET last_no = 2, last_hash = "
                "(SELECT hash FROM record_line WHERE feed_no = 2)"
            )
        )
        session.execute(
            text(
                "DELETE FROM case_event event WHERE NOT EXISTS (SELECT FROM record_line line "
                "WHERE (line.case_no, line.seq) = (event.case_no, event.seq))"
            )
        )


def test_only_an_anchor_outside_shows_that_the_tail_was_cut(told: Session) -> None:
    head = record.head(told, "t")
    assert head and head.no == 6
    cut(told)
    told.expire_all()
    assert record.verify(told, "t").fault is None
    fault = record.verify(told, "t", [Anchor("t", NOON, head)]).fault
    assert fault and (fault.code, fault.feed_no) == ("tail_cut", 3)
    assert record.verify(told, "t", [Anchor("elsewhere", NOON, head)]).fault is None


def test_only_an_anchor_outside_shows_that_all_was_written_anew(told: Session) -> None:
    head = record.head(told, "t")
    assert head
    with untriggered(told.connection()):
        told.execute(text("UPDATE case_event SET by_name = 'somebody else'"))
        told.execute(text("DELETE FROM record_line"))
        told.execute(
            text("INSERT INTO event_waiting SELECT district_code, at, case_no, seq FROM case_event")
        )
    told.execute(text("UPDATE feed_head SET last_no = 0, last_hash = :none"), {"none": bytes(32)})
    events.number(told, "t")
    assert record.verify(told, "t").fault is None
    fault = record.verify(told, "t", [Anchor("t", NOON, head)]).fault
    assert fault and fault.code == "rewritten"


def test_an_anchor_is_good_only_as_it_was_signed(tmp_path: Path) -> None:
    public = anchors.make_key(tmp_path / "anchor.pem")
    with pytest.raises(BadInput):
        anchors.make_key(tmp_path / "anchor.pem")
    anchor = Anchor("t", NOON, Head(6, bytes(range(32))))
    line = anchors.sign(anchors.private_key(tmp_path / "anchor.pem"), anchor)
    key = anchors.public_key(public)
    assert anchors.read([line, b"\n"], key) == [anchor]
    for wrong in (line.replace(b'"no":6', b'"no":7'), b"{}", b"x", line[:-20], b"[1]"):
        with pytest.raises(BadInput):
            anchors.read([wrong], key)
    anchors.make_key(tmp_path / "other.pem")
    with pytest.raises(BadInput):
        anchors.read([line], anchors.public_key(tmp_path / "other.pub"))
    for wrong_key in (tmp_path / "none.pem", public):
        with pytest.raises(BadInput):
            anchors.private_key(wrong_key)


class Hearing(http.server.BaseHTTPRequestHandler):
    heard: list[bytes]

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_worker_anchors_once_a_local_day_in_a_file_and_to_a_webhook(tmp_path: Path) -> None:
    Hearing.heard = []
    server = http.server.HTTPServer(("127.0.0.1", 0), Hearing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    public = anchors.make_key(tmp_path / "key.pem")
    file, hook = tmp_path / "anchors.jsonl", f"http://127.0.0.1:{server.server_port}/"
    try:
        with committed_town() as who:
            _report(who)
            worker.once(NOON)
            daily = worker.Anchoring(file, tmp_path / "key.pem", hook)
            assert [daily.once(NOON + timedelta(hours=h)) for h in (0, 1, 12, 13)] == [1, 0, 1, 0]
            # Another worker, or the same after a restart, knows what was done.
            again = worker.Anchoring(file, tmp_path / "key.pem", "http://127.0.0.1:9/")
            assert again.once(NOON + timedelta(hours=14)) == 0
            assert again.once(NOON + timedelta(hours=40)) == 1
    finally:
        server.shutdown()
    told = anchors.read(file.read_bytes().splitlines(), anchors.public_key(public))
    assert [one.head.no for one in told] == [1, 1, 1]
    assert b"".join(Hearing.heard) == b"".join(file.read_bytes().splitlines(True)[:2])


def _report(who: dict[str, str]) -> None:
    from fastapi.testclient import TestClient

    from api.app import create_app

    body = {"location": {"lon": HOUSE[0], "lat": HOUSE[1]}, "text": "x", "channel": "hotline"}
    answer = TestClient(create_app()).post("/api/reports", json=body, headers=who)
    assert answer.status_code == 201


def test_an_event_says_from_where_it_came(town: Town) -> None:
    chief = town.hire("chief", "administrator")
    body = {"location": {"lon": HOUSE[0], "lat": HOUSE[1]}, "text": "x", "channel": "hotline"}
    no = town.client.post("/api/reports", json=body, headers=chief).json()["case_no"]
    town.client.post(f"/api/cases/{no}/note", json={"note": "n"}, headers=chief)
    rows = town.session.scalars(text("SELECT by_address FROM case_event ORDER BY seq")).all()
    assert rows == ["testclient", "testclient"]
    assert town.session.get_one(FeedHead, "t").last_no == 0
