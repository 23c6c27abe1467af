"""The form of a delimited file: what has to be known before its first row can be read."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from data.catalogue.source import Source
from data.sources import encoding as encodings
from data.sources.delivery import SourceError
from data.sources.headings import DEPTH, find, named

HEAD = 1_000_000
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Form:
    """Encoding, delimiter and headings of a file.

    ``start`` is the byte its first row begins at, ``lines`` the physical lines before it.
    ``certain`` is False when the encoding was concluded from plain ASCII only, so that a
    later byte may still correct it. ``head`` holds the first rows, for inference.
    """

    encoding: str
    certain: bool
    delimiter: str
    title_lines: int
    names: tuple[str, ...]
    start: int
    lines: int
    head: tuple[tuple[str, ...], ...]

    @property
    def least(self) -> int:
        """Cells a row has at least: fewer than headings only where most rows of the file do."""
        widths = Counter(map(len, self.head)).most_common(1)
        return min(widths[0][0], len(self.names)) if widths else len(self.names)


def form(source: Source, path: Path, file: str) -> Form:
    """Find the form of a file; what the source declares is not questioned. SourceError."""
    with path.open("rb") as stream:
        raw = stream.read(HEAD)
    encoding, mark, certain = _encoding(source, raw, file)
    lines = _lines(raw[mark:], encoding, file)
    declared = source.read.title_lines
    delimiter = source.read.delimiter or _delimiter(lines[declared or 0 :])
    records = _records(lines, delimiter, declared or 0, file)
    if not records:
        raise SourceError(file, "the file holds no heading", "deliver it with a line of headings")
    wanted = 0 if declared is not None else find([cells for _, _, cells in records], source.headings)
    before, after, cells = records[wanted]
    names = named(source, file, cells, before + 1)
    start = mark + len("".join(lines[:after]).encode(encoding))
    head = tuple(tuple(cells) for _, _, cells in records[wanted + 1 :])
    return Form(encoding, certain, delimiter, before, tuple(names), start, after, head)


def _encoding(source: Source, raw: bytes, file: str) -> tuple[str, int, bool]:
    """Encoding, length of the byte order mark, and whether it is certain."""
    mark = encodings.marked(raw)
    if mark:
        return *mark, True
    if source.read.encoding is None:
        return encodings.detect(raw), 0, not raw.isascii()
    try:
        return encodings.canonical(source.read.encoding), 0, True
    except LookupError:
        remedy = "use utf-8, cp1258, latin-1 or utf-16"
        raise SourceError(file, f"there is no encoding '{source.read.encoding}'", remedy) from None


def _lines(raw: bytes, encoding: str, file: str) -> list[str]:
    """Complete lines of the head (all of a short file), line ends kept."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(raw)
    except UnicodeDecodeError as error:
        raise undecodable(file, error, 1) from error
    lines = io.StringIO(text, newline="").readlines()
    return lines[:-1] if len(raw) >= HEAD - 3 and len(lines) > 1 else lines


def undecodable(file: str, error: UnicodeDecodeError, first: int) -> SourceError:
    """The error for bytes that are not text of the encoding; ``first`` is their first line."""
    line = first + error.object.count(b"\n", 0, error.start)
    value = error.object[error.start]
    return SourceError(
        file,
        f"byte 0x{value:02x} is not {error.encoding}",
        "declare read.encoding, or save the file as UTF-8",
        line,
    )


def _records(lines: list[str], delimiter: str, skip: int, file: str) -> list[tuple[int, int, list[str]]]:
    """(lines before, lines up to its end, cells) of the records that are not blank."""
    reader = csv.reader(lines[skip:], delimiter=delimiter)
    found, before = [], skip
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((before, skip + reader.line_num, cells))
            before = skip + reader.line_num
    except csv.Error as error:
        raise SourceError(file, str(error), "close the quote that was opened before this line", before + 1) from error
    return found


def _delimiter(lines: list[str]) -> str:
    """The sign that splits most records into the same number of cells, and into most."""
    best = (0.0, 1, ",")
    for delimiter in DELIMITERS:
        records = [cells for cells in csv.reader(lines[: 4 * DEPTH], delimiter=delimiter) if cells]
        widths = Counter(len(cells) for cells in records if len(cells) > 1)
        if widths:
            width, count = widths.most_common(1)[0]
            best = max(best, (round(count / len(records), 1), width, delimiter))
    return best[2]
