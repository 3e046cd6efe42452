"""Street networks, each kept whole under a number; the district names the one that answers."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.db import Base


class WalkNetwork(Base):
    """One import of streets; the numbers say how large it is and in how many parts it falls."""

    __tablename__ = "walk_network"
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(Text)
    attribution: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    nodes: Mapped[int]
    stretches: Mapped[int]
    metres: Mapped[float]
    islands: Mapped[int]
    generated: Mapped[bool]
    # numpy's npz, read without pickle.
    arrays: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
