"""The rows a trial looks at: all of a usual file, the first part of a very large one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from data.catalogue.source import Reading, Source
from data.catalogue.text import Text
from data.sources import geopackage, workbook
from data.sources.blocks import filled
from data.sources.connector import KINDS, connector
from data.sources.delivery import FAULT, LINE, Cursor, Delivery, SourceError
from data.sources.encoding import marked
from data.sources.form import form
from data.sources.records import line_feeds_between, record_end
from data.sources.trial.document import records
from data.sources.trial.kind import kind

MOST_BYTES = 64_000_000
MOST_ROWS = 500_000
LABELS_AMONG = 2
PARTS = {"xlsx": ("sheet", workbook.heights), "geopackage": ("table", geopackage.heights)}
WORD = Text(vi="-", en="-")


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of a file as its connector gives them, and what the connector does not hand on.

    ``table`` has the block labels of ``fill_down`` filled in. ``whole`` is False when only the
    first part of the file was read; ``lined`` says that each row is a line, to which more can be
    appended. ``blank`` counts rows without any cell, ``nameless`` columns without heading and
    value, ``marked`` says whether a byte order mark stands first, ``others`` are sheets or tables
    of the file that were not looked at.
    """

    path: Path
    connector: str
    table: pa.Table
    reading: Reading
    fill_down: tuple[str, ...] = ()
    whole: bool = True
    lined: bool = False
    blank: int = 0
    nameless: int = 0
    marked: bool = False
    others: tuple[str, ...] = ()

    @property
    def headings(self) -> list[str]:
        """Headings of the delivered columns."""
        return [name for name in self.table.column_names if name not in (LINE, FAULT)]

    @property
    def rows(self) -> int:
        """Rows looked at."""
        return self.table.num_rows


def sample(path: Path, read: Reading | None = None) -> Sample:
    """Read a file as its bytes suggest; SourceError when it is no table or holds no row."""
    found = kind(path)
    if found not in KINDS:
        raise SourceError(path.name, f"no connector reads {found}", "export it as CSV or XLSX")
    lined, inside = records(path) if found == "jsonl" else (found != "csv", None)
    source, others = _fullest(_source(path, found, read or Reading(records=inside)), path)
    delivery, whole = _delivery(source, path)
    pulled = connector(source).pull(source, delivery)
    table = pulled.table
    if table.num_rows > MOST_ROWS:
        table, whole = table.slice(0, MOST_ROWS), False
    if table.num_rows == 0:
        raise SourceError(path.name, "the file holds headings and no row", "try one that holds rows")
    labels = tuple(name for name in table.column_names[:LABELS_AMONG] if _labels_blocks(table[name]))
    made = Sample(path, found, filled(table, labels), pulled.reading, labels, whole, not lined, others=others)
    return _with_lines(made, source, delivery, table) if found == "csv" else made


def _source(path: Path, found: str, read: Reading) -> Source:
    return Source(
        id="trial", name=WORD, owner=WORD, dataset="trial", connector=found, path=path.name, read=read,
        deliver="replace", fresh_within=60,
    )  # fmt: skip


def _fullest(source: Source, path: Path) -> tuple[Source, tuple[str, ...]]:
    """The source of the sheet or table that holds most, where none is declared, and the names of the others."""
    key, count = PARTS.get(source.connector, ("", None))
    if count is None or getattr(source.read, key):
        return source, ()
    held = {name: height for name, height in count(path).items() if height}
    if not held or (key == "table" and len(held) == 1):
        return source, ()
    best = max(held, key=lambda name: held[name])
    read = source.read.model_copy(update={key: best})
    return source.model_copy(update={"read": read}), tuple(name for name in held if name != best)


def _delivery(source: Source, path: Path) -> tuple[Delivery, bool]:
    """The bytes to read: of a very large CSV as far as the last complete row of its first part."""
    size = end = path.stat().st_size
    if source.connector == "csv" and size > MOST_BYTES:
        with path.open("rb") as stream:
            end = record_end(stream.read(MOST_BYTES), form(source, path, path.name).encoding) or MOST_BYTES
    return Delivery(source.id, path, path.name, 0, end, Cursor(path.name, end, "", 0), True), end == size


def _labels_blocks(column: pa.ChunkedArray) -> bool:
    """Whether a column holds a label on the first row of each block only.

    Few cells are filled, nearly all with a text of their own, and one of the first rows is.
    """
    held = len(column) - column.null_count
    if not 2 <= held < 0.5 * len(column) or not pa.types.is_string(column.type):
        return False
    early = column.slice(0, 3)
    return early.null_count < len(early) and pc.count_distinct(column).as_py() >= 0.9 * held


def _with_lines(made: Sample, source: Source, delivery: Delivery, table: pa.Table) -> Sample:
    """Count what the reader of delimited text leaves out: rows without cells, columns without anything."""
    shape = form(source, delivery.path, delivery.relative)
    with delivery.path.open("rb") as stream:
        mark = marked(stream.read(4)) is not None
        stream.seek(max(delivery.end - 2, 0))
        closed = b"\n" in stream.read(2)
    lines = line_feeds_between(delivery.path, 0, delivery.end, shape.encoding) + (not closed) - shape.lines
    inside = 0
    for name in made.headings:
        if pa.types.is_string(table.schema.field(name).type):
            inside += pc.sum(pc.count_substring(table[name], "\n")).as_py() or 0
    blank = max(lines - table.num_rows - inside, 0)
    return replace(made, blank=blank, nameless=len(shape.names) - len(made.headings), marked=mark)
