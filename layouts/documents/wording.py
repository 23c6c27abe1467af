"""A sheet of Word: the styles of the paper, and its paragraphs, tables, pictures and fields one by one.

Whoever imports this brings python-docx; ``word.py`` does so only when it writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from layouts.documents.blocks import Paper, Table
from layouts.documents.grid import grid

FACE = "Times New Roman"
WIDTH = 165.0  # mm between the margins
INSET = 1.2  # mm from the edge of a cell to its text
LOCALES = {"vi": "vi-VN", "en": "en-GB"}


class Sheet:
    """A document under construction; ``book`` is python-docx's own."""

    def __init__(self, paper: Paper) -> None:
        self.book = Document()
        self.pictures = 0
        self._page(paper)
        self._styles(paper.language)
        told = self.book.core_properties
        told.title, told.author, told.identifier = f"{paper.kind}: {paper.subject}", paper.letterhead.issuer, paper.id
        told.created = told.modified = paper.made_at
        told.last_modified_by, told.comments, told.language = "", paper.warning, LOCALES[paper.language]

    def _page(self, paper: Paper) -> None:
        page = self.book.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(30), Mm(15)
        page.header_distance, page.footer_distance = Mm(10), Mm(8)
        page.different_first_page_header_footer = True
        _field(_centred(page.header.paragraphs[0]), "PAGE")
        foot = "  ".join(part for part in (*paper.foot, paper.warning) if part)
        for place in (page.footer, page.first_page_footer):
            line = place.paragraphs[0]
            line.paragraph_format.first_line_indent = Mm(0)
            line.add_run(foot).font.size = Pt(8.5)

    def _styles(self, language: str) -> None:
        styles = self.book.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = FACE, Pt(13)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FACE)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), LOCALES[language])
        normal.element.get_or_add_rPr().append(spoken)
        shape = normal.paragraph_format
        shape.alignment, shape.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(10)
        shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(6), 1.15
        for name in ("Heading 1", "Heading 2", "Caption"):
            style = styles[name]
            style.font.size, style.font.bold, style.font.italic = Pt(12.5 if name == "Caption" else 13), True, False
            style.font.color.rgb = None
            own = style.element.get_or_add_rPr().get_or_add_rFonts()
            own.attrib.clear()
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                own.set(qn(kind), FACE)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(6)
            style.paragraph_format.keep_with_next = name != "Caption"
        cell = styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style, cell.font.size, self.cell = normal, Pt(11), cell.style_id
        shape = cell.paragraph_format
        shape.alignment, shape.first_line_indent, shape.line_spacing = WD_ALIGN_PARAGRAPH.LEFT, Mm(0), 1.0
        shape.space_after = Pt(2)
        styles["Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        styles["Caption"].paragraph_format.first_line_indent = Mm(0)

    def line(
        self, text: str, size: float, bold: bool = False, italic: bool = False, into: Any = None, before: float = 0
    ) -> Any:
        """A paragraph of its own size without indent, at the left; into a cell if one is given."""
        paragraph = _fresh(into) if into is not None else self.book.add_paragraph()
        run = paragraph.add_run(text)
        run.font.size, run.bold, run.italic = Pt(size), bold, italic
        shape = paragraph.paragraph_format
        shape.first_line_indent, shape.alignment, shape.line_spacing = Mm(0), WD_ALIGN_PARAGRAPH.LEFT, 1.0
        shape.space_before, shape.space_after = Pt(before), Pt(2)
        return paragraph

    def centred(self, text: str, size: float, **given: Any) -> Any:
        """A line in the middle."""
        return self.middle(self.line(text, size, **given))

    @staticmethod
    def middle(paragraph: Any) -> Any:
        """A paragraph put into the middle."""
        return _centred(paragraph)

    def rule(self, length: float, into: Any = None, room: float = WIDTH) -> None:
        """A line of ``length`` mm in the middle of ``room`` mm: the lower border of an empty paragraph."""
        paragraph = self.centred("", 2, into=into)
        side = Mm((room - length) / 2)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
        edges = OxmlElement("w:pBdr")
        edge = OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
            edge.set(qn(f"w:{key}"), value)
        edges.append(edge)
        paragraph._p.get_or_add_pPr().append(edges)
        paragraph.paragraph_format.space_after = Pt(6)

    def columns(self, *widths: float) -> list[Any]:
        """Cells side by side without borders, ``widths`` in mm."""
        table = self.book.add_table(rows=1, cols=len(widths))
        _sized(table, widths, 0.0)
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = Mm(width)
        _whole(table.rows[0])
        return list(table.rows[0].cells)

    def styled(self, text: str, style: str) -> Any:
        """A paragraph of a style by its id: looking one up by name each time costs more than the rest."""
        paragraph = self.book.add_paragraph(text)
        paragraph._p.style = style
        return paragraph

    def caption(self, text: str, number: int, together: bool) -> None:
        """A caption whose number is a field, so that Word counts on when staff add a table or a figure. ``together``
        says that it stays on the page of what follows."""
        paragraph = self.styled("", "Caption")
        head, _, rest = text.partition(str(number))
        paragraph.add_run(head)
        _field(paragraph, f"SEQ {head.strip()} \\* ARABIC", str(number))
        paragraph.add_run(rest)
        paragraph.paragraph_format.keep_with_next = together

    def table(self, block: Table) -> None:
        """A table with its head repeated on every page, no row broken over two."""
        taken = sum(column.width for column in block.columns)
        free = sum(column.width == 0 for column in block.columns)
        widths = [column.width or (WIDTH - taken) / free for column in block.columns]
        body = self.book.element.body
        body.insert(len(body) - 1, parse_xml(grid(block, widths, self.cell, INSET)))  # the section stands last

    def notes(self, lines: tuple[str, ...], centred: bool = False) -> None:
        """What is to be said below a table or a figure; a table needs a paragraph after it in any case."""
        for place, text in enumerate(lines, 1):
            written = self.line(text, 10.5, italic=True)
            written.paragraph_format.keep_with_next = place < len(lines)
            if centred:
                _centred(written)
        if not lines and not centred:
            self.line("", 4)

    def picture(self, content: bytes, width: float, alt: str, into: Any = None) -> None:
        """A picture ``width`` pt wide in the middle, with what a listener gets instead."""
        paragraph = self.centred("", 13, into=into)
        paragraph.paragraph_format.keep_with_next = into is None
        shape = paragraph.add_run().add_picture(BytesIO(content), width=Pt(width))
        self.pictures += 1
        told = shape._inline.docPr
        told.set("id", str(self.pictures))
        told.set("descr", alt)


def _sized(table: Any, widths: Sequence[float], inset: float) -> None:
    """Columns of ``widths`` mm whose text stands ``inset`` mm from their edges."""
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(inset / 25.4 * 1440)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _fresh(cell: Any) -> Any:
    """The empty paragraph every cell begins with, or another one."""
    first = cell.paragraphs[0]
    untouched = len(cell.paragraphs) == 1 and not first.runs
    return first if untouched else cell.add_paragraph()


def _centred(paragraph: Any) -> Any:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Mm(0)
    return paragraph


def _field(paragraph: Any, code: str, shown: str = "2") -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("code", code), ("separate", ""), ("text", shown), ("end", "")):
        if kind == "text":
            run.add_text(text)
            continue
        element = OxmlElement("w:instrText" if kind == "code" else "w:fldChar")
        if kind == "code":
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _whole(row: Any) -> None:
    """A row that is never broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
