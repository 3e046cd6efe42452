"""What an import notices: one line each, in Chinese and English, with its unit and its place."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

import geopandas as gpd

from geodata.sheets import harmless
from gridsvc.db import to_json
from gridsvc.geo import SRID
from gridsvc.words import Words

Severity = Literal["error", "warning"]

# Of one kind this many are kept; a last one counts the rest.
MOST = 1000

KINDS = {
    "invalid_geometry": Words("图形无效", "Invalid geometry"),
    "no_outline": Words("没有面状图形", "No area"),
    "heights_dropped": Words("含高程", "Heights dropped"),
    "swapped_coordinates": Words("经纬度颠倒", "Swapped coordinates"),
    "bad_coordinates": Words("坐标异常", "Impossible coordinates"),
    "wrong_datum": Words("疑似坐标系错误", "Wrong datum suspected"),
    "wrong_level": Words("层级错误", "Wrong level"),
    "wrong_code": Words("编码错误", "Wrong code"),
    "repeated_code": Words("编码重复", "Repeated code"),
    "empty_name": Words("名称为空", "Empty name"),
    "repeated_name": Words("名称重复", "Repeated name"),
    "parent_conflict": Words("上级不符", "Parent conflict"),
    "outside_parent": Words("超出上级范围", "Outside its parent"),
    "astride": Words("跨越边界", "Astride a border"),
    "sibling_overlap": Words("同级重叠", "Sibling overlap"),
    "gap": Words("上级内有空隙", "Gap in a parent"),
    "sliver": Words("狭长碎片", "Sliver"),
    "households_missing": Words("缺少户数", "Households missing"),
    "no_position": Words("没有位置", "No position"),
    "no_streets_here": Words("辖区内没有道路", "No streets here"),
    "far_from_streets": Words("附近没有道路", "No street near"),
    "street_island": Words("与主路网不相连", "Apart from the main network"),
    "ways_left_out": Words("不能步行的道路", "Ways that cannot be walked"),
}


class Finding(NamedTuple):
    """`severity` is error (the edition must not be published) or warning (a person should look).

    `place` is a shapely geometry in EPSG:4326 to draw it by; figures are in `detail`, areas in m².
    """

    severity: Severity
    kind: str
    unit: str | None
    text: Words
    detail: dict[str, Any]
    place: Any


def errors(noticed: Iterable[Finding]) -> list[Finding]:
    """Those that keep an edition from being published."""
    return [finding for finding in noticed if finding.severity == "error"]


def capped(noticed: Iterator[Finding], most: int = MOST) -> Iterator[Finding]:
    """At most so many of one check's findings, and one that counts the rest."""
    last = None
    for last in islice(noticed, most):
        yield last
    more = sum(1 for _ in noticed)
    if last is not None and more:
        name = KINDS[last.kind]
        yield last._replace(
            unit=None,
            text=Words(
                f"同类问题（{name.zh}）还有{more:,}处，未逐一列出。",
                f"{more:,} more of this kind ({name.en}) are not listed one by one.",
            ),
            detail={"more": more},
        )


def write(noticed: Iterable[Finding], path: Path) -> None:
    """Write them as GeoJSON, or as a CSV table where the file's name ends so."""
    frame = as_frame(noticed)
    if path.suffix.lower() == ".csv":
        table = frame.drop(columns="geometry").map(harmless)
        # The mark at the beginning tells Excel that the file is UTF-8.
        table.to_csv(path, index=False, encoding="utf-8-sig")
    else:
        path.write_text(frame.to_json(drop_id=True, ensure_ascii=False), "utf-8")


def as_frame(noticed: Iterable[Finding]) -> gpd.GeoDataFrame:
    """One row each: severity, kind, unit, zh, en, detail (JSON text), geometry in EPSG:4326."""
    rows = [
        {
            "severity": finding.severity,
            "kind": finding.kind,
            "unit": finding.unit,
            "zh": finding.text.zh,
            "en": finding.text.en,
            "detail": to_json(finding.detail),
            "geometry": finding.place,
        }
        for finding in noticed
    ]
    columns = ["severity", "kind", "unit", "zh", "en", "detail", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=SRID)
