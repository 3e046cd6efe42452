"""Turn a report into a case that somebody owns: one judgement, one statement."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text

from gridsvc import gallery, snapshot, timing
from gridsvc.address import loading
from gridsvc.address.find import find
from gridsvc.casestate import named
from gridsvc.datum import Datum
from gridsvc.db import FROM_MEMORY, Asked, MustAsk, Prepared, to_json
from gridsvc.errors import GridError, KeyReused
from gridsvc.judge import Judgement, judge
from gridsvc.lines import Ask
from gridsvc.locate import Location, Place, locate
from gridsvc.permit import Account, check
from gridsvc.photo import beside
from gridsvc.photo.beside import Shot
from gridsvc.placing import by_address
from gridsvc.rulebook import Rulebook
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.lifecycle import Stage
from gridsvc.snapshot import Snapshot

# Everything a report leaves behind, in one round trip. Nothing is written when the edition or the
# rulebook it was judged by is no longer current, or when the key was used before.
RECEIVE = Prepared(
    "receive_report",
    """
    WITH numbered AS MATERIALIZED (
        SELECT :day || '-' || lpad(nextval('case_number')::text, 6, '0') AS case_no,
               'R' || :day || '-' || lpad(nextval('report_number')::text, 6, '0') AS report_no
        FROM district
        WHERE code = :district AND edition_no = :edition AND rulebook_no = :rulebook
    ), told AS (
        INSERT INTO report (district_code, report_no, case_no, event_seq, account_id, request_key,
            body_hash, received_at, channel, category_code, text, reporter_name, reporter_phone,
            reporter_email, lon, lat, datum, accuracy_m, address, token)
        SELECT :district, report_no, case_no, 1, :account, :key, :body_hash, :now, :channel,
               :category, :text, :reporter_name, :reporter_phone, :reporter_email, :lon, :lat,
               :datum, :accuracy_m, :address, :token
        FROM numbered
        ON CONFLICT (district_code, account_id, request_key) DO NOTHING
        RETURNING case_no, report_no
    ), opened AS (
        INSERT INTO case_ (district_code, case_no, stage, kind, category_code, text, opened_at,
            due_at, edition_no, unit_code, chain, owner_unit, officer_id, place, method, border_m,
            manual, rework_count, version, generated)
        SELECT :district, case_no, :stage, :kind, :category, :text, :now, :due_at, :edition,
               :unit, :chain, :owner_unit, :officer, ST_GeomFromEWKT(:place), :method, :border_m,
               :manual, 0, 1, false
        FROM told
    ), answering AS (
        INSERT INTO case_department (district_code, case_no, department_code, role)
        SELECT :district, case_no, code, CASE WHEN place = 1 THEN 'lead' ELSE 'supporting' END
        FROM told, unnest(:departments) WITH ORDINALITY AS called (code, place)
    ), timed AS (
        INSERT INTO case_clock (district_code, case_no, no, clock, limit_no, amount, unit,
            started_at, due_at, void, extended, marks, mark_at)
        SELECT :district, case_no, 1, 'case', :limit_no, :amount, :unit_of_time, :now, :due_at,
               false, 0, 0, :mark_at
        FROM told WHERE :limit_no IS NOT NULL
    ), noted AS (
        INSERT INTO case_event (district_code, case_no, seq, kind, at, stage, account_id, by_name,
            by_post, by_address, detail)
        SELECT :district, case_no, 1, 'received', :now, :stage, :account, :by_name, :by_post,
               :by_address, CAST(:detail AS jsonb)
        FROM told
    )
    SELECT case_no, report_no FROM told
    """,
    {
        "account": "uuid",
        "accuracy_m": "real",
        "amount": "double precision",
        "body_hash": "bytea",
        "border_m": "real",
        "chain": "text[]",
        "departments": "text[]",
        "due_at": "timestamptz",
        "edition": "integer",
        "lat": "double precision",
        "limit_no": "integer",
        "lon": "double precision",
        "mark_at": "timestamptz",
        "now": "timestamptz",
        "officer": "uuid",
        "rulebook": "integer",
    },
)

# The same with photos beside the report.
RECEIVE_WITH_PHOTOS = Prepared(
    "receive_report_with_photos",
    RECEIVE.sql.replace(
        "\n    SELECT case_no, report_no FROM told",
        """, showing AS (
        INSERT INTO report_photo (district_code, report_no, photo_id, no, distance_m, contradicts)
        SELECT :district, report_no, photo, no, away, contradicts
        FROM told, unnest(:photos, :distances, :contradicting)
                   WITH ORDINALITY AS shown (photo, away, contradicts, no)
    )
    SELECT case_no, report_no FROM told""",
    ),
    {**RECEIVE.types, "photos": "uuid[]", "distances": "real[]", "contradicting": "boolean[]"},
)

FIRST_ANSWER = text("""
    SELECT told.case_no, told.report_no, told.token, told.body_hash,
           event.detail - 'set' - 'suggested' AS detail
    FROM report told
    JOIN case_event event ON (event.district_code, event.case_no, event.seq)
                           = (told.district_code, told.case_no, told.event_seq)
    WHERE told.district_code = :district AND told.account_id = :account
      AND told.request_key = :key
