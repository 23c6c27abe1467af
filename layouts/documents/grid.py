"""Grids: tables of WordprocessingML and text boxes of PresentationML written as text.

The libraries build them element by element, which is most of the time a document takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from layouts.documents.blocks import Align, Column, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
TWIPS, EMU = 1440 / 25.4, 914_400  # of a mm; of an inch


def grid(block: Table, widths: Sequence[float], style: str, inset: float) -> str:
    """A table of cells ``widths`` mm wide whose text stands ``inset`` mm from their edges, in paragraphs of ``style``.

    Its head is repeated on every page and no row is broken over two (ECMA-376, part 1, 17.4).
    """
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    margins = "".join(f'<w:{side} w:w="{_twips(inset)}" w:type="dxa"/>' for side in ("left", "right"))
    heads = tuple(column.head for column in block.columns)
    rows = [_row(heads, block.columns, widths, style, head=True)]
    for place, texts in enumerate(block.rows, 1):
        rows.append(_row(texts, block.columns, widths, style, bold=block.totalled and place == len(block.rows)))
    return (
        f'<w:tbl xmlns:w="{W}"><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f'<w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def box(number: int, sides: tuple[float, float, float, float], body: str) -> str:
    """A text box of a slide: left, top, width and height in inches."""
    left, top, width, height = (round(side * EMU) for side in sides)
    return (
        f'<p:sp xmlns:a="{A}" xmlns:p="{P}"><p:nvSpPr><p:cNvPr id="{number}" name="Text {number}"/>'
        f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"</p:spPr>{body}</p:sp>"
    )


def body(text: str, size: float, colour: str, bold: bool, face: str) -> str:
    """What is written in a text box, a paragraph for each line; ``colour`` as six digits."""
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:latin typeface="{face}"/>'
    told = f'sz="{round(size * 100)}" b="{int(bold)}"'
    lines = "".join(
        f'<a:p><a:pPr algn="l"><a:defRPr {told}>{fill}</a:defRPr></a:pPr><a:r><a:rPr {told}>{fill}</a:rPr>'
        f"<a:t>{escape(line, quote=False)}</a:t></a:r></a:p>"
        for line in text.split("\n")
    )
    return f'<p:txBody xmlns:a="{A}" xmlns:p="{P}"><a:bodyPr wrap="square" anchor="t"/><a:lstStyle/>{lines}</p:txBody>'


def _row(
    texts: Sequence[str], columns: Sequence[Column], widths: Sequence[float], style: str,
    head: bool = False, bold: bool = False,
) -> str:  # fmt: skip
    cells = zip(texts, columns, widths, strict=True)
    told = "".join(
        _cell(text, width, "center" if head else column.align, style, head or bold) for text, column, width in cells
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{told}</w:tr>"


def _cell(text: str, width: float, align: Align, style: str, bold: bool) -> str:
    aligned = "" if align == "left" else f'<w:jc w:val="{align}"/>'
    heavy = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = (f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{aligned}</w:pPr><w:r>{heavy}{"<w:br/>".join(lines)}</w:r></w:p>'
        "</w:tc>"
    )


def _twips(length: float) -> int:
    return round(length * TWIPS)
