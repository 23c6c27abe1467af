"""The rows under a number as a file that is written while it is read: no more than one batch is in memory.

Values are those that were delivered: units and codes of the dataset, dates as ISO, whatever the language.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from data.formula import FORMULA
from data.kpis.rows import Batches, RowColumn
from layouts.documents.book import words, workbook_rows
from layouts.documents.pipe import Pipe

MARK = "\ufeff"  # by which Excel knows the letters
Heads = Sequence[tuple[str, object]]


def csv_rows(columns: Sequence[RowColumn], batches: Batches, heads: Heads, language: str) -> Iterator[bytes]:
    """CSV piece by piece: what the file is, headings, rows. Text that a spreadsheet would compute is disarmed."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerows([f"# {name}", words(value)] for name, value in heads)
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
    told = {f"lantern.{name}": words(value) for name, value in heads}
    told |= {f"lantern.column.{column.name}": column.label.get(language) for column in columns}
    pipe = Pipe()
    reader = iter(batches)
    first = next(reader, None)
    schema = _schema(columns) if first is None else first.schema
    with pq.ParquetWriter(pipe, schema.with_metadata(told), compression="zstd") as writer:
        for batch in chain([first] if first is not None else [], reader):
            writer.write_batch(batch)
            yield pipe.taken()
    yield pipe.taken()


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


STREAMED: Mapping[str, Any] = {"csv": csv_rows, "parquet": parquet_rows, "xlsx": workbook_rows}
