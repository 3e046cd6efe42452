"""What robots, webhooks and gateways are sent, held against who checks it on their side."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from gridsvc.channels.robots import Kind, Letter, request, verdict

LETTER = Letter("msg_1", "called", "请报到：20260302-000001", "拓东路，暴露垃圾", "20260302-000001")
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()


@given(subject=st.text(max_size=50), body=st.text(max_size=3000), secret=st.binary(min_size=24))
def test_a_webhook_is_signed_as_standard_webhooks_checks_it(
    subject: str, body: str, secret: bytes
) -> None:
    key = "whsec_" + base64.b64encode(secret).decode()
    letter = LETTER._replace(subject=subject, body=body)
    sent = request("webhook", "http://h/x", key, letter, datetime.now(UTC))
    told = Webhook(key).verify(sent.body, sent.headers)
    assert (told["data"]["subject"], told["data"]["body"]) == (subject, body)
    with pytest.raises(WebhookVerificationError):
        Webhook(key).verify(sent.body + b" ", sent.headers)


def test_dingtalk_finds_its_signature_in_the_address() -> None:
    now = datetime.now(UTC)
    sent = request("dingtalk", "https://oapi/robot/send?access_token=t", "SECabc", LETTER, now)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sent.url).query).items()}
    # As the robot's own manual computes it.
    signed = hmac.new(b"SECabc", f"{asked['timestamp']}\nSECabc".encode(), hashlib.sha256)
    assert base64.b64decode(asked["sign"]) == signed.digest()
    assert asked["access_token"] == "t"
    stamp = datetime.fromtimestamp(int(asked["timestamp"]) / 1000, UTC)
    assert abs(stamp - now) < timedelta(milliseconds=2)
    told = orjson.loads(sent.body)
    assert told["msgtype"] == "markdown" and LETTER.body in told["markdown"]["text"]
    assert told["markdown"]["title"] == LETTER.subject


@given(body=st.text(alphabet="垃圾a𠀀", max_size=3000))
def test_wecom_gets_at_most_what_it_takes_in_whole_characters(body: str) -> None:
    sent = request(
        "wecom", "https://q/send?key=k", None, LETTER._replace(body=body), datetime.now(UTC)
    )
    content = orjson.loads(sent.body)["markdown"]["content"]
    assert len(content.encode()) <= 4096
    assert f"**{LETTER.subject}**\n{body}".startswith(content)


def test_a_short_message_names_its_number_and_its_id() -> None:
    letter = LETTER._replace(to="13800000000")
    sent = request("sms", "http://h/sms", SECRET, letter, datetime.now(UTC))
    told = orjson.loads(sent.body)
    assert (told["id"], told["to"]) == ("msg_1", "13800000000")
    assert Webhook(SECRET).verify(sent.body, sent.headers) == told


@pytest.mark.parametrize(
    ("kind", "status", "body", "final"),
    [
        ("wecom", 200, b'{"errcode":0,"errmsg":"ok"}', None),
        ("wecom", 200, b'{"errcode":45009,"errmsg":"api freq out of limit"}', False),
        ("wecom", 200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', True),
        ("dingtalk", 200, b'{"errcode":130101,"errmsg":"send too fast"}', False),
        ("dingtalk", 200, b'{"errcode":310000,"errmsg":"sign not match"}', True),
        ("dingtalk", 200, b"<html>", False),
        ("webhook", 204, b"", None),
        ("webhook", 404, b"gone", True),
        ("webhook", 302, b"", True),
        ("webhook", 429, b"", False),
        ("sms", 503, b"", False),
    ],
)
def test_an_answer_is_taken_refused_or_a_matter_of_time(
    kind: Kind, status: int, body: bytes, final: bool | None
) -> None:
    trouble = verdict(kind, status, body)
    assert (trouble and trouble.final) == final
