"""The category that a text may mean, suggested by the district's model; a person decides.

The model is read from its row once a process. Its arrays are numpy's own format, opened without
pickle, so that nothing in the database is ever run.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from gridsvc.errors import UnknownModel
from gridsvc.rules.suggestion import Model, Suggestion, suggest
from gridsvc.snapshot import Snapshot
from gridsvc.tables.suggestions import SuggestionModel

SHOWN, SURE = "suggest_shown", "suggest_sure_percent"
LEAST = "suggest_least_percent"

# Where a person had suggestions before them, and what they chose.
CHOSEN = text("""
    SELECT CAST(detail->'suggested'->>'model' AS integer) AS model, count(*) AS shown,
           count(*) FILTER (WHERE detail->>'category'
               = detail->'suggested'->'offered'->0->>'category') AS first,
           count(*) FILTER (WHERE detail->'suggested'->'offered'
               @> jsonb_build_array(jsonb_build_object('category', detail->>'category'))) AS among
    FROM case_event
    WHERE district_code = :district AND kind IN ('classify', 'received') AND detail ? 'suggested'
    GROUP BY 1
""")


class Offer(NamedTuple):
    """What is suggested for a text: by which model, best first, and whether the first is sure."""

    model: int
    items: Sequence[Suggestion]
    sure: bool


_held: dict[tuple[str, int], Model] = {}


def of_text(session: Session, facts: Snapshot, said: str) -> Offer | None:
    """What the active model suggests; None where there is no model. Categories that are gone from
    the catalogue are left out; a text that the model knows nothing of gets no items."""
    no = session.scalar(
        select(SuggestionModel.no).where(
            SuggestionModel.district_code == facts.district, SuggestionModel.active
        )
    )
    if no is None:
        return None
    rules = facts.rules
    model = _model(session, facts.district, no)
    likely = suggest(model, said, rules.categories, int(rules.setting(SHOWN)))
    items = [one for one in likely if one.confidence * 100 >= rules.setting(LEAST)]
    sure = bool(items) and items[0].confidence * 100 >= rules.setting(SURE)
    return Offer(no, items, sure)


def told(offer: Offer | None) -> dict[str, Any]:
    """What the history keeps beside a person's choice; nothing where nothing was suggested."""
    if offer is None or not offer.items:
        return {}
    offered = [{"category": c, "confidence": round(chance, 3)} for c, chance in offer.items]
    return {"suggested": {"model": offer.model, "offered": offered}}


def listed(session: Session, district: str) -> list[tuple[SuggestionModel, dict[str, int]]]:
    """Every model, the newest first, with how often it was before a person and what they chose."""
    chosen = {
        row.model: {"shown": row.shown, "first": row.first, "among": row.among}
        for row in session.execute(CHOSEN, {"district": district})
    }
    models = select(SuggestionModel).where(SuggestionModel.district_code == district)
    none = {"shown": 0, "first": 0, "among": 0}
    return [
        (model, chosen.get(model.no, none))
        for model in session.scalars(models.order_by(SuggestionModel.no.desc()))
    ]


def use(session: Session, district: str, no: int | None) -> None:
    """Let this model suggest from now on; None: none does. Raises UnknownModel."""
    if no is not None and session.get(SuggestionModel, (district, no)) is None:
        raise UnknownModel(model=no)
    owned = update(SuggestionModel).where(SuggestionModel.district_code == district)
    session.execute(owned.where(SuggestionModel.active).values(active=False))
    if no is not None:
        session.execute(owned.where(SuggestionModel.no == no).values(active=True))


def forget() -> None:
    """Drop the models in memory."""
    _held.clear()


def packed(model: Model) -> bytes:
    """A model as bytes: plain arrays of numbers and text in numpy's npz."""
    pieces = sorted(model.places, key=model.places.__getitem__)
    buffer = BytesIO()
    np.savez_compressed(
        buffer,
        pieces=_letters(pieces),
        categories=_letters(model.categories),
        rarity=model.rarity,
        weights=model.weights,
        start=model.start,
        temperature=np.float64(model.temperature),
    )
    return buffer.getvalue()


def unpacked(stored: bytes) -> Model:
    """The model again. ValueError for bytes that hold anything but plain arrays."""
    with np.load(BytesIO(stored), allow_pickle=False) as held:
        return Model(
            tuple(_lines(held["categories"])),
            {piece: place for place, piece in enumerate(_lines(held["pieces"]))},
            held["rarity"],
            held["weights"],
            held["start"],
            float(held["temperature"]),
        )


def _letters(lines: Sequence[str]) -> np.ndarray[Any, Any]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _lines(letters: np.ndarray[Any, Any]) -> list[str]:
    return letters.tobytes().decode().split("\n")


def _model(session: Session, district: str, no: int) -> Model:
    """A model never changes, so the one in memory holds; the former one is dropped."""
    if (district, no) not in _held:
        arrays = select(SuggestionModel.arrays).where(
            SuggestionModel.district_code == district, SuggestionModel.no == no
        )
        model = unpacked(session.execute(arrays).scalar_one())
        for known in [one for one in _held if one[0] == district]:
            _held.pop(known, None)
        _held[district, no] = model
    return _held[district, no]