""")


class Reporter(NamedTuple):
    name: str | None = None
    phone: str | None = None
    email: str | None = None


class Submission(NamedTuple):
    """What somebody tells us, and the key under which it may be sent again."""

    location: Location
    category: str | None
    text: str
    channel: str
    reporter: Reporter = Reporter()
    key: str | None = None
    body_hash: bytes = b""
    photos: tuple[UUID, ...] = ()
    # The categories that a model had suggested to whoever chose one.
    suggested: Mapping[str, Any] | None = None


class Draft(NamedTuple):
    """A judged report before it is written: one statement, and the answer but for its numbers."""

    statement: Prepared
    values: Mapping[str, Any]
    detail: Mapping[str, Any]

    def answer(self, case_no: str, report_no: str) -> Mapping[str, Any]:
        return _answer(case_no, report_no, self.values["token"], self.detail)


async def receive_from_memory(
    ask: Ask, account: Account, told: Submission, now: datetime
) -> Mapping[str, Any] | None:
    """`receive` for the usual report, in no thread: judged from memory and written by one
    statement. None: ask `receive`, for memory does not suffice, is out of date, or refuses."""
    try:
        facts = snapshot.held(FROM_MEMORY, account.district)
        draft = _draft(FROM_MEMORY, account, told, facts, now)
    except (MustAsk, GridError):
        return None
    row = await ask(draft.statement, draft.values)
    return None if row is None else draft.answer(*row)


def receive(asked: Asked, account: Account, told: Submission, now: datetime) -> Mapping[str, Any]:
    """Open a case for the report, or give the first answer again to a repeated key.

    A place or an owner that cannot be found sends the case to the manual queue with the reason:
    no report is dropped. All is written by one statement, so a connection that opens no
    transaction will do. Raises NotPermitted, UnknownCategory, UnknownChannel, DatumRefused,
    KeyReused.
    """
    facts = snapshot.held(asked, account.district)
    while True:
        refusal: GridError | None = None
        try:
            draft = _draft(asked, account, told, facts, now)
            if row := draft.statement.one_or_none(asked, draft.values):
                return draft.answer(row.case_no, row.report_no)
        except GridError as refused:
            refusal = refused
        if told.key and (first := _first_answer(asked, account, told)):
            return first
        # Neither a decision nor a refusal may rest on facts that are out of date.
        judged_by, facts = facts, snapshot.current(asked, account.district)
        if refusal and facts is judged_by:
            raise refusal


def _draft(
    asked: Asked, account: Account, told: Submission, facts: Snapshot, now: datetime
) -> Draft:
    """Judge by these facts. The statement gives no row if they are out of date or the key was
    used."""
    check(account, "report.create")
    facts.rules.check_channel(told.channel)
    shots = gallery.shown(asked, account, told.photos) if told.photos else []
    place = _place(asked, facts, told, shots, now)
    category = facts.rules.categories.get(told.category or "")
    kind = category.kind if category else None
    ruling = judge(facts, place, told.category, kind, now)
    detail = describe(facts, told, place, ruling)
    values = _report_values(told) | _case_values(facts, account, place, ruling, now)
    if shots:
        seen = beside.compare(shots, place.point, told.location.accuracy_m)
        reported = told.location.lon is not None
        detail["photos"] = [beside.told(one, reported) for one in seen]
        values |= _photo_values(seen)
    values |= {"kind": kind}
    values["detail"] = to_json(detail | _kept(told) | {"set": opened(values, place)})
    return Draft(RECEIVE_WITH_PHOTOS if shots else RECEIVE, values, detail)


def _kept(told: Submission) -> dict[str, Any]:
    """What the history keeps and the reporter is not told."""
    return {"suggested": told.suggested} if told.suggested else {}


def _place(
    asked: Asked, facts: Snapshot, told: Submission, shots: Sequence[Shot], now: datetime
) -> Place:
    """Where it says: by its point, else by its first photo with one, else by its address."""
    said = told.location
    if said.lon is not None:
        return locate(facts.grid, said)
    shot = beside.placing(shots)
    if shot is not None and shot.point is not None:
        taken = Location(*shot.point, Datum.WGS84, shot.accuracy_m, said.address)
        place = locate(facts.grid, taken)
        return place._replace(method="photo") if place.chain else place
    if said.address is None or not said.address.strip():
        return locate(facts.grid, said)
    today = now.astimezone(facts.rules.calendar.zone).date()
    known = loading.held(asked, facts.district, facts.grid, today)
    return by_address(facts.grid, find(known.gazetteer, said.address))


def _first_answer(asked: Asked, account: Account, told: Submission) -> Mapping[str, Any] | None:
    row = asked.execute(
        FIRST_ANSWER,
        {"district": account.district, "account": account.id, "key": told.key},
    ).one_or_none()
    if row is None:
        return None
    if bytes(row.body_hash) != told.body_hash:
        raise KeyReused()
    return _answer(row.case_no, row.report_no, row.token, row.detail)


def _answer(
    case_no: str, report_no: str, token: str | None, detail: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the reporter is told; the link belongs to nobody else and is in no history."""
    return {"case_no": case_no, "report_no": report_no, "link": token and f"/r/{token}", **detail}


