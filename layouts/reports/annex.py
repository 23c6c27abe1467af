"""The annex of a report: its numbers as they were answered, for a workbook or a table of data."""

from __future__ import annotations

from data.catalogue.report import FigurePart
from data.reports.draft import Draft
from layouts.documents.facts import Correction, Document, span
from layouts.reports.words import subject


def annex(draft: Draft, address: str) -> Document:
    """Every answer of a draft, with its definitions, sources and corrections."""
    edition, language = draft.edition, draft.edition.language
    report = edition.report
    area = edition.area.name if edition.area else draft.city.name
    about = [
        ("report", f"{report.name.get(language)} ({draft.id})"),
        ("subject", subject(draft, language)),
        ("period", span(edition.period.span, language)), ("area", area.get(language)),
    ]  # fmt: skip
    sources = draft.catalogue.sources
    mended = [
        Correction(sources[one.source].name.get(language) if one.source in sources else one.source,
                   one.first, one.last, one.rows, one.loaded_at, one.replaced)
        for one in draft.corrections
    ]  # fmt: skip
    drawn = [draft.drawn(part) for section in report.sections for part in section.parts if isinstance(part, FigurePart)]
    return Document(draft.results, draft.catalogue, language, draft.made_at, address, about, mended, drawn)
