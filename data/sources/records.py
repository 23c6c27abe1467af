"""Where records end in the bytes of a delimited file."""

from __future__ import annotations

import re
from pathlib import Path

from data.sources.encoding import newline

QUOTED = re.compile(rb'(?<![^,;\t|\n\r])"[^"]*(?:""[^"]*)*("|\Z)')
LONGEST = 1_000_000
BLOCK = 2**24


def record_end(data: bytes, encoding: str = "utf-8") -> int:
    """Length of the part of ``data`` that holds complete records; 0 when there is none.

    A line feed inside a quoted cell does not end a record. A quote that is still open after
    a megabyte is taken for a stray one, so that a broken line cannot hold up a file for ever.
    """
    if encoding.startswith("utf-16"):
        return 2 * record_end(_narrow(data, encoding))
    last = data.rfind(b"\n") + 1
    if last == 0 or data.count(b'"', 0, last) % 2 == 0:
        return last
    for quoted in QUOTED.finditer(data):
        if quoted.start() < last and (quoted.end() > last or not quoted.group(1)):
            before = data.rfind(b"\n", 0, quoted.start()) + 1
            return before if len(data) - before <= LONGEST else last
    return last


def line_feeds(data: bytes, encoding: str) -> int:
    """Number of line feeds in ``data``."""
    if encoding.startswith("utf-16"):
        return _narrow(data, encoding).count(b"\n")
    return data.count(newline(encoding))


def line_feeds_between(path: Path, start: int, end: int, encoding: str) -> int:
    """Number of line feeds from byte ``start`` up to byte ``end`` of a file."""
    count = 0
    with path.open("rb") as stream:
        stream.seek(start)
        while start < end and (data := stream.read(min(BLOCK, end - start))):
            count += line_feeds(data, encoding)
            start += len(data)
    return count


def _narrow(data: bytes, encoding: str) -> bytes:
    """One byte for each UTF-16 unit: its own for ASCII, ``x`` for every other."""
    low, high = (data[0::2], data[1::2]) if encoding == "utf-16-le" else (data[1::2], data[0::2])
    return bytes(one if not other else 120 for one, other in zip(low, high, strict=False))
