"""Mapped classes without behaviour. Loading one loads all, so that foreign keys find each other."""

from gridsvc.tables import (
    assessments,
    cases,
    catalogue,
    changes,
    facilities,
    grid,
    parties,
    photos,
    suggestions,
)

__all__ = [
    "assessments",
    "cases",
    "catalogue",
    "changes",
    "facilities",
    "grid",
    "parties",
    "photos",
    "suggestions",
]