def describe(facts: Snapshot, told: Submission, place: Place, ruling: Judgement) -> dict[str, Any]:
    """The judgement as the reporter is told it and the history keeps it."""
    return {
        "stage": Stage.COLLECT,
        "edition": facts.grid.edition,
        "category": told.category,
        "channel": told.channel,
        "location": {
            "lon": place.point.lon if place.point else None,
            "lat": place.point.lat if place.point else None,
            "datum": "wgs84",
            "accuracy_m": told.location.accuracy_m,
            "address": told.location.address,
            **place.found,
        },
        "chain": [unit._asdict() for unit in place.chain],
        "territorial_owner": _owner_out(facts.rules, ruling),
        "departments": _departments_out(facts.rules, ruling.departments),
        "due_at": ruling.due_at,
        "table": ruling.table,
        "first_owner": ruling.first_owner,
        "conditions": ruling.conditions,
        "why": ruling.why,
        "manual": None
        if ruling.manual is None
        else {
            "code": ruling.manual,
            "text": facts.rules.say("manual", ruling.manual).both,
        },
    }


def _owner_out(rules: Rulebook, ruling: Judgement) -> dict[str, Any] | None:
    if ruling.owner is None:
        return None
    officer = ruling.officer
    return {
        "unit": ruling.owner._asdict(),
        "officer": None
        if officer is None
        else {"name": officer.name, "post": officer.post, "phone": officer.phone},
    }


