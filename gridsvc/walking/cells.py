"""Hexagons that ground within reach is drawn by: H3, some 130 m across."""

import h3.api.basic_int as h3
import numpy as np
import numpy.typing as npt

from gridsvc.walking.network import Floats

# Finer ones would show gaps between the points along a street.
RESOLUTION = 10

Cells = npt.NDArray[np.uint64]


def cells_of(lons: Floats, lats: Floats) -> Cells:
    """The hexagon that holds each point (n,), (n,). Shape (n,)."""
    pairs = zip(lats.tolist(), lons.tolist(), strict=True)
    return np.array([h3.latlng_to_cell(lat, lon, RESOLUTION) for lat, lon in pairs], np.uint64)
