"""Domain errors on the wire, as RFC 9457 problem details in the reader's language.

The table is complete: a test walks GridError's subclasses.
"""

import logging
import re
import secrets
from typing import Any

import orjson
import psycopg2
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from api import deps
from gridsvc import errors
from gridsvc.errors import GridError
from gridsvc.words import Words

log = logging.getLogger("gridsvc.api")

STATUS: dict[type[GridError], int] = {
    errors.NotLoggedIn: 401,
    errors.BadLogin: 401,
    errors.NotPermitted: 403,
    errors.UnknownDistrict: 404,
    errors.NoEdition: 503,
    errors.UnknownCase: 404,
    errors.UnknownUnit: 404,
    errors.UnknownEdition: 404,
    errors.EditionUnsound: 409,
    errors.EditionMovedOn: 409,
    errors.UnknownLayer: 404,
    errors.UnknownMove: 404,
    errors.UnknownCategory: 422,
    errors.UnknownChannel: 422,
    errors.UnknownDepartment: 422,
    errors.IllegalMove: 409,
    errors.MissingField: 422,
    errors.BadField: 422,
    errors.CaseMovedOn: 409,
    errors.SamePerson: 409,
    errors.UnknownAnswer: 404,
    errors.NotAnswered: 409,
    errors.OwnRequest: 409,
    errors.NothingAsked: 409,
    errors.AskedAlready: 409,
    errors.OpenTasks: 409,
    errors.PhotoNeeded: 422,
    errors.TooFarToVerify: 409,
    errors.NotCalled: 409,
    errors.KeyReused: 422,
    errors.DatumRefused: 422,
    errors.UnknownPhoto: 404,
    errors.PhotoTooLarge: 413,
    errors.PhotoTooManyPixels: 413,
    errors.PhotoFormatRefused: 415,
    errors.PhotoUnreadable: 422,
    errors.UnknownTable: 404,
    errors.TableRefused: 422,
    errors.TablePublished: 409,
    errors.TableUntried: 409,
    errors.TableUnsound: 409,
    errors.CommitteeMayNotLead: 409,
    errors.ConditionsMissing: 422,
    errors.NotAdmitted: 409,
    errors.UnknownAdmission: 404,
    errors.AdmissionIllegal: 409,
    errors.AdmissionIncomplete: 422,
    errors.AdmissionTooLate: 422,
    errors.NoLinkedLeader: 409,
    errors.BadTemplate: 422,
    errors.UnknownEndpoint: 404,
    errors.UnknownMessage: 404,
    errors.PartyRefused: 422,
    errors.SitesRefused: 422,
    errors.UnknownSite: 404,
    errors.FacilityRefused: 422,
    errors.UnknownFacility: 404,
    errors.Frozen: 409,
    errors.NotYetFrozen: 409,
    errors.AppealsOpen: 409,
    errors.NotAssessed: 409,
    errors.RatedAlready: 409,
    errors.AppealedAlready: 409,
    errors.UnknownAppeal: 404,
    errors.MissingReason: 422,
    errors.RulebookMovedOn: 409,
    errors.UnknownModel: 404,
    errors.TooFewCases: 409,
    errors.UnknownIndicator: 404,
    errors.UnknownCircular: 404,
    errors.CircularKept: 409,
    errors.NoFont: 503,
    errors.UnknownAlert: 404,
    errors.AlertDismissed: 409,
    errors.BadCursor: 400,
    errors.BadInput: 422,
}

TITLES = {
    400: Words("请求有误", "Bad request"),
    401: Words("未登录", "Not logged in"),
    403: Words("没有权限", "Not permitted"),
    404: Words("没有找到", "Not found"),
    405: Words("方法不适用", "Method not allowed"),
    409: Words("与现状冲突", "Conflict"),
    413: Words("内容过大", "Too large"),
    415: Words("格式不支持", "Format not supported"),
    422: Words("内容不合要求", "Not acceptable"),
    500: Words("服务出错", "Server error"),
    503: Words("暂不可用", "Not available yet"),
}

