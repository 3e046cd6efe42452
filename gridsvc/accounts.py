"""Who is asking: logins, console sessions and machine tokens."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Row, delete, select, text
from sqlalchemy.orm import Session

from gridsvc.config import SESSION_HOURS
from gridsvc.db import Asked
from gridsvc.errors import BadLogin
from gridsvc.permit import Account
from gridsvc.rules.permission import Actor, Scope
from gridsvc.tables import parties

GRANTS = (
    "ARRAY(SELECT act || ' ' || scope FROM post_permission WHERE post = account.post) AS grants"
)

BY_TOKEN = text(f"""
    SELECT account.*, {GRANTS}
    FROM account_token token
    JOIN account ON (account.district_code, account.id) = (token.district_code, token.account_id)
    WHERE token.token_hash = :hash AND account.active
      AND (token.expires_at IS NULL OR token.expires_at > :now)
""")  # noqa: S608

BY_LOGIN = text(f"SELECT account.*, {GRANTS} FROM account WHERE login = :login AND active")  # noqa: S608

_hasher = PasswordHasher()
# Verified when a login is unknown, so that the answer takes as long as for a known one.
_NOBODY = _hasher.hash(secrets.token_hex())


class Holder(NamedTuple):
    """Who gets an account, in which post, and where the post is held."""

    login: str
    name: str
    post: str
    department: str | None = None
    unit: str | None = None


def add(
    session: Session, district: str, holder: Holder, password: str | None = None
) -> parties.Account:
    """A new account, or the same one with its name, post and password set anew."""
    account = session.scalar(select(parties.Account).where(parties.Account.login == holder.login))
    if account is None:
        account = parties.Account(district_code=district, login=holder.login)
        session.add(account)
    account.name, account.post, account.active = holder.name, holder.post, True
    account.department_code, account.unit_code = holder.department, holder.unit
    account.password_hash = _hasher.hash(password) if password else None
    session.flush()
    return account


def log_in(session: Session, login: str, password: str, now: datetime) -> str:
    """A new session token for the right password, or BadLogin."""
    account = session.scalar(
        select(parties.Account).where(parties.Account.login == login, parties.Account.active)
    )
    try:
        _hasher.verify((account and account.password_hash) or _NOBODY, password)
    except VerificationError:
        raise BadLogin() from None
    if account is None:
        raise BadLogin()
    until = now + timedelta(hours=SESSION_HOURS)
    return issue(session, account, "console", now, until)


def issue(
    session: Session,
    account: parties.Account,
    label: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """A new secret for the account. It is returned once; only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    session.add(
        parties.AccountToken(
            token_hash=_hash(secret),
            district_code=account.district_code,
            account_id=account.id,
            label=label,
            created_at=now,
            expires_at=expires_at,
        )
    )
    return secret


def log_out(session: Session, secret: str) -> None:
    session.execute(
        delete(parties.AccountToken).where(parties.AccountToken.token_hash == _hash(secret))
    )


def by_token(asked: Asked, secret: str, now: datetime) -> Account | None:
    """The account that holds the token and what its post may do, or None."""
    row = asked.execute(BY_TOKEN, {"hash": _hash(secret), "now": now}).one_or_none()
    return None if row is None else _account(row)


def by_login(session: Session, login: str) -> Account:
    """The account with this login, for whoever holds the machine itself. BadLogin if none."""
    row = session.execute(BY_LOGIN, {"login": login}).one_or_none()
    if row is None:
        raise BadLogin()
    return _account(row)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _account(row: Row[Any]) -> Account:
    grants = dict(grant.split(" ", 1) for grant in row.grants)
    return Account(
        row.district_code,
        row.id,
        row.login,
        row.name,
        Actor(
            row.post,
            row.unit_code,
            row.department_code,
            {act: Scope(scope) for act, scope in grants.items()},
        ),
    )
