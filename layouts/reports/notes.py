"""What people wrote about the KPIs of a section: a short list under its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.messages import t
from data.reports.draft import Draft
from data.reports.note import Note
from layouts.analysis.controls import span
from layouts.documents.blocks import Paragraph
from layouts.format import day

MOST = 12


def notes(found: Sequence[Note], draft: Draft, language: str) -> Iterator[Paragraph]:
    """A heading and a line for each, with its days, KPI, area, words, author and the day it was written."""
    if not found:
        return
    yield Paragraph(t(language, "report.notes"))
    for note in found[:MOST]:
        yield Paragraph(_line(note, draft, language))
    if len(found) > MOST:
        yield Paragraph(t(language, "report.notes.more", count=len(found) - MOST))


def _line(note: Note, draft: Draft, language: str) -> str:
    kpi = draft.catalogue.kpis[note.kpi]
    area = draft.catalogue.areas.get(note.area or "")
    name = kpi.name.get(language) + (f", {area.name.get(language)}" if area else "")
    return t(
        language, "report.notes.line", days=span(language, note.first, note.last), name=name, text=note.text,
        author=note.author or t(language, "remark.nobody"), written=day(language, note.written_at.date()),
    )  # fmt: skip
