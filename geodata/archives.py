"""Zipped shapefiles: the one that is meant, laid out in a folder of its own within limits."""

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from geodata.limits import Limits
from gridsvc.errors import BadInput

NEEDED = (".shp", ".shx", ".dbf")
TAKEN = (*NEEDED, ".prj", ".cpg")
NAME = "layer"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)

Members = dict[str, zipfile.ZipInfo]


def unpack(archive: Path, layer: str | None, folder: Path, limits: Limits) -> Path:
    """Lay the archive's only shapefile, or the one named `layer`, into the folder as `layer.*`.

    Returns the path of the .shp. BadInput for an archive that is broken, too large, encrypted,
    holds none or several, or lacks a part. Nothing is written outside the folder.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            _check_size(opened, archive.name, limits)
            members = _choose(_shapefiles(opened), layer, archive.name)
            for ending, member in members.items():
                with opened.open(member) as source, (folder / (NAME + ending)).open("wb") as target:
                    shutil.copyfileobj(source, target)
    except BROKEN as trouble:
        raise BadInput(
            zh=f"压缩包 {archive.name} 已损坏或不能解压：{trouble}。请重新打包后再导入。",
            en=f"{archive.name} is broken or cannot be unpacked: {trouble}. Zip it again.",
        ) from None
    return folder / f"{NAME}.shp"


def _check_size(opened: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse by what the archive declares; zipfile never reads more of a member than that."""
    entries = opened.infolist()
    if len(entries) > limits.entries:
        raise BadInput(
            zh=f"压缩包 {name} 有{len(entries)}个文件，上限为{limits.entries}个。"
            "请只打包要导入的图层。",
            en=f"{name} holds {len(entries)} files; {limits.entries} are allowed. "
            "Zip only the layer to import.",
        )
    megabytes = sum(entry.file_size for entry in entries) / 1e6
    if megabytes > limits.megabytes:
        raise BadInput(
            zh=f"压缩包 {name} 解压后有{megabytes:.0f} MB，上限为{limits.megabytes} MB。",
            en=f"{name} would be {megabytes:.0f} MB uncompressed; {limits.megabytes} are allowed.",
        )


def _shapefiles(opened: zipfile.ZipFile) -> dict[str, Members]:
    """The parts of every shapefile in the archive, by its path without the ending."""
    found: dict[str, Members] = {}
    for entry in opened.infolist():
        path = PurePosixPath(_readable(entry))
        if path.suffix.lower() in TAKEN and "__MACOSX" not in path.parts:
            found.setdefault(str(path.with_suffix("")), {})[path.suffix.lower()] = entry
    return {stem: parts for stem, parts in found.items() if ".shp" in parts}


def _readable(entry: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag, Chinese Windows writes it in GBK."""
    if entry.flag_bits & 0x800:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _choose(found: dict[str, Members], layer: str | None, name: str) -> Members:
    names = [PurePosixPath(stem).name for stem in found]
    chosen = [stem for stem in found if layer in (None, stem, PurePosixPath(stem).name)]
    if len(chosen) != 1:
        listed = "、".join(names) or "无"
        raise BadInput(
            zh=f"压缩包 {name} 中的 shapefile：{listed}。请用 --layer 指定其中一个。",
            en=f"Shapefiles in {name}: {', '.join(names) or 'none'}. Name one with --layer.",
        )
    members = found[chosen[0]]
    missing = [ending for ending in NEEDED if ending not in members]
    if missing:
        raise BadInput(
            zh=f"压缩包 {name} 缺少 {'、'.join(missing)}，图层不完整。请补齐后重新打包。",
            en=f"{name} lacks {', '.join(missing)}: the layer is not whole. Add it and zip again.",
        )
    return members
