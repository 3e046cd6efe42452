"""The requests that robots, webhooks and SMS gateways expect, and what their answers mean. Pure.

- `wecom` 企业微信群机器人: markdown to the address with its key, at most 4,096 bytes.
- `dingtalk` 钉钉群机器人: markdown, signed by `timestamp` and `sign` in the address where the robot
  has a secret (HMAC-SHA256 over "timestamp\\nsecret").
- `webhook`, `sms`: JSON, signed after Standard Webhooks where there is a secret (`webhook-id`,
  `webhook-timestamp`, `webhook-signature: v1,…` over "id.timestamp.body").

Both robots answer 200 also when they refuse; their `errcode` says so.
"""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson

Kind = Literal["wecom", "dingtalk", "webhook", "sms"]
ROBOTS = ("wecom", "dingtalk", "webhook")
WECOM_BYTES = 4096
# Whoever answers so may be asked again later.
LATER = {408, 409, 425, 429}
# Too often: WeCom 45009, DingTalk 130101 and 410100; busy: -1.
LATER_CODES = {-1, 45009, 130101, 410100}


class Letter(NamedTuple):
    """What is to be said, and to whom. `id` is the same however often it is sent."""

    id: str
    template: str
    subject: str
    body: str
    case_no: str | None = None
    to: str | None = None


class Request(NamedTuple):
    """A POST, ready to be sent."""

    url: str
    headers: dict[str, str]
    body: bytes


class Trouble(NamedTuple):
    """Why something was not taken; `final` means that asking again is of no use."""

    text: str
    final: bool


def request(kind: Kind, url: str, secret: str | None, letter: Letter, now: datetime) -> Request:
    """The request by which such a service takes the letter."""
    headers = {"Content-Type": "application/json", "User-Agent": "gridsvc"}
    body = orjson.dumps(_content(kind, letter, now))
    if secret and kind == "dingtalk":
        url = _signed_url(url, secret, now)
    elif secret and kind in ("webhook", "sms"):
        headers |= _signature(letter.id, secret, body, now)
    return Request(url, headers, body)


def _content(kind: Kind, letter: Letter, now: datetime) -> dict[str, Any]:
    match kind:
        case "wecom":
            text = _cut(f"**{letter.subject}**\n{letter.body}", WECOM_BYTES)
            return {"msgtype": "markdown", "markdown": {"content": text}}
        case "dingtalk":
            text = f"### {letter.subject}\n\n{letter.body}"
            return {"msgtype": "markdown", "markdown": {"title": letter.subject, "text": text}}
        case "sms":
            return {"id": letter.id, "to": letter.to, "text": f"{letter.subject}。{letter.body}"}
        case "webhook":
            data = {"case_no": letter.case_no, "subject": letter.subject, "body": letter.body}
            return {"type": letter.template, "timestamp": now, "data": data}


def _cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, with no half characters."""
    return text.encode()[:most].decode(errors="ignore")


def _signed_url(url: str, secret: str, now: datetime) -> str:
    stamp = str(round(now.timestamp() * 1000))
    sign = _hmac(secret.encode(), f"{stamp}\n{secret}".encode())
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query), ("timestamp", stamp), ("sign", sign)]
    return urlunsplit(parts._replace(query=urlencode(query)))


def _signature(id: str, secret: str, body: bytes, now: datetime) -> dict[str, str]:
    stamp = str(int(now.timestamp()))
    signed = _hmac(key(secret), f"{id}.{stamp}.".encode() + body)
    return {
        "webhook-id": id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signed}",
    }


def key(secret: str) -> bytes:
    """The bytes of a secret: base64 after `whsec_`, as Standard Webhooks has it; else the text."""
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def _hmac(key: bytes, content: bytes) -> str:
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def verdict(kind: Kind, status: int, body: bytes) -> Trouble | None:
    """None: taken. Else why not."""
    said = body[:200].decode(errors="replace")
    if not 200 <= status < 300:
        return Trouble(f"HTTP {status} {said}".strip(), 300 <= status < 500 and status not in LATER)
    if kind not in ("wecom", "dingtalk"):
        return None
    try:
        code = orjson.loads(body)["errcode"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return Trouble(f"no errcode: {said}", final=False)
    return None if code == 0 else Trouble(said, code not in LATER_CODES)
