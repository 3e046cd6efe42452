"""Files as people send them: real messy ones, and ones that mean harm."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.limits import Limits
from geodata.reading import Options, read
from gridsvc.datum import Datum
from gridsvc.errors import BadInput, DatumRefused, GridError
from tests.conftest import real_data
from tests.sketch import sketch

NAMES = ["官渡街道", "太和街道"]


@pytest.fixture
def frame() -> gpd.GeoDataFrame:
    shapes = sketch("A B")
    return gpd.GeoDataFrame(
        {"code": ["a", "b"], "name": NAMES}, geometry=[shapes["A"], shapes["B"]], crs=4326
    )


def same_ground(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> bool:
    """Whether the outlines are alike, wherever their rings begin and whichever way they run."""
    here, there = (shapely.normalize(frame.geometry.to_numpy()) for frame in (one, other))
    return bool(shapely.equals_exact(here, there, 1e-9).all())


def metres_between(one: pd.DataFrame, other: pd.DataFrame, srid: int = 4543) -> Any:
    """How far the middles of n rows are apart, in the metres of a CRS. Shape (n,)."""
    here, there = (
        shapely.centroid(gpd.GeoDataFrame(frame).to_crs(srid).geometry.to_numpy())
        for frame in (one, other)
    )
    return shapely.distance(here, there)


def write(frame: gpd.GeoDataFrame, path: Path) -> None:
    """A KML file calls its names Name."""
    driver = {".kml": "KML", ".gpkg": "GPKG", ".geojson": "GeoJSON"}[path.suffix]
    pyogrio.write_dataframe(frame.rename(columns={"name": "Name"}), path, driver=driver)


def zipped(frame: gpd.GeoDataFrame, folder: Path, encoding: str, *without: str) -> Path:
    frame.to_file(folder / "grid.shp", encoding=encoding)
    archive = folder / "grid.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for part in folder.glob("grid.*"):
            if part.suffix != ".zip" and part.suffix not in without:
                opened.write(part, part.name)
    return archive


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("without", [(), (".cpg",)])
def test_shapefiles_in_either_encoding_with_and_without_cpg(
    frame: gpd.GeoDataFrame, tmp_path: Path, encoding: str, without: tuple[str, ...]
) -> None:
    found = read(zipped(frame, tmp_path, encoding, *without))
    assert found["name"].tolist() == NAMES
    assert same_ground(found, frame)


def test_a_missing_crs_is_asked_for_and_never_guessed(
    frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    bare = zipped(frame, tmp_path, "utf-8", ".prj")
    with pytest.raises(BadInput, match="--crs"):
        read(bare)
    assert len(read(bare, Options(assumed_crs="EPSG:4326"))) == 2
    assert len(read(bare, Options(datum=Datum.CGCS2000))) == 2


def test_a_chinese_map_datum_is_converted(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "grid.geojson"
    frame.to_file(path)
    moved = read(path, Options(datum=Datum.GCJ02))
    shift = metres_between(moved, frame)
    assert ((shift > 200) & (shift < 700)).all()
    with pytest.raises(DatumRefused):
        frame.translate(-150).to_file(path)
        read(path, Options(datum=Datum.GCJ02))


@pytest.mark.parametrize("ending", [".gpkg", ".geojson", ".kml", ".parquet"])
def test_every_format_gives_the_same_ground(
    frame: gpd.GeoDataFrame, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"grid{ending}"
    if ending == ".parquet":
        frame.to_parquet(path)
    else:
        write(frame, path)
    found = read(path)
    assert found["Name" if ending != ".parquet" else "name"].tolist() == NAMES
    assert same_ground(found, frame)


def test_one_of_several_layers_is_named(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "grid.gpkg"
    for layer in ("streets", "communities"):
        pyogrio.write_dataframe(frame, path, layer=layer, append=path.exists())
    with pytest.raises(BadInput, match="streets, communities"):
        read(path)
    assert len(read(path, Options(layer="streets"))) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_tables_of_points_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "points.csv"
    path.write_text("名称,经度,纬度\n北门,102.5,25.0\n无坐标,,\n", encoding)
    found = read(path, Options(lon="经度", lat="纬度", datum=Datum.WGS84))
    assert found["名称"].tolist() == ["北门", "无坐标"]
    assert found.geometry.iloc[1] is None


def test_a_projected_crs_agrees_with_the_same_addresses_in_degrees() -> None:
    folder = real_data("messy")
    projected = read(folder / "dutch_addresses_28992.gpkg")
    degrees = read(folder / "dutch_addresses_4326.gpkg")
    away = metres_between(projected, degrees, 28992)
    assert len(away) == 2_481
    assert away.max() < 0.01


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("counties.zip", "--crs"),
        ("no-dbf.zip", ".dbf"),
        ("badzip.zip", "badzip.zip"),
    ],
)
def test_real_messy_archives_are_refused_in_words(name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(real_data("messy") / name)


@pytest.mark.parametrize("name", ["codepage.zip", "utf.zip"])
def test_real_archives_in_odd_code_pages_are_read(name: str) -> None:
    assert len(read(real_data("messy") / name, Options(assumed_crs="EPSG:4326")))


def test_an_archive_without_its_prj_is_read_once_somebody_says_the_crs() -> None:
    found = read(real_data("messy") / "counties.zip", Options(assumed_crs="EPSG:4326"))
    assert len(found) == 14
    assert int((~found.geometry.is_valid).sum()) == 9


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.shp", b"\0" * 3_000_000)
    with pytest.raises(BadInput, match="MB"):
        read(bomb, limits=Limits(megabytes=2))
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as opened:
        for number in range(20):
            opened.writestr(f"{number}.txt", b"")
    with pytest.raises(BadInput, match="20"):
        read(many, limits=Limits(entries=10))


def test_an_archive_reaches_no_other_folder(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    """Names with .. in them choose nothing: only the parts of a layer are taken, by our names."""
    good = zipped(frame, tmp_path, "utf-8")
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(evil, "w") as target:
        for entry in source.infolist():
            target.writestr(f"../../out/{entry.filename}", source.read(entry))
    assert len(read(evil)) == 2
    assert not (tmp_path.parent.parent / "out").exists()


def test_a_giant_outline_is_refused_before_it_is_built(tmp_path: Path) -> None:
    angles = np.linspace(0, 2 * np.pi, 60_000)
    ring = shapely.polygons(np.column_stack([102 + np.cos(angles) / 10, 25 + np.sin(angles) / 10]))
    path = tmp_path / "giant.gpkg"
    gpd.GeoDataFrame({"code": ["a"]}, geometry=[ring], crs=4326).to_file(path)
    with pytest.raises(BadInput, match="60,000"):
        read(path, limits=Limits(vertices=50_000))


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.kml", "a.shp"])
def test_what_a_file_is_not_is_not_opened(tmp_path: Path, name: str) -> None:
    """GDAL would open some text as another kind of source; the beginning of the file decides."""
    path = tmp_path / name
    path.write_text('<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>')
    with pytest.raises(BadInput):
        read(path)


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa">]>'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>'
    )
    with pytest.raises(BadInput, match="XML"):
        read(path)


def test_compressed_tables_stop_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 600_000))
    with pytest.raises(BadInput, match="MB"):
        read(path, limits=Limits(megabytes=1))


def samples() -> dict[str, bytes]:
    """One small good file of each kind, to break."""
    shapes = sketch("A B")
    frame = gpd.GeoDataFrame({"name": NAMES}, geometry=[shapes["A"], shapes["B"]], crs=4326)
    found = {".csv": b"lon,lat\n102,25\n", ".geojson": frame.to_json().encode()}
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    found[".parquet"] = buffer.getvalue()
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for ending in (".gpkg", ".kml"):
            path = Path(folder) / f"x{ending}"
            write(frame, path)
            found[ending] = path.read_bytes()
        found[".zip"] = zipped(frame, Path(folder), "gbk").read_bytes()
    return found


SAMPLES = samples()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
@given(
    ending=st.sampled_from(sorted(SAMPLES)),
    cut=st.floats(0, 1),
    flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=6),
)
def test_broken_files_are_refused_and_never_crash(
    tmp_path: Path, ending: str, cut: float, flips: list[tuple[float, int]]
) -> None:
    raw = bytearray(SAMPLES[ending])
    for where, mask in flips:
        raw[int(where * len(raw))] ^= mask
    path = tmp_path / f"broken{ending}"
    path.write_bytes(raw[: int(len(raw) * cut)])
    try:
        found = read(path, Options(lon="lon", lat="lat", datum=Datum.WGS84))
    except GridError as refusal:
        assert refusal.say("zh")
        assert refusal.say("en")
    else:
        assert isinstance(found, pd.DataFrame)


def test_coordinates_that_are_no_numbers_do_not_stop_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "nan.geojson"
    corners = [[102, 25], [102, 1e999], [103, 26], [102, 25]]
    feature: dict[str, object] = {"type": "Feature", "properties": {}}
    feature["geometry"] = {"type": "Polygon", "coordinates": [corners]}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    path.write_text(text.replace("Infinity", "1e999"))
    try:
        found = read(path)
    except BadInput:
        return
    assert len(found) == 1
