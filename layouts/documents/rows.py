"""The rows under a number as a file that is written while it is read: no more than one batch is in memory.

Values are those that were delivered: units and codes of the dataset, dates as ISO, whatever the language.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import RawIOBase, StringIO
from itertools import chain
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from data.formula import FORMULA
from data.kpis.rows import Batches, RowColumn
from layouts.documents.workbook import MOMENT

MARK = "\ufeff"  # by which Excel knows the letters
MOST_IN_WORKBOOK = 100_000  # rows; a sheet holds ten times that, and a person reads none of it
Heads = Sequence[tuple[str, object]]


class TooMany(Exception):
    """More rows than a workbook takes."""


def csv_rows(columns: Sequence[RowColumn], batches: Batches, heads: Heads, language: str) -> Iterator[bytes]:
    """CSV piece by piece: what the file is, headings, rows. Text that a spreadsheet would compute is disarmed."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerows([f"# {name}", _text(value)] for name, value in heads)
    write.writerow([column.label.get(language) for column in columns])
    yield (MARK + out.getvalue()).encode()
    options = pa_csv.WriteOptions(include_header=False)
    for batch in batches:
        sink = pa.BufferOutputStream()
        plain = pa.RecordBatch.from_arrays([_plain(column) for column in batch.columns], batch.schema.names)
        pa_csv.write_csv(plain, sink, options)
        yield sink.getvalue().to_pybytes()


def parquet_rows(columns: Sequence[RowColumn], batches: Batches, heads: Heads, language: str) -> Iterator[bytes]:
    """Parquet piece by piece, a row group for each batch; what the file is stands in its metadata."""
    told = {f"lantern.{name}": str(_text(value)) for name, value in heads}
    told |= {f"lantern.column.{column.name}": column.label.get(language) for column in columns}
    pipe = _Pipe()
    reader = iter(batches)
    first = next(reader, None)
    schema = _schema(columns) if first is None else first.schema
    with pq.ParquetWriter(pipe, schema.with_metadata(told), compression="zstd") as writer:
        for batch in chain([first] if first is not None else [], reader):
            writer.write_batch(batch)
            yield pipe.taken()
    yield pipe.taken()


def workbook_rows(
    columns: Sequence[RowColumn], batches: Batches, heads: Heads, language: str, file: BinaryIO, name: str, about: str
) -> None:
    """XLSX written row by row into ``file``, with sheets ``name`` and ``about``; TooMany beyond MOST_IN_WORKBOOK."""
    import xlsxwriter  # 90 ms that a page never needs

    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": MOMENT}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, [column.label.get(language) for column in columns], bold)
        line = 0
        for batch in batches:
            if line + batch.num_rows > MOST_IN_WORKBOOK:
                raise TooMany
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                for place, cell in enumerate(row):
                    _write(page, line, place, cell)
        told = book.add_worksheet(about)
        for place, (head, value) in enumerate(heads):
            told.write_row(place, 0, [head, str(_text(value))])


def _write(page: Any, line: int, place: int, cell: object) -> None:
    if isinstance(cell, str):
        page.write_string(line, place, cell)
    elif isinstance(cell, bool):
        page.write_boolean(line, place, cell)
    elif isinstance(cell, datetime | date | time):
        page.write_datetime(line, place, cell)
    elif cell is not None:
        page.write_number(line, place, cell)


class _Pipe(RawIOBase):
    """Where a writer puts its bytes until they are taken."""

    def __init__(self) -> None:
        self._held, self._at = bytearray(), 0

    def writable(self) -> bool:
        """It only takes."""
        return True

    def write(self, content: Any) -> int:
        """Take bytes."""
        self._held += content
        self._at += len(content)
        return len(content)

    def tell(self) -> int:
        """How many there were in all."""
        return self._at

    def taken(self) -> bytes:
        """What came since it was last asked."""
        found, self._held = bytes(self._held), bytearray()
        return found


def _plain(column: pa.Array) -> pa.Array:
    """A column as CSV has it: moments as text, text disarmed."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        return pc.strftime(column.cast(pa.timestamp("s"), safe=False), format="%Y-%m-%d %H:%M:%S")
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return column
    risky = pc.is_in(pc.utf8_slice_codeunits(column, 0, 1), pa.array(FORMULA, column.type))
    return pc.if_else(risky, pc.binary_join_element_wise(pa.scalar("'", kind), column, pa.scalar("", kind)), column)


def _schema(columns: Sequence[RowColumn]) -> pa.Schema:
    return pa.schema([(column.name, pa.string()) for column in columns])


def _text(value: object) -> object:
    return value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else value


STREAMED: Mapping[str, Any] = {"csv": csv_rows, "parquet": parquet_rows}
