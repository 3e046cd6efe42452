"""Mapped classes without behaviour. Loading one loads all, so that foreign keys find each other."""

from gridsvc.tables import cases, catalogue, facilities, grid, parties, photos, suggestions

__all__ = ["cases", "catalogue", "facilities", "grid", "parties", "photos", "suggestions"]
