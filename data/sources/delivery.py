"""What is to be loaded, what was loaded before, and what reading it gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from data.catalogue.source import Reading

LINE = "_line"
FAULT = "_fault"


class SourceError(Exception):
    """A file that cannot be read as its source declares.

    The message names the file, the line where it is known, and what to do about it.
    """

    def __init__(self, file: str, message: str, remedy: str, line: int | None = None) -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {message}; {remedy}")
        self.file, self.message, self.remedy, self.line = file, message, remedy, line


@dataclass(frozen=True, slots=True)
class Cursor:
    """What was already taken of one file.

    ``path`` is relative to the drop folder (posix), ``size`` the bytes taken, ``digest`` a
    fingerprint of them, ``lines`` the physical lines they hold, title and heading included.
    """

    path: str
    size: int
    digest: str
    lines: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing to load: bytes ``start`` to ``end`` of a file (0 to its size for a whole file).

    ``cursor`` is what to remember once it is loaded. ``replaces`` says that earlier loads of
    this file (of the whole source, for ``deliver: replace``) are superseded.
    """

    source: str
    path: Path
    relative: str
    start: int
    end: int
    cursor: Cursor
    replaces: bool


@dataclass(frozen=True, slots=True)
class Pulled:
    """The rows of a delivery, named as in the file, and how they were read.

    CSV columns are all text with empty cells null; workbook and Parquet columns keep their
    types. ``_line`` (int64) is the 1-based line or sheet row a row begins on; ``_fault``
    (text) is null, or says why the row does not have the shape of its file.
    """

    table: pa.Table
    reading: Reading
