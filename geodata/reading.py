"""From a file as people send it to a frame in EPSG:4326."""

import codecs
import gzip
import re
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyogrio
import shapely

from geodata import archives, dbf, projecting
from geodata.limits import LIMITS, Limits
from geodata.progress import Counted, Progress, silent
from gridsvc.datum import Datum
from gridsvc.errors import BadInput, GridError
from gridsvc.geo import SRID

BATCH, CHUNK = 20_000, 1 << 20
# WKB spends at least this much on a corner.
BYTES_PER_VERTEX = 16
# What a file must begin with, so that no ending can make GDAL open something else.
SIGNATURES = {
    ".gpkg": re.compile(rb"SQLite format 3\x00"),
    ".shp": re.compile(rb"\x00\x00\x27\x0a"),
    ".kml": re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(?s:.{0,2000})<?kml[\s>]"),
    ".geojson": re.compile(rb"(\xef\xbb\xbf)?\s*\{"),
    ".json": re.compile(rb"(\xef\xbb\xbf)?\s*\{"),
}
ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
TROUBLE = (OSError, ValueError, RuntimeError, KeyError, pa.ArrowException, MemoryError)


class Options(NamedTuple):
    """What a file does not say itself, or says wrongly.

    `layer` names one of several. `crs` goes before what the file states, `assumed_crs` is for a
    file that states none; `datum` is what degrees are measured in. `lon` and `lat` name the
    columns of a table that hold a point.
    """

    layer: str | None = None
    crs: str | None = None
    assumed_crs: str | None = None
    datum: Datum | None = None
    encoding: str | None = None
    lon: str | None = None
    lat: str | None = None


class Layer(NamedTuple):
    """A frame whose shapes are still as the file has them, and the CRS that the file states."""

    frame: pd.DataFrame
    shapes: projecting.Shapes | None
    crs: Any


def read(
    path: Path, options: Options | None = None, say: Progress = silent, limits: Limits = LIMITS
) -> pd.DataFrame:
    """The file's rows: a GeoDataFrame in EPSG:4326, or a plain table where it has no places.

    Shapes keep their type, heights and faults: checks speak of those. Zipped or bare shapefile,
    GeoPackage, GeoJSON, KML, (Geo)Parquet, CSV. BadInput for what cannot be read or is too large,
    and where the coordinate system is neither in the file nor in the options.
    """
    options = options or Options()
    name = path.name
    try:
        _check_file(path, limits)
        layer = _reader(path)(path, options, say, limits)
    except GridError:
        raise
    except TROUBLE as trouble:
        raise BadInput(
            zh=f"不能读取文件 {name}：{_short(trouble)}。请检查文件是否完整、格式是否正确。",
            en=f"Cannot read {name}: {_short(trouble)}. Check that it is whole and of its format.",
        ) from None
    if len(layer.frame) == 0:
        raise BadInput(
            zh=f"文件 {name} 中没有任何记录。", en=f"There is not a single row in {name}."
        )
    shapes = layer.shapes
    if shapes is None and (options.lon or options.lat):
        shapes = points(layer.frame, options, name)
    if shapes is None:
        return layer.frame
    _check_vertices(shapely.get_num_coordinates(shapes), name, limits)
    stated = options.crs or layer.crs or options.assumed_crs
    reference = projecting.choose(stated, options.datum, name)
    shapes = projecting.to_wgs84(shapes, reference)
    placed: pd.DataFrame = gpd.GeoDataFrame(layer.frame, geometry=shapes, crs=SRID)
    return placed


def layers(path: Path) -> list[str]:
    """The names of the layers with shapes in a file that may hold several."""
    return [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]


Reader = Callable[[Path, Options, Progress, Limits], Layer]


def _reader(path: Path) -> Reader:
    ending = _ending(path)
    if ending not in READERS:
        raise BadInput(
            zh=f"不支持文件 {path.name} 的格式。可导入：{'、'.join(READERS)}。",
            en=f"The format of {path.name} is not supported. Accepted: {', '.join(READERS)}.",
        )
    return READERS[ending]


def _ending(path: Path) -> str:
    return ".csv" if path.name.lower().endswith(".csv.gz") else path.suffix.lower()


