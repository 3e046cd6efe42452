"""Mapped classes without behaviour. Loading one loads all, so that foreign keys find each other."""

from gridsvc.db import Base
from gridsvc.tables import (
    admissions,
    alerts,
    assessments,
    cases,
    catalogue,
    changes,
    circulars,
    facilities,
    grid,
    indicators,
    messages,
    parties,
    photos,
    rules,
    siting,
    suggestions,
    walking,
)

# All of the tables; whoever compares or makes them asks here, so that none is missed.
METADATA = Base.metadata

__all__ = [
    "METADATA",
    "admissions",
    "alerts",
    "assessments",
    "cases",
    "catalogue",
    "changes",
    "circulars",
    "facilities",
    "grid",
    "indicators",
    "messages",
    "parties",
    "photos",
    "rules",
    "siting",
    "suggestions",
    "walking",
]
