"""Write many rows at once: data frames into tables by COPY."""

import io
from collections.abc import Iterable
from typing import Any, cast

import numpy.typing as npt
import pandas as pd
import shapely
from sqlalchemy.orm import Session

from gridsvc.geo import SRID


def copy(session: Session, table: str, frame: pd.DataFrame) -> int:
    """COPY the frame's columns into the columns of the same names, in the caller's transaction.

    Missing values become NULL. Returns the number of rows. Table and column names are ours.
    """
    if frame.empty:
        return 0
    text = io.StringIO()
    frame.to_csv(text, index=False, header=False, na_rep="\\N")
    text.seek(0)
    columns = ", ".join(frame.columns)
    cursor = cast(Any, session.connection().connection).cursor()
    cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '\\N')", text)
    return len(frame)


def ewkb(shapes: Any, srid: int = SRID) -> npt.NDArray[Any]:
    """Geometries as the hexadecimal EWKB that a geometry column reads."""
    marked = shapely.set_srid(shapes, srid)
    return cast(
        npt.NDArray[Any],
        shapely.to_wkb(marked, hex=True, include_srid=True, output_dimension=2),
    )


def text_array(values: Iterable[str]) -> str:
    """A text[] literal."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
