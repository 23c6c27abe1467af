"""Rendering: a draft as the kinds of file there are. The libraries that write them are brought when they write."""

from __future__ import annotations

from data.areas.outline import Outlines
from data.reports.draft import Draft
from layouts.reports.annex import annex
from layouts.reports.deck import deck
from layouts.reports.paper import paper

KINDS = ("pdf", "docx", "xlsx", "pptx", "parquet", "csv")


def render(draft: Draft, kind: str, outlines: Outlines | None, address: str) -> bytes:
    """The whole file of one of KINDS; the same draft and address give the same bytes. KeyError for another kind."""
    writers = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "pptx": _pptx, "parquet": _parquet, "csv": _csv}
    return writers[kind](draft, outlines, address)


def _pdf(draft: Draft, outlines: Outlines | None, address: str) -> bytes:
    from layouts.documents.pdf import pdf

    return pdf(paper(draft, outlines, address))


def _docx(draft: Draft, outlines: Outlines | None, address: str) -> bytes:
    from layouts.documents.word import word

    return word(paper(draft, outlines, address))


def _xlsx(draft: Draft, outlines: Outlines | None, address: str) -> bytes:
    from layouts.documents.workbook import workbook

    return workbook(annex(draft, address))


def _pptx(draft: Draft, outlines: Outlines | None, address: str) -> bytes:
    from layouts.documents.slides import slides

    return slides(deck(draft))


def _parquet(draft: Draft, outlines: Outlines | None, address: str) -> bytes:
    from layouts.documents.parquet import parquet

    return parquet(annex(draft, address))


def _csv(draft: Draft, outlines: Outlines | None, address: str) -> bytes:
    from layouts.documents.separated import separated

    return separated(annex(draft, address))
