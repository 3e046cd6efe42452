"""The three formats that a document is written in."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from gridsvc.documents.blocks import Document
from gridsvc.documents.docx import docx_
from gridsvc.documents.pdf import pdf
from gridsvc.documents.xlsx import xlsx

OFFICE = "application/vnd.openxmlformats-officedocument"


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


class Writer(NamedTuple):
    media_type: str
    write: Callable[[Document, datetime], bytes]


WRITERS = {
    Format.PDF: Writer("application/pdf", pdf),
    Format.DOCX: Writer(f"{OFFICE}.wordprocessingml.document", docx_),
    Format.XLSX: Writer(f"{OFFICE}.spreadsheetml.sheet", xlsx),
}


def write(document: Document, form: Format, made_at: datetime) -> bytes:
    """The document in a format. Raises NoFont."""
    return WRITERS[form].write(document, made_at)