def _short(trouble: BaseException) -> str:
    """One line of somebody else's error, without our folders in it."""
    text = re.sub(r"(/[^\s/']+)+/", "", " ".join(str(trouble).split()))
    return text[:200] or type(trouble).__name__


def _check_file(path: Path, limits: Limits) -> None:
    if not path.is_file():
        raise BadInput(zh=f"没有文件 {path.name}。", en=f"There is no file {path.name}.")
    allowed = limits.kml_megabytes if _ending(path) == ".kml" else limits.megabytes
    _check_size(path.stat().st_size / 1e6, path.name, allowed)


def _check_size(megabytes: float, name: str, allowed: int) -> None:
    if megabytes > allowed:
        raise BadInput(
            zh=f"文件 {name} 的内容超过上限 {allowed} MB。请拆分后导入。",
            en=f"{name} holds more than {allowed} MB. Split it.",
        )


def _check_vertices(counts: Any, name: str, limits: Limits) -> None:
    most = int(np.max(counts, initial=0))
    if most > limits.vertices:
        raise BadInput(
            zh=f"{name} 中有一个图形多达{most:,}个顶点，上限为{limits.vertices:,}个。请先简化。",
            en=f"A shape in {name} has {most:,} vertices; {limits.vertices:,} are allowed. "
            "Simplify it first.",
        )


def _zipped(path: Path, options: Options, say: Progress, limits: Limits) -> Layer:
    with tempfile.TemporaryDirectory(prefix="gridsvc-") as folder:
        found = archives.unpack(path, options.layer, Path(folder), limits)
        return _shapefile(found, options._replace(layer=None), say, limits)


def _shapefile(path: Path, options: Options, say: Progress, limits: Limits) -> Layer:
    table = path.with_suffix(".dbf")
    if not table.is_file():
        raise BadInput(
            zh=f"{path.name} 旁没有属性表 .dbf。", en=f"There is no .dbf beside {path.name}."
        )
    encoding = options.encoding or dbf.encoding(table)
    return _vector(path, options._replace(layer=None, encoding=encoding), say, limits)


