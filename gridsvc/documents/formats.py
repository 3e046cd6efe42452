"""The three formats that a document is written in."""

from datetime import datetime
from enum import StrEnum

from gridsvc.documents.blocks import Document

OFFICE = "application/vnd.openxmlformats-officedocument"


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: f"{OFFICE}.wordprocessingml.document",
    Format.XLSX: f"{OFFICE}.spreadsheetml.sheet",
}


def write(document: Document, form: Format, made_at: datetime) -> bytes:
    """The document in a format. Raises NoFont.

    Its writer is loaded when it is first asked for: most processes never write a document, and the
    libraries take a second and some 60 MB.
    """
    match form:
        case Format.PDF:
            from gridsvc.documents.pdf import pdf

            return pdf(document, made_at)
        case Format.DOCX:
            from gridsvc.documents.docx import docx_

            return docx_(document, made_at)
        case Format.XLSX:
            from gridsvc.documents.xlsx import xlsx

            return xlsx(document, made_at)
