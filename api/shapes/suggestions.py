"""What the API says of suggested categories and of the models that suggest them."""

from datetime import datetime

from pydantic import BaseModel, Field

from api.shapes.base import CategoryRef, Strict


class SuggestQuery(Strict):
    """The text of a report that is being written or classified."""

    text: str = Field(max_length=2000)


class SuggestionOut(BaseModel):
    """A category and the chance, from 0 to 1, that it is the one."""

    category: CategoryRef
    confidence: float


class SuggestionsOut(BaseModel):
    """Best first. No model: there is none yet. Empty items: the text says nothing that is known.
    Not sure: the first is below the district's threshold. A person decides in any case."""

    model: int | None
    sure: bool
    items: list[SuggestionOut]


class SuggestionModelOut(BaseModel):
    """One model: what it was learnt from, how it did on the latest cases held out of it, and what
    people chose where its suggestions stood before them. Shares are from 0 to 1."""

    no: int
    active: bool
    trained_at: datetime
    trained_by: str
    cases: int
    until: datetime
    library: str
    categories: int
    held_out: int
    top1: float
    top3: float
    most_frequent: float = Field(description="what always saying the commonest category reaches")
    calibration_error: float
    sure: float
    sure_right: float | None
    shown: int = Field(description="so often people chose with its suggestions before them")
    first: int = Field(description="and took the first")
    among: int = Field(description="or one of those shown")


class SuggestionModelList(BaseModel):
    items: list[SuggestionModelOut]
