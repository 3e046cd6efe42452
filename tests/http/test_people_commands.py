"""Departments, posts and messages from the command line, over committed rows."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app
from gridsvc import accounts, db, messages
from gridsvc.accounts import Holder
from gridsvc.recipients import Recipient
from gridsvc.wording import Wording
from tests.conftest import NOON, committed_town


def say(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


@pytest.fixture
def _town() -> object:
    with committed_town():
        with db.transaction() as session:
            accounts.add(session, "t", Holder("admin", "a", "administrator"))
        yield


@pytest.mark.usefixtures("_town")
def test_parties_go_out_are_compared_and_come_in(tmp_path: Path) -> None:
    file = tmp_path / "parties.xlsx"
    say("parties", "export", str(file))
    book = openpyxl.load_workbook(file)
    book["任职"].append([None, "王", "网格员", "T.S.A"])
    book.save(file)
    assert "1 new" in say("parties", "import", str(file))
    assert "nothing written" in say("parties", "import", str(file))
    assert "kept" in say("parties", "import", str(file), "--write")
    say("parties", "export", str(file))
    assert openpyxl.load_workbook(file)["任职"]["B2"].value == "王"


@pytest.mark.usefixtures("_town")
def test_messages_are_listed_and_sent_again() -> None:
    with db.transaction() as session:
        row = messages.row("t", "o", "trial", Wording("s", "b"), Recipient("email", "a@b.c"), NOON)
        messages.put(session, [row | {"dead_at": NOON, "trouble": "550 gone"}])
    listed = say("messages", "list")
    assert "550 gone" in listed and "dead 1" in listed
    assert "1 will be sent again" in say("messages", "again")
    assert "waiting 1" in say("messages", "list", "--state", "waiting")
