"""How much an import accepts. The defaults are ours; GRIDSVC_IMPORT_* change them."""

import os
from typing import NamedTuple


class Limits(NamedTuple):
    """Ceilings that keep one file from filling the disk or the memory.

    `megabytes` is the size of a file, and of everything in an archive once uncompressed;
    `kml_megabytes` is lower, because a KML file is held in memory several times over;
    `entries` counts the files in an archive, `vertices` the corners of one shape.
    """

    megabytes: int = int(os.environ.get("GRIDSVC_IMPORT_MEGABYTES", "1024"))
    kml_megabytes: int = int(os.environ.get("GRIDSVC_IMPORT_KML_MEGABYTES", "128"))
    entries: int = int(os.environ.get("GRIDSVC_IMPORT_ENTRIES", "200"))
    vertices: int = int(os.environ.get("GRIDSVC_IMPORT_VERTICES", "1000000"))


LIMITS = Limits()
