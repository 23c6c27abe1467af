"""A paper as DOCX to go on writing in: real styles, headings, numbered captions, fields, repeated table heads.

Laid out by Nghị định 30/2020/NĐ-CP, Annex I, as the PDF is.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from layouts.documents.blocks import (
    Annex,
    Block,
    Heading,
    Letterhead,
    Origin,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Signature,
    Table,
)  # fmt: skip
from layouts.documents.letters import legible
from layouts.documents.sealed import sealed
from layouts.documents.typesetter import rasters

if TYPE_CHECKING:
    from layouts.documents.wording import Sheet


def word(paper: Paper) -> bytes:
    """The whole file, the same bytes for the same paper."""
    from layouts.documents.wording import Sheet  # brings python-docx and lxml, which a page never needs

    paper = legible(paper)
    sheet = Sheet(paper)
    drawn = [block for block in paper.blocks if isinstance(block, Picture | Origin)]
    pictures = iter(rasters([(one.svg, one.width, getattr(one, "height", one.width)) for one in drawn]))
    _letterhead(sheet, paper.letterhead)
    sheet.centred(paper.kind, 14, bold=True, before=14)
    sheet.centred(paper.subject, 14, bold=True)
    sheet.rule(44)
    for block in paper.blocks:
        _write(sheet, block, pictures)
    out = BytesIO()
    sheet.book.save(out)
    return sealed(out.getvalue(), paper.made_at)


def _write(sheet: Sheet, block: Block, pictures: Any) -> None:
    if isinstance(block, Heading):
        sheet.styled(block.text, f"Heading{block.level}")
    elif isinstance(block, Paragraph):
        sheet.book.add_paragraph(block.text)
    elif isinstance(block, Table):
        sheet.caption(block.caption, block.number, together=True)
        sheet.table(block)
        sheet.notes(block.notes)
    elif isinstance(block, Picture):
        sheet.picture(next(pictures), block.width, block.alt)
        sheet.caption(block.caption, block.number, together=bool(block.notes))
        sheet.notes(block.notes, centred=True)
    elif isinstance(block, Signature):
        _signature(sheet, block)
    elif isinstance(block, Origin):
        left, right = sheet.columns(24, 141)
        sheet.picture(next(pictures), block.width, block.alt, left)
        sheet.line(block.text, 9.5, into=right)
    elif isinstance(block, Annex):
        sheet.middle(sheet.styled(block.title, "Heading1"))
        sheet.centred(block.name.upper(), 13, bold=True)
        sheet.centred(block.attached, 13, italic=True)
    elif isinstance(block, PageBreak):
        sheet.book.add_page_break()


def _letterhead(sheet: Sheet, head: Letterhead) -> None:
    left, right = sheet.columns(68, 97)
    if head.parent:
        sheet.centred(head.parent.upper(), 12, into=left)
    sheet.centred(head.issuer.upper(), 12, bold=True, into=left)
    sheet.rule(24, left, 68)
    sheet.centred(head.number, 13, into=left)
    sheet.centred(head.country, 12, bold=True, into=right)
    sheet.centred(head.motto, 13, bold=True, into=right)
    sheet.rule(52, right, 97)
    sheet.centred(head.place, 13, italic=True, into=right)


def _signature(sheet: Sheet, block: Signature) -> None:
    left, right = sheet.columns(89, 76)
    sheet.line(block.label, 12, bold=True, italic=True, into=left)
    for name in block.recipients:
        sheet.line(name, 11, into=left)
    if block.authority:
        sheet.centred(block.authority, 13, bold=True, into=right)
    sheet.centred(block.post, 13, bold=True, into=right)
    sheet.centred(block.hint, 11, italic=True, into=right, before=30)
    sheet.centred(block.name, 13, bold=True, into=right, before=36)
