"""Headings: found, made unique, and held against what the source maps."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from data.catalogue.references import near
from data.catalogue.source import Source
from data.sources.delivery import SourceError

DEPTH = 60


def clean(heading: str) -> str:
    """A heading without outer space, inner line breaks or decomposed accents."""
    return unicodedata.normalize("NFC", " ".join(heading.split()))


def find(records: Sequence[Sequence[str]], mapped: Iterable[str]) -> int:
    """Index of the record that is the heading among the first records of a file.

    The record with most of the mapped headings wins. Without any, it is the first one that
    fills at least half as many cells as the records that hold most of the cells, which a title
    or a filter does not.
    """
    wanted = {clean(heading) for heading in mapped}
    hits = [len(wanted & {clean(cell) for cell in record}) for record in records[:DEPTH]]
    if wanted and max(hits, default=0):
        return hits.index(max(hits))
    filled = [sum(bool(cell.strip()) for cell in record) for record in records]
    held = Counter(filled)
    usual = max(held, key=lambda count: (count * held[count], count), default=0)
    need = max(1, (usual + 1) // 2)
    return next((index for index, count in enumerate(filled) if count >= need), 0)


def named(source: Source, file: str, cells: Sequence[str], line: int | None = None) -> list[str]:
    """Unique column names for the heading cells; SourceError when a mapped one is missing.

    A heading the source maps keeps the spelling of the source. An empty one is called by its
    position, ``column 3``.
    """
    spelling = {clean(heading): heading for heading in source.headings}
    found = [clean(cell) for cell in cells]
    names = [spelling.get(name, name) or f"column {index}" for index, name in enumerate(found, start=1)]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise SourceError(file, f"heading '{twice[0]}' stands twice", "give every column its own heading", line)
    missing = [heading for heading in source.headings if heading not in names]
    if missing:
        raise SourceError(file, *_missing(source, missing, names), line)
    return names


def _missing(source: Source, missing: list[str], names: list[str]) -> tuple[str, str]:
    spare = [name for name in names if name not in source.headings]
    message = (
        f"no heading {', '.join(map(repr, missing))}; "
        f"expected {', '.join(source.headings)}; found {', '.join(names) or 'none'}"
    )
    hints = "; ".join(f"for '{heading}' {near(heading, spare)}" for heading in missing[:3])
    return message, f"{hints}; correct the file or the columns of source '{source.id}'"