def _vector(path: Path, options: Options, say: Progress, limits: Limits) -> Layer:
    """What GDAL reads, batch by batch, so that one giant shape is refused before it is built."""
    _check_signature(path)
    layer = _only_layer(path, options.layer)
    pyogrio.set_gdal_config_options({"OGR_GEOJSON_MAX_OBJ_SIZE": "128"})
    tables, shapes, done = [], [], 0
    with _opened(path, layer, options.encoding) as (meta, batches):
        total = max(0, int(meta.get("features") or 0))
        where = meta["geometry_name"] or "wkb_geometry"
        for batch in batches:
            table = pa.Table.from_batches([batch])
            if where not in table.column_names:
                return Layer(_whole(batches, table).to_pandas(), None, None)
            raw = table.column(where)
            _check_vertices(_sizes(raw) // BYTES_PER_VERTEX, path.name, limits)
            shapes.append(shapely.from_wkb(raw.to_numpy(zero_copy_only=False), "ignore"))
            tables.append(table.drop_columns([where]))
            done += len(table)
            say(Counted(f"reading {path.name}", done, total))
    if not tables:
        return Layer(pd.DataFrame(), None, None)
    # A file of nothing but shapes has rows all the same.
    frame = pa.concat_tables(tables).to_pandas().reindex(pd.RangeIndex(done))
    return Layer(frame, np.concatenate(shapes), meta["crs"])


@contextmanager
def _opened(
    path: Path, layer: str | None, encoding: str | None
) -> Iterator[tuple[dict[str, Any], Any]]:
    """GDAL's description of a layer, and its rows in batches."""
    with warnings.catch_warnings():
        # Measures (M) are dropped; no unit of a grid has a use for them.
        warnings.filterwarnings("ignore", message="Measured")
        with pyogrio.open_arrow(path, layer=layer, encoding=encoding, batch_size=BATCH) as (
            meta,
            stream,
        ):
            total = pyogrio.read_info(path, layer=layer, encoding=encoding)["features"]
            yield meta | {"features": total}, pa.RecordBatchReader.from_stream(stream)


def _whole(batches: Any, first: pa.Table) -> pa.Table:
    return pa.concat_tables([first, *(pa.Table.from_batches([batch]) for batch in batches)])


def _sizes(raw: Any) -> Any:
    return pc.fill_null(pc.binary_length(raw), 0).to_numpy()


def _check_signature(path: Path) -> None:
    with path.open("rb") as file:
        begin = file.read(4096)
    if not SIGNATURES[path.suffix.lower()].match(begin):
        raise BadInput(
            zh=f"文件 {path.name} 的内容与扩展名不符，或已损坏。",
            en=f"{path.name} does not hold what its ending says, or is broken.",
        )
    if path.suffix.lower() == ".kml" and ENTITIES.search(path.read_bytes()):
        raise BadInput(
            zh=f"{path.name} 含有 XML 实体声明，已拒绝。请另存为普通 KML。",
            en=f"{path.name} declares XML entities and is refused. Save it as plain KML.",
        )


def _only_layer(path: Path, wanted: str | None) -> str | None:
    names = layers(path)
    if wanted is None and len(names) <= 1:
        return names[0] if names else None
    if wanted in names:
        return wanted
    raise BadInput(
        zh=f"{path.name} 中的图层：{'、'.join(names)}。请用 --layer 指定其中一个。",
        en=f"Layers of {path.name}: {', '.join(names)}. Name one with --layer.",
    )


def _parquet(path: Path, _options: Options, say: Progress, limits: Limits) -> Layer:
    file = pq.ParquetFile(path)
    say(Counted(f"reading {path.name}", 0, file.metadata.num_rows))
    groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
    megabytes = sum(group.total_byte_size for group in groups) / 1e6
    _check_size(megabytes, path.name, limits.megabytes)
    if b"geo" not in (file.schema_arrow.metadata or {}):
        return Layer(file.read().to_pandas(), None, None)
    read = gpd.read_parquet(path)
    shapes = read.geometry.to_numpy()
    frame = pd.DataFrame(read.drop(columns=read.geometry.name))
    say(Counted(f"reading {path.name}", len(frame), len(frame)))
    return Layer(frame, np.asarray(shapes, dtype=object), read.crs)


def _csv(path: Path, options: Options, _say: Progress, limits: Limits) -> Layer:
    """A table, every cell as text."""
    encoding = options.encoding or _encoding_of_text(path, limits)
    return Layer(pd.read_csv(path, dtype=str, encoding=encoding), None, None)


def points(frame: pd.DataFrame, options: Options, name: str) -> projecting.Shapes:
    """A point for every row (n,), None where a coordinate is no number."""
    wanted = [options.lon or "", options.lat or ""]
    missing = [column or "lon/lat" for column in wanted if column not in frame.columns]
    if missing:
        raise BadInput(
            zh=f"{name} 没有坐标列：{'、'.join(missing)}。请用 lon、lat 指定列名。",
            en=f"{name} has no coordinate columns {missing}. Name them with lon and lat.",
        )
    corners = frame[wanted].apply(pd.to_numeric, errors="coerce").to_numpy(float)
    placed = np.isfinite(corners).all(axis=1)
    shapes = np.full(len(frame), None, dtype=object)
    shapes[placed] = shapely.points(corners[placed])
    return shapes


def _encoding_of_text(path: Path, limits: Limits) -> str:
    """UTF-8 where the whole file decodes strictly, else GB18030 (a superset of GBK)."""
    packed = path.suffix.lower() == ".gz"
    decoder, size, encoding = codecs.getincrementaldecoder("utf-8")(), 0, "utf-8-sig"
    with gzip.open(path) if packed else path.open("rb") as file:
        while block := file.read(CHUNK):
            size += len(block)
            _check_size(size / 1e6, path.name, limits.megabytes)
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                encoding = "gb18030"
                decoder.reset()
    return encoding


READERS: dict[str, Reader] = {
    ".zip": _zipped,
    ".shp": _shapefile,
    ".gpkg": _vector,
    ".geojson": _vector,
    ".json": _vector,
    ".kml": _vector,
    ".parquet": _parquet,
    ".csv": _csv,
}
