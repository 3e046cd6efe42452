"""E-mail against a real server."""

from datetime import UTC, datetime

import pytest

from gridsvc.channels.mail import Mailer, compose
from gridsvc.channels.robots import Letter
from gridsvc.errors import BadInput
from tests.channels.services import post_office

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
LETTER = Letter(
    "msg_7", "replied", "答复：垃圾已清运", "您反映的问题\n已解决 🙂", to="wang@example.org"
)


def test_a_letter_arrives_as_it_was_written() -> None:
    with post_office() as (url, post), Mailer(url, "官渡 <grid@example.org>") as mailer:
        assert mailer.send(LETTER, NOW) is None
        assert mailer.send(LETTER, NOW) is None
    first, second = post.taken
    assert (first["Subject"], first["To"]) == (LETTER.subject, LETTER.to)
    assert first["Message-ID"] == second["Message-ID"] == "<msg_7@example.org>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first.get_content().strip() == LETTER.body


def test_a_refusal_for_good_and_one_for_now() -> None:
    with post_office() as (url, post), Mailer(url, "grid@example.org") as mailer:
        post.refusals = ["550 no such user", "451 try again later"]
        gone, later, taken = (mailer.send(LETTER, NOW) for _ in range(3))
    assert gone and gone.final and "550" in gone.text
    assert later and not later.final and "451" in later.text
    assert taken is None and len(post.taken) == 1


def test_a_server_that_is_away_is_no_refusal_and_is_found_again() -> None:
    with post_office() as (url, _):
        pass
    with Mailer(url, "grid@example.org") as mailer:
        trouble = mailer.send(LETTER, NOW)
    assert trouble is not None and not trouble.final


@pytest.mark.parametrize("to", [None, "", "nobody", "a@b\r\nBcc: c@d", "@example.org"])
def test_what_is_no_address_is_given_up_at_once(to: str | None) -> None:
    with Mailer("smtp://127.0.0.1:9", "grid@example.org") as mailer:
        trouble = mailer.send(LETTER._replace(to=to), NOW)
    assert trouble is not None and trouble.final


def test_nothing_in_a_case_makes_another_header() -> None:
    with pytest.raises(ValueError):
        compose(LETTER._replace(subject="a\nBcc: evil@example.org"), "grid@example.org", NOW)


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail", "smtp://"])
def test_an_address_of_a_server_that_is_none_is_told(url: str) -> None:
    with pytest.raises(BadInput):
        Mailer(url, "grid@example.org")
