"""Heads of the record, signed with Ed25519 and kept where whoever rules the database does not.

One JSON object a line: `district`, `no`, `hash` (hexadecimal), `at` (ISO), `signature` (base64 over
the other four as compact JSON with sorted keys). Anybody with the public key can check them.
"""

import base64
import binascii
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gridsvc.errors import BadInput
from gridsvc.record import Anchor, Head


def make_key(path: Path) -> Path:
    """A new private key at `path`, for its owner's eyes only, and the public one beside it.

    Raises BadInput when there is a key already: anchors signed with it would lose their proof.
    """
    key, public = Ed25519PrivateKey.generate(), path.with_suffix(".pub")
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(private)
    except FileExistsError:
        raise BadInput(
            zh=f"{path} 已存在，没有改动。", en=f"{path} exists already and was left alone."
        ) from None
    public.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return public


def private_key(path: Path) -> Ed25519PrivateKey:
    """The key in a PEM file, or BadInput."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as trouble:
        raise _no_key(path, trouble) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path, "not Ed25519")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The key in a PEM file, or BadInput."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as trouble:
        raise _no_key(path, trouble) from None
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(path, "not Ed25519")
    return key


def _no_key(path: Path, why: object) -> BadInput:
    return BadInput(
        zh=f"{path} 不是可用的 Ed25519 密钥：{why}。用 gridsvc audit key 生成。",
        en=f"{path} is no usable Ed25519 key: {why}. Make one with gridsvc audit key.",
    )


def sign(key: Ed25519PrivateKey, anchor: Anchor) -> bytes:
    """The anchor as one line of JSON, with its signature."""
    said = _said(anchor)
    signature = base64.b64encode(key.sign(_content(said))).decode()
    return orjson.dumps(said | {"signature": signature}, option=orjson.OPT_APPEND_NEWLINE)


def read(lines: Iterable[bytes], key: Ed25519PublicKey) -> list[Anchor]:
    """The anchors of a file. Raises BadInput at the first line that the key did not sign."""
    return [_read(no, line, key) for no, line in enumerate(lines, 1) if line.strip()]


def _read(no: int, line: bytes, key: Ed25519PublicKey) -> Anchor:
    try:
        said = orjson.loads(line)
        key.verify(base64.b64decode(said.pop("signature")), _content(said))
        head = Head(said["no"], bytes.fromhex(said["hash"]))
        return Anchor(said["district"], datetime.fromisoformat(said["at"]), head)
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        raise BadInput(
            zh=f"锚定文件第{no}行的签名不对，不能作为依据。",
            en=f"Line {no} of the anchors was not signed with this key: it proves nothing.",
        ) from None


def _said(anchor: Anchor) -> dict[str, object]:
    return {
        "district": anchor.district,
        "no": anchor.head.no,
        "hash": anchor.head.hash.hex(),
        "at": anchor.at.isoformat(),
    }


def _content(said: dict[str, object]) -> bytes:
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def append(path: Path, line: bytes) -> None:
    """Add the line to the file and wait until it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def last(path: Path, district: str) -> datetime | None:
    """When the district was anchored last in this file; unreadable lines count as none."""
    if not path.is_file():
        return None
    found = None
    for line in path.read_bytes().splitlines():
        try:
            said = orjson.loads(line)
            if said["district"] == district:
                found = datetime.fromisoformat(said["at"])
        except (ValueError, KeyError, TypeError):
            continue
    return found
