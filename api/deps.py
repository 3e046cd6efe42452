"""What a route may ask for."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple

from cachetools import TTLCache
from fastapi import Depends, FastAPI, Request
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from gridsvc import accounts, db, lines
from gridsvc.config import DISTRICT, MEDIA_DIR
from gridsvc.db import Asked
from gridsvc.errors import Lang, NotLoggedIn, UnknownDistrict
from gridsvc.lines import Ask
from gridsvc.permit import Account, check
from gridsvc.tables.grid import District

COOKIE = "gridsvc_session"
Look = Callable[[], AbstractContextManager[Connection]]


async def session() -> AsyncIterator[Session]:
    """One transaction a request, committed before the answer leaves, rolled back by an error.

    Nothing touches the database until the first statement, so opening needs no thread; only the
    end does. A synchronous dependency would cost two more changes of thread a request.
    """
    s = db.new_session()
    try:
        yield s
    except BaseException:
        await run_in_threadpool(s.rollback)
        raise
    else:
        await run_in_threadpool(s.commit)
    finally:
        s.close()


async def now() -> datetime:
    return datetime.now(UTC)


def spoken(request: Request) -> Lang:
    """The reader's language: English where it is asked for first, else Chinese."""
    wanted = request.headers.get("accept-language", "").strip().lower()
    return "en" if wanted.startswith("en") else "zh"


async def lang(request: Request) -> Lang:
    return spoken(request)


async def look() -> Look:
    """How a route sends what is one statement, where one more change of thread would tell."""
    return db.look


async def ask() -> Ask:
    """How a route sends a prepared statement without a thread."""
    return lines.lines.one_or_none


async def media() -> Path:
    """Where photos lie."""
    return MEDIA_DIR


class Given(NamedTuple):
    """What stands before FastAPI needs of the above."""

    look: Look
    ask: Ask
    now: datetime


def given(app: FastAPI) -> Given:
    """The clock and the way to ask, or what a test put in their place."""
    instead = app.dependency_overrides
    return Given(
        instead[look]() if look in instead else db.look,
        instead[ask]() if ask in instead else lines.lines.one_or_none,
        instead[now]() if now in instead else datetime.now(UTC),
    )


# scope="function": commit before the answer leaves, so that nobody is told 201 and then loses it.
Tx = Annotated[Session, Depends(session, scope="function")]
Now = Annotated[datetime, Depends(now)]
Looking = Annotated[Look, Depends(look)]
Asking = Annotated[Ask, Depends(ask)]
Media = Annotated[Path, Depends(media)]
Speech = Annotated[Lang, Depends(lang)]


def token_of(request: Request) -> str | None:
    """The token of the request: a machine's bearer token, or the console's session cookie."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        return token.strip()
    return request.cookies.get(COOKIE)


# A token that is withdrawn, or a permission that is taken away, may work this much longer.
_accounts: TTLCache[str, Account] = TTLCache(4096, ttl=5)
_districts: TTLCache[None, str] = TTLCache(1, ttl=5)


def forget() -> None:
    """Drop what is remembered of accounts and districts."""
    _accounts.clear()
    _districts.clear()


def identify(request: Request, asked: Asked, now: datetime) -> Account | None:
    """The account whose token the request carries; asks the database when it is not remembered."""
    token = token_of(request)
    if token is None:
        return None
    if token not in _accounts and (found := accounts.by_token(asked, token, now)):
        _accounts[token] = found
    return remembered(request)


def remembered(request: Request) -> Account | None:
    """The account of the request, if it was here a moment ago."""
    known = _accounts.get(token_of(request) or "")
    return known and known._replace(address=request.client.host if request.client else None)


async def visitor(request: Request, tx: Tx, now: Now) -> Account | None:
    """The account of the request, or None for a visitor."""
    return remembered(request) or await run_in_threadpool(identify, request, tx, now)


Visitor = Annotated[Account | None, Depends(visitor)]


# Each dependency costs a request a tenth of a millisecond, so these call rather than depend.
async def account(request: Request, tx: Tx, now: Now) -> Account:
    """The account of the request, or NotLoggedIn."""
    found = await visitor(request, tx, now)
    if found is None:
        raise NotLoggedIn()
    return found


LoggedIn = Annotated[Account, Depends(account)]


async def reader(account: LoggedIn) -> Account:
    """An account that may read the district's cases."""
    check(account, "case.read")
    return account


Reader = Annotated[Account, Depends(reader)]


def district_of(visitor: Account | None, asked: Asked) -> str:
    """The account's district; for a visitor the one that is configured, or the only one."""
    if visitor:
        return visitor.district
    known = DISTRICT or _districts.get(None)
    if known is None:
        known = _districts[None] = _only_district(asked)
    return known


async def public_district(request: Request, tx: Tx, now: Now) -> str:
    """The district whose public layers the request is about."""
    return await run_in_threadpool(district_of, await visitor(request, tx, now), tx)


def _only_district(asked: Asked) -> str:
    codes = asked.scalars(select(District.code).limit(2)).all()
    if len(codes) != 1:
        raise UnknownDistrict(code=DISTRICT)
    return codes[0]


PublicDistrict = Annotated[str, Depends(public_district)]
