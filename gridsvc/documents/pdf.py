"""A document as PDF, set by typst."""

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import typst

from gridsvc.documents import fonts, pictures, writing
from gridsvc.documents.blocks import Block, Chart, Document, Heading, Map, Paragraph, Table


def pdf(document: Document, made_at: datetime) -> bytes:
    """The document on A4 with headers and page numbers. Raises NoFont.

    The same document made at the same moment is the same bytes.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        content = {
            "title": document.title,
            "subtitle": document.subtitle,
            "running": document.running,
            "footing": document.footing,
            "lang": document.lang,
            "fonts": [fonts.family()],
            "page": writing.page_words(document.lang),
            "blocks": [_block(one, folder, no) for no, one in enumerate(document.blocks)],
        }
        (folder / "content.json").write_bytes(orjson.dumps(content))
        page = folder / "page.typ"
        page.write_bytes(files("gridsvc.documents").joinpath("page.typ").read_bytes())
        made = typst.Compiler(str(page), root=name).compile(
            format="pdf", timestamp=int(made_at.timestamp())
        )
    assert isinstance(made, bytes)
    return made


def _block(block: Block, folder: Path, no: int) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", **block._asdict()}
        case Paragraph():
            return {"is": "paragraph", **block._asdict()}
        case Table():
            rows = [[writing.said(cell) for cell in row] for row in block.rows]
            columns = [column._asdict() for column in block.columns]
            return {"is": "table", **block._asdict(), "columns": columns, "rows": rows}
        case Chart() | Map():
            told = {"is": "picture", "title": block.title, "empty": block.empty, "file": None}
            if not block.empty:
                told["file"] = f"{no}.svg"
                (folder / f"{no}.svg").write_bytes(pictures.picture(block, "svg"))
            return told
