"""A document as XLSX: figures, definitions, sources and what the file is, each on a sheet of its own.

Numbers are numbers and dates are dates; headings are frozen; no cell of the data is merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from data.kpis.result import SourceState
from data.messages import t
from layouts.documents.facts import Document, effect, marks, span, unit
from layouts.documents.sealed import sealed
from layouts.format import age

MOMENT = "dd/mm/yyyy hh:mm"
WIDEST, PADDING = 60, 2
COLUMNS = (
    "code", "name", "period", "bucket", "part", "value", "unit", "presence", "compared_bucket", "compared",
    "effect", "effect_rate", "effect_mix",
)  # fmt: skip
MEANING = ("code", "name", "definition", "unit", "owner", "standard", "target", "marks")
MENDED = ("source", "first", "last", "rows", "loaded_at", "standing")
CHART = {"width": 720, "height": 300}
ROWS_OF_CHART = 16
ORIGIN = ("source", "owner", "dataset", "as_of", "loaded_at", "age", "promise", "freshness", "authority")


def workbook(document: Document) -> bytes:
    """The whole file."""
    import xlsxwriter  # 90 ms that a page never needs

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": MOMENT}) as book:
        pens = {
            "bold": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": MOMENT, "align": "left"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        language = document.language

        def sheet(key: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
            heads = [t(language, f"document.{name}") for name in columns]
            _sheet(book.add_worksheet(t(language, f"document.sheet.{key}")), heads, list(rows), pens)

        book.set_properties({"created": document.made_at, "comments": document.address})
        sheet("figures", COLUMNS, figures(document))
        if document.charted:
            _charts(book, document)
        sheet("definitions", MEANING, _definitions(document))
        sheet("sources", ORIGIN, _sources(document))
        if document.corrections is not None:
            sheet("corrections", MENDED, _corrections(document))
        sheet("about", ("what", "told"), document.heads())
    return sealed(out.getvalue(), document.made_at)


def _charts(book: Any, document: Document) -> None:
    """A sheet of charts that read the sheet of figures, one for each result to be drawn."""
    language = document.language
    figures = t(language, "document.sheet.figures")
    page = book.add_worksheet(t(language, "document.sheet.charts"))
    runs = _runs(document)
    for place, result in enumerate(one for one in document.charted if id(one) in runs):
        first, last = runs[id(result)]
        chart = book.add_chart({"type": "line"})
        chart.add_series({
            "name": result.kpi.name.get(language), "categories": [figures, first, 3, last, 3],
            "values": [figures, first, 5, last, 5], "marker": {"type": "none"},
        })  # fmt: skip
        chart.set_title({"name": f"{result.kpi.name.get(language)} ({unit(result, language)})", "overlay": False})
        chart.set_legend({"none": True})
        chart.set_size(CHART)
        page.insert_chart(place * ROWS_OF_CHART, 0, chart)


def _runs(document: Document) -> dict[int, tuple[int, int]]:
    """First and last line of the buckets of each result on the sheet of figures."""
    found: dict[int, tuple[int, int]] = {}
    for place, line in enumerate(document.lines(), start=1):
        if line.at is not None:
            first, _ = found.get(id(line.result), (place, place))
            found[id(line.result)] = (first, place)
    return found


def _sheet(page: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]], pens: dict[str, Any]) -> None:
    widths = [len(head) for head in heads]
    page.freeze_panes(1, 0)
    page.write_row(0, 0, heads, pens["bold"])
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _writer(page, cell, pens)(line, place)
            widths[place] = max(widths[place], len(MOMENT) if isinstance(cell, datetime) else len(str(cell or "")))
    for place, width in enumerate(widths):
        page.set_column(place, place, min(width + PADDING, WIDEST))
    if rows:
        page.autofilter(0, 0, len(rows), len(heads) - 1)


def _writer(page: Any, cell: Any, pens: dict[str, Any]) -> Callable[[int, int], Any]:
    if cell is None or cell == "":
        return lambda line, place: None
    if isinstance(cell, datetime):
        return lambda line, place: page.write_datetime(line, place, cell, pens["date"])
    if isinstance(cell, int | float):
        return lambda line, place: page.write_number(line, place, cell)
    return lambda line, place: page.write_string(line, place, cell, pens["text"])


def figures(document: Document) -> Iterable[Sequence[Any]]:
    """Every number of a document as cells under COLUMNS."""
    language = document.language
    for line in document.lines():
        kpi = line.result.kpi
        yield (
            kpi.code, kpi.name.get(language), span(line.result.query.period, language), line.at, line.part,
            line.value, unit(line.result, language), line.presence, line.compared_at, line.compared,
            *effect(line),
        )  # fmt: skip


def _definitions(document: Document) -> Iterable[Sequence[Any]]:
    language = document.language
    for result in document.kpis():
        kpi = result.kpi
        standards = "; ".join(f"{standard.scheme} {standard.code}" for standard in kpi.standard)
        target = result.target.value if result.target else None
        yield (
            kpi.code, kpi.name.get(language), kpi.definition.get(language), unit(result, language),
            kpi.owner.get(language), standards, target, marks(result, language),
        )  # fmt: skip


def _corrections(document: Document) -> Iterable[Sequence[Any]]:
    for one in document.corrections or ():
        standing = t(document.language, "document.replaced" if one.replaced else "document.undone")
        yield one.source, one.first, one.last, one.rows, one.loaded_at, standing


def _sources(document: Document) -> Iterable[Sequence[Any]]:
    language = document.language
    states: dict[str, SourceState] = {s.source.id: s for result in document.results for s in result.sources}
    for state in states.values():
        source = state.source
        dataset = document.catalogue.datasets[source.dataset]
        yield (
            source.name.get(language), source.owner.get(language), dataset.name.get(language),
            state.event_time, state.loaded_at, age(language, state.age) if state.age else None,
            age(language, source.promise), t(language, f"document.{state.freshness.value}"),
            t(language, f"document.authority.{source.authority}"),
        )  # fmt: skip
