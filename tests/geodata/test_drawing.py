"""What a map draws from afar has fewer corners and no gaps."""

import numpy as np
import pytest
import shapely

from geodata import projecting
from geodata.drawing import COARSE, drawings
from geodata.editions import Provenance, stage
from tests.conftest import NOON, Town, real_data
from tests.maps.test_tiles import tile_of
from tests.sketch import grid


def ragged() -> np.ndarray:
    """Two neighbours whose common border has a thousand corners up to a metre off a line."""
    rng = np.random.default_rng(5)
    north = np.linspace(0, 20_000, 1_000)
    border = np.column_stack([10_000 + rng.uniform(-1, 1, 1_000), north])
    left = shapely.Polygon([(0, 0), *border, (0, 20_000)])
    right = shapely.Polygon([*border, (20_000, 20_000), (20_000, 0)])
    return np.array([shapely.MultiPolygon([one]) for one in (left, right)], dtype=object)


def test_neighbours_keep_one_border_at_every_zoom() -> None:
    shapes = ragged()
    for zoom, drawn in drawings(shapes, np.array([3, 3])).items():
        assert shapely.coverage_is_valid(drawn)
        assert shapely.union_all(drawn).area == pytest.approx(4e8, rel=1e-6)
        corners = shapely.get_num_coordinates(drawn).sum()
        assert corners < shapely.get_num_coordinates(shapes).sum() / 2, zoom


def test_buildings_are_never_redrawn() -> None:
    found = drawings(ragged(), np.array([3, 5]))
    assert all(drawn[1] is None and drawn[0] is not None for drawn in found.values())


def test_an_overlapping_level_is_left_as_it_is() -> None:
    shapes = ragged()
    shapes[1] = shapely.MultiPolygon([shapely.box(9_000, 0, 20_000, 20_000)])
    found = drawings(shapes, np.array([3, 3]))
    assert all(shapely.equals_exact(drawn, shapes).all() for drawn in found.values())


def test_a_real_hierarchy_opens_no_gap() -> None:
    import geopandas as gpd

    units = gpd.read_parquet(real_data("nyc") / "grid_levels_1_4.parquet")
    units = units[units["level"] <= 3]
    flat = projecting.to_metres(units.geometry.to_numpy(), 3857)
    levels = units["level"].to_numpy()
    for drawn in drawings(flat, levels).values():
        for level in (1, 2, 3):
            assert shapely.coverage_is_valid(drawn[levels == level])
            before, after = (
                len(shapely.get_parts(shapely.union_all(shapes[levels == level])))
                for shapes in (flat, drawn)
            )
            assert before >= after


def test_tiles_from_afar_are_small(town: Town) -> None:
    angles = np.linspace(0, 2 * np.pi, 8_000)
    rough = 0.02 + np.random.default_rng(2).uniform(-2e-5, 2e-5, 8_000)
    ring = np.column_stack([102.02 + rough * np.cos(angles), 24.98 + rough * np.sin(angles)])
    units = grid("A").assign(geometry=shapely.make_valid(shapely.Polygon(ring)))
    staged = stage(town.session, town.district, units, Provenance("x", "y", "own"), NOON)
    town.hire("chief", "administrator")
    content = town.client.get(
        f"/tiles/community/{tile_of(102.02, 24.98, max(COARSE))}.mvt",
        params={"edition": staged.no},
        headers={"Authorization": f"Bearer {town.token('chief')}"},
    ).content
    # A whole outline would cost at least two bytes a corner.
    assert 100 < len(content) < 8_000
