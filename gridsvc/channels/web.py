"""Sends what `robots` has prepared."""

import http.client
import urllib.error
import urllib.request
from typing import Any

from gridsvc.channels.robots import Kind, Request, Trouble, verdict

TIMEOUT = 15
MOST_READ = 64 * 1024


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A message goes where it was addressed, not where that place sends it."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoDetours)


def post(kind: Kind, request: Request) -> Trouble | None:
    """None: taken. Network trouble is never final."""
    asked = urllib.request.Request(request.url, request.body, request.headers, method="POST")
    try:
        with _opener.open(asked, timeout=TIMEOUT) as answer:
            return verdict(kind, answer.status, answer.read(MOST_READ))
    except urllib.error.HTTPError as refused:
        with refused:
            return verdict(kind, refused.code, refused.read(MOST_READ))
    except (OSError, http.client.HTTPException, ValueError) as trouble:
        return Trouble(str(trouble) or type(trouble).__name__, final=False)
