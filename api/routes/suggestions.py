"""Categories that a text may mean, and the models that say so."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import LoggedIn, Tx
from api.shapes.suggestions import (
    SuggestionModelList,
    SuggestionModelOut,
    SuggestionsOut,
    SuggestQuery,
)
from gridsvc import snapshot, suggestions
from gridsvc.permit import check

router = APIRouter(prefix="/categories", tags=["suggestions"])
FIELDS = [
    name for name in SuggestionModelOut.model_fields if name not in ("shown", "first", "among")
]


@router.get("/suggest", response_model=SuggestionsOut)
def suggest(asked: Annotated[SuggestQuery, Query()], account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """The likeliest categories of a text. Nothing is classified by it: a person chooses."""
    check(account, "report.create")
    facts = snapshot.current(tx, account.district)
    offer = suggestions.of_text(tx, facts, asked.text)
    if offer is None:
        return {"model": None, "sure": False, "items": []}
    names = facts.rules.categories
    return {
        "model": offer.model,
        "sure": offer.sure,
        "items": [
            {
                "category": {"code": one.category, "name": names[one.category].name.both},
                "confidence": one.confidence,
            }
            for one in offer.items
        ],
    }


@router.get("/models", response_model=SuggestionModelList)
def models(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Every model that was trained, the newest first."""
    check(account, "rates.read")
    return {
        "items": [
            {name: getattr(model, name) for name in FIELDS} | chosen
            for model, chosen in suggestions.listed(tx, account.district)
        ]
    }
