"""Rows as a workbook that is sent while they are read: the fewest parts an XLSX has (ECMA-376), packed as they come.

Cells are made column by column, so that a hundred thousand rows cost a web process little and no more than a batch is
in memory. Text is text: nothing a spreadsheet would compute.

No library stands here because none sends while it writes. XlsxWriter keeps memory flat too, but makes its file cell by
cell and hands it over when it is whole: a million rows of eight columns took it 114 s of CPU before the first byte,
openpyxl half as long again, this module 6 s with the first byte after 0.2 s. A proxy gives up after a minute without
one, and the threads beside it would draw no page meanwhile. `tests.bench` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow as pa
import pyarrow.compute as pc

from data.kpis.rows import Batches, RowColumn
from data.messages import t
from layouts.documents.pipe import Pipe
from layouts.documents.workbook import MOMENT

MOST_ROWS = 1_000_000  # of a sheet, which ends at 1,048,576; what is more goes on on the next
MOST_BYTES = 1_000_000_000  # of a sheet before it is packed: some programs read no more than twice that
LONGEST = 32_767  # letters of a cell
LEVEL = 3  # of packing: a tenth larger than the usual and twice as fast
DAY, EPOCH = 86_400_000_000, 25_569  # microseconds; days from 1899-12-30, which a sheet counts from, to 1970-01-01
BROKEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x{fffe}\\x{ffff}]"  # what XML cannot hold
DATED, BOLD = 1, 2  # places in STYLES

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="{MOMENT}"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf xfId="0"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/>'
    '<xf fontId="1" xfId="0" applyFont="1"/></cellXfs></styleSheet>'
)
FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)


def workbook_rows(
    columns: Sequence[RowColumn], batches: Batches, heads: Sequence[tuple[str, object]], language: str
) -> Iterator[bytes]:
    """XLSX piece by piece: the rows, on as many sheets as they need, and a sheet that says what the file is."""
    pipe, names, reader = Pipe(), [], iter(batches)
    name, top = t(language, "document.sheet.rows"), _row([column.label.get(language) for column in columns], BOLD)
    batch = next(reader, None)
    with ZipFile(pipe, "w", ZIP_DEFLATED, compresslevel=LEVEL) as file:
        while batch is not None or not names:
            names.append(f"{name} {len(names) + 1}" if names else name)
            with _sheet(file, len(names)) as page:
                rows, sent = 0, page.write(_opening(len(columns), FROZEN) + top)
                while batch is not None and (not rows or (rows + batch.num_rows <= MOST_ROWS and sent < MOST_BYTES)):
                    rows, sent = rows + batch.num_rows, sent + page.write(_rows(batch))
                    yield pipe.taken()
                    batch = next(reader, None)
                page.write(b"</sheetData></worksheet>")
        names.append(t(language, "document.sheet.about"))
        with _sheet(file, len(names)) as page:
            told = b"".join(_row([head, words(value)]) for head, value in heads)
            page.write(_opening(2) + told + b"</sheetData></worksheet>")
        for path, content in _parts(names).items():
            file.writestr(path, content)
    yield pipe.taken()


def words(value: object) -> str:
    """What is told of a file, as text."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return "" if value is None else str(value)


def _sheet(file: ZipFile, number: int) -> IO[bytes]:
    return file.open(f"xl/worksheets/sheet{number}.xml", "w")


def _opening(count: int, view: str = "") -> bytes:
    wide = f'<cols><col min="1" max="{max(count, 1)}" width="20" customWidth="1"/></cols>'
    return f'{XML}<worksheet xmlns="{MAIN}">{view}{wide}<sheetData>'.encode()


def _row(cells: Sequence[str], style: int = 0) -> bytes:
    """A row of a few texts."""
    return _rows(pa.RecordBatch.from_arrays([pa.array([cell]) for cell in cells], [""] * len(cells)), style)


def _rows(batch: pa.RecordBatch, style: int = 0) -> bytes:
    """Every row of a batch."""
    cells = [_cells(column, style) for column in batch.columns]
    rows = pc.binary_join_element_wise("<row>", *cells, "</row>", "", null_handling="replace", null_replacement="<c/>")
    return b"".join(rows.cast(pa.binary()).to_pylist())


def _cells(column: pa.Array, style: int) -> pa.Array:
    """A column as markup of cells; null where there is no value."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _cells(column.cast(kind.value_type), style)
    if pa.types.is_boolean(kind):
        return pc.if_else(column, '<c t="b"><v>1</v></c>', '<c t="b"><v>0</v></c>')
    if pa.types.is_temporal(kind):
        return _held(_days(column), f'<c s="{DATED}"><v>', "</v></c>")
    if pa.types.is_floating(kind):
        return _held(pc.if_else(pc.is_finite(column), column, None), "<c><v>", "</v></c>")
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        return _held(column, "<c><v>", "</v></c>")
    return _held(_text(column), f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>")


def _held(column: pa.Array, before: str, after: str) -> pa.Array:
    return pc.binary_join_element_wise(before, column.cast(pa.string()), after, "")


def _days(column: pa.Array) -> pa.Array:
    """Moments, dates and times of day as a sheet counts them: days, the time of day a fraction."""
    if pa.types.is_time(column.type):
        return pc.divide(column.cast(pa.time64("us")).cast(pa.int64()).cast(pa.float64()), DAY)
    since = column.cast(pa.timestamp("us"), safe=False).cast(pa.int64()).cast(pa.float64())
    return pc.add(pc.divide(since, DAY), EPOCH)


def _text(column: pa.Array) -> pa.Array:
    """Text as XML holds it; what looks like an escape of a sheet is no escape."""
    told = pc.utf8_slice_codeunits(column.cast(pa.string()), 0, LONGEST)
    told = pc.replace_substring_regex(told, "(_x[0-9a-fA-F]{4}_)", "_x005F\\1")
    told = pc.replace_substring_regex(told, BROKEN, "\ufffd")
    for letter, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "_x000D_")):
        told = pc.replace_substring(told, letter, written)
    return told


def _parts(names: Sequence[str]) -> dict[str, str]:
    """Everything of the file but its sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True)
    )
    ties = chain(((f"worksheets/sheet{n}.xml", "worksheet") for n in numbers), [("styles.xml", "styles")])
    return {
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{KIND}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _ties(ties),
        "xl/styles.xml": STYLES,
        "_rels/.rels": _ties([("xl/workbook.xml", "officeDocument")]),
        "[Content_Types].xml": _types({
            "xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles",
            **{f"xl/worksheets/sheet{n}.xml": "worksheet" for n in numbers},
        }),
    }  # fmt: skip


def _ties(found: Sequence[tuple[str, str]] | chain) -> str:
    ties = "".join(
        f'<Relationship Id="rId{n}" Type="{KIND}/{kind}" Target="{escape(target)}"/>'
        for n, (target, kind) in enumerate(found, 1)
    )
    return f'{XML}<Relationships xmlns="{TIES}">{ties}</Relationships>'


def _types(parts: dict[str, str]) -> str:
    told = "".join(f'<Override PartName="/{path}" ContentType="{TYPE}.{kind}+xml"/>' for path, kind in parts.items())
    plain = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{plain}{told}</Types>'
