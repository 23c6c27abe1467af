"""A document as CSV: every number a line, with what the file is above the heading."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO

from data.messages import t
from layouts.documents.facts import Document, unit
from layouts.documents.workbook import COLUMNS, figures

MARK = "\ufeff"  # by which Excel knows the letters


def separated(document: Document) -> bytes:
    """The whole file: exact numbers with a decimal point, dates as ISO, whatever the language."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    for name, value in document.heads():
        write.writerow([f"# {name}", _text(value)])
    for result in document.kpis():
        write.writerow(
            [f"# {result.kpi.code}", result.kpi.definition.get(document.language), unit(result, document.language)]
        )
    write.writerow([t(document.language, f"document.{name}") for name in COLUMNS])
    for row in figures(document):
        write.writerow([_text(cell) for cell in row])
    return (MARK + out.getvalue()).encode()


def _text(value: object) -> object:
    return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime) else value
