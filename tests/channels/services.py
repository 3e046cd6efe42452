"""Real services on loopback: a mail server and an HTTP one, each with a will of its own."""

import email
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message


class Post(Message):
    """Keeps what it takes; answers the codes it was told, one each, before it takes any."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.taken: list[Any] = []
        self.refusals: list[str] = []

    async def handle_RCPT(self, *args: Any) -> str:
        _, _, envelope, address, options = args
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    def handle_message(self, message: Any) -> None:
        self.taken.append(email.message_from_bytes(message.as_bytes(), policy=policy.default))


class AnyPort(Controller):
    """The controller greets its server by the port it was asked for; here by the one it got."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def post_office() -> Iterator[tuple[str, Post]]:
    """A mail server's address, and what it holds."""
    post = Post()
    controller = AnyPort(post, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}", post
    finally:
        controller.stop()


class Heard:
    """What came in, and what is answered next: status and body; 200 and errcode 0 at last."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, bytes]] = []


@contextmanager
def hook() -> Iterator[tuple[str, Heard]]:
    """An HTTP service's address, and what it hears."""
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.requests.append((self.path, dict(self.headers), body))
            status, answer = heard.answers.pop(0) if heard.answers else (200, b'{"errcode":0}')
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()