# What pydantic may find wrong, said so that a person can mend it. `ctx` fills the braces.
FAULTS = {
    "missing": Words("必填，不能缺少", "is required"),
    "json_invalid": Words("不是有效的 JSON", "is not valid JSON"),
    "string_too_short": Words(
        "太短，至少{min_length}个字符", "needs at least {min_length} characters"
    ),
    "string_too_long": Words(
        "太长，最多{max_length}个字符", "may have at most {max_length} characters"
    ),
    "greater_than_equal": Words("不能小于{ge}", "must be at least {ge}"),
    "less_than_equal": Words("不能大于{le}", "must be at most {le}"),
    "greater_than": Words("必须大于{gt}", "must be greater than {gt}"),
    "enum": Words("只能是：{expected}", "must be one of {expected}"),
    "literal_error": Words("只能是：{expected}", "must be one of {expected}"),
    "float_parsing": Words("应为数字", "must be a number"),
    "float_type": Words("应为数字", "must be a number"),
    "finite_number": Words("应为有限的数字", "must be a finite number"),
    "int_parsing": Words("应为整数", "must be a whole number"),
    "int_type": Words("应为整数", "must be a whole number"),
    "string_type": Words("应为文字", "must be text"),
    "list_type": Words("应为列表", "must be a list"),
    "dict_type": Words("应为对象", "must be an object"),
    "model_attributes_type": Words("应为对象", "must be an object"),
    "bool_parsing": Words("只能是 true 或 false", "must be true or false"),
    "datetime_parsing": Words("应为带时区的 ISO 时间", "must be an ISO time with zone"),
    "datetime_from_date_parsing": Words("应为带时区的 ISO 时间", "must be an ISO time with zone"),
    "timezone_aware": Words("时间必须带时区", "must have a time zone"),
    "extra_forbidden": Words("没有这一项", "is not a known field"),
}
UNKNOWN_FAULT = Words("值不合要求", "is not acceptable")


def problem(request: Request, kind: str, status: int, detail: str, **extra: Any) -> Response:
    """One problem document."""
    title = TITLES.get(status, TITLES[500]).say(deps.spoken(request))
    body = {
        "type": f"/problems/{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "error_no": secrets.token_hex(4),
        **extra,
    }
    if status >= 500:
        log.error("%s %s: %s", body["error_no"], request.url.path, detail)
    return Response(orjson.dumps(body, default=str), status, media_type="application/problem+json")


def kind_of(error: GridError) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()


# Facts that a client reads without parsing the sentence.
TOLD = ("legal", "version", "known", "faults")


def refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, GridError)
    extra = {k: v for k, v in error.facts.items() if k in TOLD}
    detail = error.say(deps.spoken(request))
    return problem(request, kind_of(error), STATUS[type(error)], detail, **extra)


def refuse_shape(request: Request, error: Exception) -> Response:
    """A request that has not the shape it should: each fault with its path."""
    assert isinstance(error, RequestValidationError)
    lang = deps.spoken(request)
    faults = []
    for fault in error.errors():
        words = FAULTS.get(fault["type"], UNKNOWN_FAULT)
        # A list index or a tag of the request's part tells a reader nothing about a missing body.
        path = ".".join(str(part) for part in fault["loc"][1:] or fault["loc"])
        message = words.say(lang).format_map(_Blanks(fault.get("ctx") or {}))
        faults.append({"path": path, "message": message})
    detail = ("；" if lang == "zh" else "; ").join(f"{f['path']} {f['message']}" for f in faults)
    return problem(request, "validation", 422, detail, errors=faults)


class _Blanks(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def refuse_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = TITLES.get(error.status_code, TITLES[500])
    response = problem(request, "http", error.status_code, words.say(deps.spoken(request)))
    response.headers.update(error.headers or {})
    return response


def refuse_unstorable(request: Request, error: Exception) -> Response:
    """Text that PostgreSQL cannot hold (NUL, half a character), or a number beyond its range."""
    unfit = DataError | psycopg2.DataError | UnicodeEncodeError
    telling = isinstance(error, unfit) or "NUL" in str(error)
    if not telling:
        return refuse_crash(request, error)
    words = Words(
        "内容里有无法保存的字符，或数字超出范围。没有保存，请改正后重新发送。",
        "There is a character that cannot be stored, or a number out of range. Nothing was saved.",
    )
    return problem(request, "unstorable", 422, words.say(deps.spoken(request)))


def no_such_path(request: Request) -> Response:
    return refuse_http(request, HTTPException(404))


def refuse_crash(request: Request, error: Exception) -> Response:
    log.exception("unexpected", exc_info=error)
    words = Words(
        "服务内部出错，本次内容没有保存。请稍后重试，并把错误编号告诉管理员。",
        "Something failed inside; nothing was saved. Try again and tell the administrator "
        "the error number.",
    )
    return problem(request, "crash", 500, words.say(deps.spoken(request)))


def install(app: FastAPI) -> None:
    app.add_exception_handler(GridError, refuse)
    app.add_exception_handler(RequestValidationError, refuse_shape)
    app.add_exception_handler(HTTPException, refuse_http)
    app.add_exception_handler(DataError, refuse_unstorable)
    app.add_exception_handler(psycopg2.DataError, refuse_unstorable)
    app.add_exception_handler(ValueError, refuse_unstorable)
    app.add_exception_handler(Exception, refuse_crash)
