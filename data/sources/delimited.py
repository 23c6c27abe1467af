"""Delimited text: CSV as offices and devices really write it."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pyarrow as pa

from data.catalogue.source import Source
from data.sources import cells
from data.sources.delivery import FAULT, LINE, Delivery, Pulled, SourceError
from data.sources.encoding import detect, text
from data.sources.form import Form, form, undecodable
from data.sources.inference import infer
from data.sources.records import line_feeds, line_feeds_between, record_end

SEGMENT = 64_000_000
NATIVE_FROM = 4_000_000


class Delimited:
    """Reads CSV in segments of whole records, so that memory holds text of one at a time.

    ``native_from`` is the size in bytes from which a segment is read with DuckDB.
    """

    def __init__(self, native_from: int = NATIVE_FROM, segment: int = SEGMENT) -> None:
        self.native_from, self.segment = native_from, segment

    def pull(self, source: Source, delivery: Delivery) -> Pulled:
        """Read the rows between the delivery's bytes; see `Pulled`. SourceError."""
        shape = form(source, delivery.path, delivery.relative)
        encoding, certain = shape.encoding, shape.certain
        first = _first_line(delivery, shape)
        tables = []
        for segment in _segments(delivery, max(delivery.start, shape.start), encoding, self.segment):
            if not certain and not _is_utf8(segment):
                encoding, certain = detect(segment), True
            tables.append(self._table(segment, shape, encoding, first, delivery.relative))
            first += line_feeds(segment, encoding)
        width = len(shape.names)
        table = pa.concat_tables(tables) if tables else cells.schema(width).empty_table()
        table = _without_nameless(table.rename_columns([*shape.names, LINE, FAULT]))
        found = {"encoding": encoding, "delimiter": shape.delimiter, "title_lines": shape.title_lines}
        declared = source.read.model_copy(update=found)
        return Pulled(table, infer(_evidence(table, shape, delivery), declared))

    def _table(self, segment: bytes, shape: Form, encoding: str, first: int, file: str) -> pa.Table:
        width, delimiter = len(shape.names), shape.delimiter
        try:
            if len(segment) >= self.native_from:
                utf8 = segment if encoding == "utf-8" else text(segment, encoding).encode()
                table = cells.native(utf8, width, delimiter, first)
                if table is not None:
                    return table
            return cells.plain(text(segment, encoding), width, delimiter, first, shape.least)
        except UnicodeDecodeError as error:
            raise undecodable(file, error, first) from error
        except csv.Error as error:
            remedy = f"close every quote from line {first} on"
            raise SourceError(file, str(error), remedy) from error


def _first_line(delivery: Delivery, shape: Form) -> int:
    """Line the first row of the delivery begins on."""
    if delivery.start <= shape.start:
        return shape.lines + 1
    taken = line_feeds_between(delivery.path, delivery.start, delivery.end, shape.encoding)
    return delivery.cursor.lines - taken + 1


def _segments(delivery: Delivery, start: int, encoding: str, size: int) -> Iterator[bytes]:
    """The bytes from ``start`` to the delivery's end, cut where records end."""
    rest = b""
    with delivery.path.open("rb") as stream:
        stream.seek(start)
        left = max(delivery.end - start, 0)
        while left > 0:
            read = stream.read(min(size, left))
            if not read:
                raise SourceError(delivery.relative, "the file became shorter while it was read", "deliver it again")
            left -= len(read)
            data = rest + read
            end = len(data) if left <= 0 else record_end(data, encoding)
            rest = data[end:]
            if end:
                yield data[:end]


def _is_utf8(segment: bytes) -> bool:
    try:
        segment.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_nameless(table: pa.Table) -> pa.Table:
    """Leave out columns that have neither a heading nor a value."""
    empty = [
        name
        for index, name in enumerate(table.column_names, start=1)
        if name == f"column {index}" and table[name].null_count == table.num_rows
    ]
    return table.drop_columns(empty) if empty else table


def _evidence(table: pa.Table, shape: Form, delivery: Delivery) -> pa.Table:
    """What to infer from: the rows, and for an appended slice also the head of its file.

    A slice may hold only days up to the twelfth; without the head it would be read otherwise
    than the slices before.
    """
    if delivery.start == 0:
        return table
    width = len(shape.names)
    rows = [row[:width] for row in shape.head if len(row) >= width]
    columns = {name: [row[index] or None for row in rows] for index, name in enumerate(shape.names)}
    head = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    kept = [name for name in table.column_names if name in columns]
    return pa.concat_tables([head.select(kept), table.select(kept)])
