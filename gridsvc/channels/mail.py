"""E-mail by SMTP."""

import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Self
from urllib.parse import unquote, urlsplit

from gridsvc.channels.robots import Letter, Trouble
from gridsvc.errors import BadInput

TIMEOUT = 15


class Mailer:
    """One connection to the mail server, made when it is first needed and again when it breaks."""

    def __init__(self, url: str, sender: str) -> None:
        self.server = urlsplit(url)
        if self.server.scheme not in ("smtp", "smtps") or not self.server.hostname:
            raise BadInput(
                zh="GRIDSVC_SMTP_URL应写成 smtp://用户:密码@主机:端口 或 smtps://…。",
                en="GRIDSVC_SMTP_URL reads smtp://user:password@host:port or smtps://….",
            )
        self.sender = sender
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def send(self, letter: Letter, now: datetime) -> Trouble | None:
        """None: the server took it. Refused for good where it answers 5xx to the message."""
        try:
            message = compose(letter, self.sender, now)
        except ValueError as wrong:
            return Trouble(str(wrong), final=True)
        try:
            self._connected().send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            return Trouble(_said(code, text), final=code >= 500)
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as refused:
            self._hang_up()
            return Trouble(_said(refused.smtp_code, refused.smtp_error), refused.smtp_code >= 500)
        except (smtplib.SMTPException, OSError) as trouble:
            self._hang_up()
            return Trouble(str(trouble) or type(trouble).__name__, final=False)
        return None

    def _connected(self) -> smtplib.SMTP:
        if self._line is None:
            self._line = self._connect()
        return self._line

    def _connect(self) -> smtplib.SMTP:
        host, port = self.server.hostname or "", self.server.port
        context = ssl.create_default_context()
        if self.server.scheme == "smtps":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port or 465, timeout=TIMEOUT, context=context
            )
        else:
            line = smtplib.SMTP(host, port or 587, timeout=TIMEOUT)
            line.ehlo()
            if line.has_extn("starttls"):
                line.starttls(context=context)
        if self.server.username:
            line.login(unquote(self.server.username), unquote(self.server.password or ""))
        return line

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def compose(letter: Letter, sender: str, now: datetime) -> EmailMessage:
    """The message; its Message-ID is the letter's, so whoever gets it twice sees it once.

    Raises ValueError for an address that is none, or a subject of several lines.
    """
    name, _, host = (letter.to or "").rpartition("@")
    if not name or not host:
        raise ValueError(f"not an e-mail address: {letter.to!r}")
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(username=name, domain=host)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2].strip('>') or 'gridsvc'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def _said(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
