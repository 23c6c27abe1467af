"""Cells of a run of records, as text: once with the csv module, once with DuckDB.

Both give the same table (a property test holds them together): columns ``c0…``, ``_line``
and ``_fault``; empty cells null; rows without any cell left out. The csv module reads
everything; DuckDB is many times faster and declines what it would read differently.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from data.sources.delivery import FAULT, LINE

BATCH = 20_000
LOOSE_QUOTE = (
    r'[,;\t|\n][ \t]+(?:"(?:"")*[^"]|(?:"")+[ \t]*[,;\t|\r\n])'
    r'|[^"]"(?:"")*[ \t]+[,;\t|\r\n]'
    r'|[,;\t|\n](?:"")+[ \t]+[,;\t|\r\n]'
)
SETTINGS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "4"}


def schema(width: int) -> pa.Schema:
    """Columns of a run of records of ``width`` cells."""
    cells = [(f"c{index}", pa.string()) for index in range(width)]
    return pa.schema([*cells, (LINE, pa.int64()), (FAULT, pa.string())])


def plain(text: str, width: int, delimiter: str, first: int, least: int | None = None) -> pa.Table:
    """Read records with the csv module; ``first`` is the line of the first. csv.Error.

    ``least`` is the number of cells a row may stop after when the file's rows leave out empty
    last cells; without it a row has ``width`` cells.
    """
    batches = list(_batches(text, width, delimiter, first, width if least is None else least))
    return pa.Table.from_batches(batches, schema(width))


def _batches(text: str, width: int, delimiter: str, first: int, least: int) -> Iterator[pa.RecordBatch]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str | None]] = []
    lines: list[int] = []
    faults: list[str | None] = []
    before = 0
    for cells in reader:
        if any(cells):
            rows.append([cell or None for cell in cells[:width]] + [None] * (width - len(cells)))
            lines.append(first + before)
            faults.append(_fault(cells, width, least))
        before = reader.line_num
        if len(rows) >= BATCH:
            yield _batch(rows, lines, faults, width)
            rows, lines, faults = [], [], []
    if rows:
        yield _batch(rows, lines, faults, width)


def _batch(rows: list, lines: list[int], faults: list[str | None], width: int) -> pa.RecordBatch:
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    return pa.record_batch([*columns, pa.array(lines, pa.int64()), pa.array(faults, pa.string())], schema(width))


def _fault(cells: list[str], width: int, least: int) -> str | None:
    """What is wrong with the number of cells; empty ones too many are a trailing delimiter."""
    if len(cells) < least or any(cells[width:]):
        return f"expected {width} cells, found {len(cells)}"
    return None


def native(data: bytes, width: int, delimiter: str, first: int) -> pa.Table | None:
    """Read UTF-8 records with DuckDB; None when the csv module must read them.

    That is: a ragged row, a blank line between rows, a carriage return on its own, a quote
    that opens or closes beside a space, or bytes that are not UTF-8.
    """
    if data.count(b"\r") != data.count(b"\r\n") or _loosely_quoted(data):
        return None
    with tempfile.TemporaryDirectory(prefix="lantern-") as folder:
        path = Path(folder) / "records.csv"
        path.write_bytes(data)
        try:
            table = _scan(path, width, delimiter, len(data))
        except duckdb.Error:
            return None
    return _with_lines(table, data, first)


def _loosely_quoted(data: bytes) -> bool:
    """Whether a quote may stand beside a space, which DuckDB drops and the csv module keeps."""
    if b'"' not in data:
        return False
    whole = pa.scalar(b"\n" + data + b"\n", pa.binary())
    return pc.match_substring_regex(whole, LOOSE_QUOTE).as_py()


def _scan(path: Path, width: int, delimiter: str, size: int) -> pa.Table:
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    with duckdb.connect(":memory:", config=SETTINGS) as connection:
        relation = connection.sql(
            f"select * from read_csv(?, auto_detect=false, header=false, delim=?, quote='\"', escape='\"', "
            f"comment='', nullstr='', strict_mode=true, null_padding=false, max_line_size={max(size, 1)}, "
            f"columns={{{columns}}})",
            params=[str(path), delimiter],
        )
        return relation.to_arrow_table().cast(pa.schema(list(schema(width))[:width]))


def _with_lines(table: pa.Table, data: bytes, first: int) -> pa.Table | None:
    """Number the rows by the lines they begin on, which cells with line feeds make taller."""
    physical = data.count(b"\n") + (not data.endswith(b"\n"))
    if physical == table.num_rows:
        lines = pa.array(range(first, first + table.num_rows), pa.int64())
    else:
        heights = pa.chunked_array([pa.array([1] * table.num_rows, pa.int64())])
        for column in table.columns:
            heights = pc.add(heights, pc.fill_null(pc.cast(pc.count_substring(column, "\n"), pa.int64()), 0))
        ends = pc.cumulative_sum(heights)
        if table.num_rows == 0 or ends[-1].as_py() != physical:
            return None
        lines = pc.add(pc.subtract(ends, heights), first)
    width = table.num_columns
    numbered = table.append_column(LINE, lines).append_column(FAULT, pa.nulls(table.num_rows, pa.string()))
    kept = _any_cell(table)
    return (numbered if kept is None else numbered.filter(kept)).cast(schema(width))


def _any_cell(table: pa.Table) -> pa.ChunkedArray | None:
    """Which rows have a cell; None when all have one in the same column."""
    if any(column.null_count == 0 for column in table.columns):
        return None
    kept = pc.is_valid(table.column(0))
    for column in table.columns[1:]:
        kept = pc.or_(kept, pc.is_valid(column))
    return kept
