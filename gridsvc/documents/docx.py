"""A document as DOCX, to be worked on further."""

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from gridsvc.documents import fonts, pictures, writing
from gridsvc.documents.blocks import Block, Chart, Document, Heading, Map, Paragraph, Table

GREY = RGBColor(0x5A, 0x64, 0x6D)
PAGE_CM, MARGIN_CM = (21.0, 29.7), 2.0
TEXT_CM = PAGE_CM[0] - 2 * MARGIN_CM
# Control characters that XML cannot hold.
UNFIT = {code: None for code in range(32) if code not in (9, 10, 13)}


def docx_(document: Document, made_at: datetime) -> bytes:
    """The document on A4; headings are Word's own, tables repeat their first row. NoFont."""
    made = docx.Document()
    _set_up(made, document, made_at)
    title = made.add_paragraph(_fit(document.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _small(made, document.subtitle, 11).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in document.blocks:
        _add(made, block)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _set_up(made: Any, document: Document, made_at: datetime) -> None:
    family = fonts.family()
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = made.styles[name]
        style.font.name = family
        style.font.color.rgb = RGBColor(0x24, 0x32, 0x40)
        kept = style.element.get_or_add_rPr().get_or_add_rFonts()
        # A theme's font would stand before the named one.
        for attribute in list(kept.attrib):
            del kept.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            kept.set(qn(script), family)
    made.styles["Normal"].font.size = Pt(10.5)
    made.styles["Title"].font.size = Pt(20)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(PAGE_CM[0]), Cm(PAGE_CM[1])
    section.left_margin = section.right_margin = section.bottom_margin = Cm(MARGIN_CM)
    made.core_properties.title = _fit(document.title)
    made.core_properties.author = _fit(document.running)
    made.core_properties.created = made.core_properties.modified = made_at.replace(tzinfo=None)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _run(head, f"{document.running}\t\t{document.title}", 8)
    before, between, after = writing.page_words(document.lang)
    _run(foot, f"{document.footing}\t\t{before}", 8)
    _field(foot, "PAGE")
    _run(foot, between, 8)
    _field(foot, "NUMPAGES")
    _run(foot, after, 8)


def _add(made: Any, block: Block) -> None:
    match block:
        case Heading():
            made.add_heading(_fit(block.text), block.level)
        case Paragraph(look="small"):
            _small(made, block.text, 8)
        case Paragraph():
            made.add_paragraph(_fit(block.text))
        case Table():
            _table(made, block)
        case Chart() | Map():
            _picture(made, block)


def _picture(made: Any, block: Chart | Map) -> None:
    _caption(made, block.title)
    if block.empty:
        _small(made, block.empty, 8)
    else:
        made.add_picture(BytesIO(pictures.picture(block, "png")), width=Cm(TEXT_CM))


def _table(made: Any, block: Table) -> None:
    _caption(made, block.title)
    if block.rows:
        _rows(made, block)
    if told := block.note if block.rows else block.empty:
        _small(made, told, 8)


def _rows(made: Any, block: Table) -> None:
    table = made.add_table(rows=1, cols=len(block.columns), style="Light List Accent 1")
    table.autofit = False
    whole = sum(column.share for column in block.columns)
    widths = [Cm(TEXT_CM * column.share / whole) for column in block.columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[0], [column.title for column in block.columns], block, widths)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in block.rows:
        _fill(table.add_row(), [writing.said(cell) for cell in row], block, widths)


def _fill(row: Any, told: list[str], block: Table, widths: list[Any]) -> None:
    for cell, words, column, width in zip(row.cells, told, block.columns, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if column.number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run(_fit(words)).font.size = Pt(8)


def _caption(made: Any, words: str) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(10)
    run = paragraph.add_run(_fit(words))
    run.bold, run.font.size = True, Pt(9.5)


def _small(made: Any, words: str, size: float) -> Any:
    paragraph = made.add_paragraph()
    _run(paragraph, words, size)
    return paragraph


def _run(paragraph: Any, words: str, size: float) -> None:
    run = paragraph.add_run(_fit(words))
    run.font.size, run.font.color.rgb = Pt(size), GREY


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _fit(words: str) -> str:
    return words.translate(UNFIT)