def _departments_out(rules: Rulebook, codes: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "name": rules.department_name(code).zh,
            "role": "supporting" if place else "lead",
        }
        for place, code in enumerate(codes)
    ]


def _report_values(told: Submission) -> dict[str, Any]:
    return {
        "key": told.key,
        "body_hash": told.body_hash,
        "channel": told.channel,
        "category": told.category,
        "text": told.text,
        "reporter_name": told.reporter.name,
        "reporter_phone": told.reporter.phone,
        "reporter_email": told.reporter.email,
        "lon": told.location.lon,
        "lat": told.location.lat,
        "datum": told.location.datum if told.location.lon is not None else None,
        "accuracy_m": told.location.accuracy_m,
        "address": told.location.address,
        "token": secrets.token_urlsafe(16),
    }


def _photo_values(seen: Sequence[beside.Beside]) -> dict[str, Any]:
    return {
        "photos": [one.shot.id for one in seen],
        "distances": [one.distance_m for one in seen],
        "contradicting": [one.contradicts for one in seen],
    }


def opened(values: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """The new case as `casestate` would tell it."""
    due_at: datetime | None = values["due_at"]
    told = {
        "stage": values["stage"],
        "kind": values["kind"],
        "category_code": values["category"],
        "due_at": due_at and due_at.astimezone(UTC).isoformat(),
        "edition_no": values["edition"],
        "unit_code": values["unit"],
        "chain": values["chain"],
        "owner_unit": values["owner_unit"],
        "officer_id": values["officer"] and str(values["officer"]),
        "place": list(place.point) if place.point else None,
        "method": values["method"],
        "border_m": values["border_m"],
        "manual": values["manual"],
        "rework_count": 0,
        "departments": named(values["departments"]),
        "clocks": {"1": _clock(values)} if values["limit_no"] is not None else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _clock(values: Mapping[str, Any]) -> dict[str, Any]:
    """The case's own clock as `casestate` would tell it."""
    started_at, due_at = values["now"], values["due_at"]
    return {
        "no": 1,
        "clock": Clock.CASE,
        "limit_no": values["limit_no"],
        "amount": values["amount"],
        "unit": values["unit_of_time"],
        "started_at": started_at.astimezone(UTC).isoformat(),
        "due_at": due_at.astimezone(UTC).isoformat(),
        "void": False,
        "extended": 0,
    }


def _limit_values(rules: Rulebook, ruling: Judgement) -> dict[str, Any]:
    limit, due_at = ruling.limit, ruling.due_at
    return {
        "limit_no": limit and limit.no,
        "amount": limit and limit.amount,
        "unit_of_time": limit and limit.unit,
        "due_at": due_at,
        "mark_at": due_at and timing.mark(rules, Clock.CASE, due_at),
    }


def _case_values(
    facts: Snapshot, account: Account, place: Place, ruling: Judgement, now: datetime
) -> dict[str, Any]:
    return {
        "day": now.astimezone(facts.rules.calendar.zone).strftime("%Y%m%d"),
        "district": account.district,
        "edition": facts.grid.edition,
        "rulebook": facts.rules.no,
        "account": account.id,
        "by_name": account.name,
        "by_post": account.actor.post,
        "by_address": account.address,
        "now": now,
        "stage": Stage.COLLECT,
        **_limit_values(facts.rules, ruling),
        "unit": place.chain[-1].code if place.chain else None,
        "chain": [unit.code for unit in place.chain],
        "owner_unit": ruling.owner.code if ruling.owner else None,
        "officer": ruling.officer.id if ruling.officer else None,
        "place": place.point.ewkt if place.point else None,
        "method": place.method,
        "border_m": place.border_m,
        "manual": ruling.manual,
        "departments": list(ruling.departments),
    }
