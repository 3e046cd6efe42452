"""Models that suggest a category from a text, each kept with what it was learnt from."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class SuggestionModel(Base):
    """One model: when and from what it was learnt, how well it did, and its arrays.

    The shares are of held-out cases, the latest by time, which the measured fit had not seen.
    """

    __tablename__ = "suggestion_model"
    __table_args__ = (
        Index(
            "suggestion_model_active_idx",
            "district_code",
            unique=True,
            postgresql_where=text("active"),
        ),
    )
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    trained_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    trained_by: Mapped[str] = mapped_column(Text)
    # Learnt from so many cases, the last of them opened then, by this library.
    cases: Mapped[int]
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    library: Mapped[str] = mapped_column(Text)
    categories: Mapped[int]
    held_out: Mapped[int]
    top1: Mapped[float]
    top3: Mapped[float]
    most_frequent: Mapped[float]
    # The mean distance between what the confidences promised and what came true.
    calibration_error: Mapped[float]
    # A share as large was sure by the setting of the day, and of those so many were right.
    sure: Mapped[float]
    sure_right: Mapped[float | None]
    active: Mapped[bool]
    # numpy's npz, read without pickle.
    arrays: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
