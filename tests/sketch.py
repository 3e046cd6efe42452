"""Draw a test's geography as text, one letter per grid unit.

    sketch('''
        A A B
        A C B
    ''')

gives one multipolygon for each letter, on a grid of 0.01 degrees whose upper left corner is at
(102.00, 25.00). A dot is ground that no unit holds.
"""

from textwrap import dedent

import geopandas as gpd
import shapely

STEP, WEST, NORTH = 0.01, 102.00, 25.00


def sketch(drawing: str) -> dict[str, shapely.Geometry]:
    squares: dict[str, list[shapely.Geometry]] = {}
    for row, line in enumerate(dedent(drawing).strip().splitlines()):
        for column, letter in enumerate(line.split()):
            if letter != ".":
                squares.setdefault(letter, []).append(square(row, column))
    return {letter: shapely.union_all(parts) for letter, parts in squares.items()}


def square(row: int, column: int) -> shapely.Geometry:
    west, north = round(WEST + column * STEP, 6), round(NORTH - row * STEP, 6)
    return shapely.box(west, round(north - STEP, 6), round(west + STEP, 6), north)


def middle(row: int, column: int) -> tuple[float, float]:
    """The centre of a square, as lon, lat."""
    return round(WEST + (column + 0.5) * STEP, 6), round(NORTH - (row + 0.5) * STEP, 6)


def grid(drawing: str, buildings: dict[str, tuple[float, float]] | None = None) -> gpd.GeoDataFrame:
    """Units of a whole small district: each letter a community `T.S.<letter>` of street `T.S` of
    district `T`, and buildings (30 m squares) by name and centre."""
    communities = sketch(drawing)
    whole = shapely.union_all(list(communities.values()))
    rows = [
        {"level": 1, "code": "T", "name": "图区", "geometry": whole},
        {"level": 2, "code": "T.S", "name": "图街道", "geometry": whole},
    ]
    rows += [
        {"level": 3, "code": f"T.S.{name}", "name": f"{name}社区", "geometry": shape}
        for name, shape in communities.items()
    ]
    for name, (lon, lat) in (buildings or {}).items():
        house = shapely.box(lon - 0.00015, lat - 0.00015, lon + 0.00015, lat + 0.00015)
        rows.append({"level": 5, "code": f"T.B.{name}", "name": f"{name}栋", "geometry": house})
    units = gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)
    return units.assign(households=[None] * len(units), generated=False)
