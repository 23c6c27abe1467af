"""Workbooks: a sheet with titles above its headings, merged cells, and typed values."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.catalogue.references import near
from data.catalogue.source import Source
from data.sources.delivery import FAULT, LINE, Delivery, Pulled, SourceError
from data.sources.headings import DEPTH, clean, find, named
from data.sources.inference import infer
from data.sources.typed import typed

Row = list[Any]
Merges = list[tuple[tuple[int, int], tuple[int, int]]]


class Workbook:
    """Reads one sheet of an XLSX file whole."""

    def pull(self, source: Source, delivery: Delivery) -> Pulled:
        """Read the declared sheet, or the first; ``_line`` is the sheet row. SourceError."""
        sheet = _sheet(source, delivery)
        rows = sheet.to_python(skip_empty_area=False)
        headings = _Headings(rows, list(sheet.merged_cell_ranges or []))
        at = source.read.title_lines
        at = headings.find(source) if at is None else at
        if at >= len(rows):
            raise SourceError(
                delivery.relative, f"sheet '{sheet.name}' holds no headings", "check sheet and title_lines"
            )
        names = named(source, delivery.relative, headings.cells(at), at + 1)
        table = _table(names, rows, headings.last(at) + 1)
        declared = source.read.model_copy(update={"sheet": sheet.name, "title_lines": at})
        return Pulled(table, infer(table, declared))


def _sheet(source: Source, delivery: Delivery) -> CalamineSheet:
    try:
        book = CalamineWorkbook.from_path(str(delivery.path))
    except (CalamineError, OSError) as error:
        raise SourceError(
            delivery.relative, f"no readable workbook: {error}", "save it as .xlsx without password"
        ) from error
    wanted = source.read.sheet
    by_name = {clean(name): name for name in book.sheet_names}
    if wanted is not None and clean(wanted) not in by_name:
        raise SourceError(delivery.relative, f"no sheet '{wanted}'", near(wanted, book.sheet_names))
    return book.get_sheet_by_name(by_name[clean(wanted)]) if wanted else book.get_sheet_by_index(0)


class _Headings:
    """Headings of one row, or of several that merged cells hold together."""

    def __init__(self, rows: list[Row], merges: Merges) -> None:
        self.rows, self.merges = rows, merges

    def find(self, source: Source) -> int:
        """Row of the headings; see `headings.find`."""
        return find([self.cells(at) for at in range(min(DEPTH, len(self.rows)))], source.headings)

    def last(self, at: int) -> int:
        """Last row of the headings that begin in row ``at``.

        A cell merged across columns is a group title, so the row below still belongs to the
        headings; a cell merged across the whole sheet is a title of the sheet.
        """
        bottom = at
        for (top, left), (low, right) in self.merges:
            if top != at or right - left + 1 >= len(self.rows[at]):
                continue
            bottom = max(bottom, low if right == left else max(low, top + 1))
        return min(bottom, len(self.rows) - 1)

    def cells(self, at: int) -> list[str]:
        """Heading of every column; a group title stands before the headings it groups."""
        last = self.last(at)
        filled = [[_text(value) or "" for value in self.rows[row]] for row in range(at, last + 1)]
        for (top, left), (low, right) in self.merges:
            if last > at and at <= top <= last and right > left:
                for row in range(top, min(low, last) + 1):
                    filled[row - at][left : right + 1] = [_text(self.rows[top][left]) or ""] * (right - left + 1)
        return [" / ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*filled, strict=True)]


def _table(names: list[str], rows: list[Row], first: int) -> pa.Table:
    """Rows that have a value, from row ``first`` on; columns without heading and value are left out."""
    kept = [(number, row) for number, row in enumerate(rows[first:], start=first + 1) if any(v != "" for v in row)]
    columns: dict[str, pa.Array] = {}
    for index, name in enumerate(names):
        values = [None if row[index] == "" else row[index] for _, row in kept]
        if name != f"column {index + 1}" or any(value is not None for value in values):
            columns[name] = typed(values, _text)
    columns[LINE] = pa.array([number for number, _ in kept], pa.int64())
    columns[FAULT] = pa.nulls(len(kept), pa.string())
    return pa.table(columns)


def _text(value: Any) -> str | None:
    """A cell as a person reads it; whole numbers without a point."""
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(value)
