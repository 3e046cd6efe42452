"""Log in, log out, who am I."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from api.deps import COOKIE, LoggedIn, Now, Tx, forget, token_of
from api.shapes.session import LoginIn, MeOut
from gridsvc import accounts, snapshot, units
from gridsvc.config import COOKIE_SECURE, SESSION_HOURS
from gridsvc.permit import Account
from gridsvc.tables.grid import District, Edition

router = APIRouter(tags=["session"])


@router.post("/session", response_model=MeOut)
def log_in(login: LoginIn, response: Response, tx: Tx, now: Now) -> dict[str, Any]:
    """Log in. The session travels in a cookie that scripts cannot read."""
    token = accounts.log_in(tx, login.login, login.password, now)
    tx.flush()
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_HOURS * 3600,
        httponly=True,
        samesite="strict",
        secure=COOKIE_SECURE,
    )
    account = accounts.by_token(tx, token, now)
    assert account is not None
    return me_out(tx, account, now)


@router.delete("/session", status_code=204)
def log_out(request: Request, response: Response, tx: Tx) -> None:
    """End the session of this request."""
    if token := token_of(request):
        accounts.log_out(tx, token)
        forget()
    response.delete_cookie(COOKIE)


@router.get("/me", response_model=MeOut)
def me(account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """The account, its post, its district, and what it may do."""
    return me_out(tx, account, now)


def me_out(tx: Tx, account: Account, now: datetime) -> dict[str, Any]:
    facts = snapshot.current(tx, account.district)
    actor = account.actor
    department = facts.rules.departments.get(actor.department_code or "")
    unit = facts.grid.unit(actor.unit_code or "")
    return {
        "login": account.login,
        "name": account.name,
        "post": actor.post,
        "post_name": facts.rules.say("post", actor.post).both,
        "district": district_out(tx, facts),
        "department": department and {"code": department.code, "name": department.name.zh},
        "unit": unit and unit._asdict(),
        "acts": sorted(actor.grants),
        "now": now,
    }


def district_out(tx: Tx, facts: snapshot.Snapshot) -> dict[str, Any]:
    district = tx.get_one(District, facts.district)
    edition = tx.get_one(Edition, (facts.district, facts.grid.edition))
    return {
        "code": district.code,
        "name": district.name_zh,
        "name_en": district.name_en,
        "time_zone": district.time_zone,
        "generated_notice": district.notice_zh
        and {"zh": district.notice_zh, "en": district.notice_en},
        "bounds": units.extent(tx, facts),
        "edition": facts.grid.edition,
        "attribution": edition.attribution,
    }
