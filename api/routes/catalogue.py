"""GET /api/catalogue: every word and every move, so that a client names none itself."""

from typing import Any

from fastapi import APIRouter

from api.deps import PublicDistrict, Tx
from api.shapes.catalogue import CatalogueOut
from gridsvc import snapshot
from gridsvc.rulebook import Rulebook
from gridsvc.rules.lifecycle import MOVES, STAGE_NAMES, MoveRule

LISTS = {field.list_name for rule in MOVES.values() for field in rule.fields if field.list_name}

router = APIRouter(tags=["catalogue"])


@router.get("/catalogue", response_model=CatalogueOut)
def catalogue(district: PublicDistrict, tx: Tx) -> dict[str, Any]:
    """Levels, stages, kinds, channels, moves with their fields, categories, departments."""
    rules = snapshot.current(tx, district).rules
    return {
        "levels": [
            {"level": place, **level} for place, level in enumerate(terms(rules, "level"), 1)
        ],
        "stages": [
            {"code": stage, "name": name.both, "order": place}
            for place, (stage, name) in enumerate(STAGE_NAMES.items(), 1)
        ],
        "kinds": terms(rules, "whistle_kind"),
        "channels": terms(rules, "channel"),
        "modes": terms(rules, "mode"),
        "moves": [move_out(rule) for rule in MOVES.values()],
        "categories": [
            {"code": one.code, "name": one.name.both, "parent": one.parent}
            for one in rules.categories.values()
        ],
        "departments": [
            {"code": one.code, "name": one.name.both, "short": one.short}
            for one in rules.departments.values()
        ],
        "manual_reasons": terms(rules, "manual"),
        "posts": terms(rules, "post"),
        "community_kinds": terms(rules, "community_kind"),
        "lists": {name: terms(rules, name) for name in sorted(LISTS)},
    }


def terms(rules: Rulebook, name: str) -> list[dict[str, Any]]:
    return [{"code": code, "name": words.both} for code, words in rules.terms.get(name, {}).items()]


def move_out(rule: MoveRule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name.both,
        "from": sorted(rule.start),
        "to": rule.end,
        "fields": [field._asdict() | {"label": field.label.both} for field in rule.fields],
        "tells": rule.tells and rule.tells.both,
    }
