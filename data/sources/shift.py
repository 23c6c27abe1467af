"""Shifted columns: rows that moved sideways under headings that stayed.

A column put in or left out of the rows, or of the heading alone, leaves a file that can be read and is
wrong in every cell. It shows when a third of the columns that can tell, three at least, hold what they
cannot, and all would hold what they should one or two places further on; a few bad cells, or a bad
column or two, never do that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from data.catalogue.dataset import Column, Dataset
from data.catalogue.source import Source
from data.sources.delivery import FAULT, LINE, SourceError

POSITIONED = ("csv", "xlsx")
SAMPLE, LEAST_ROWS, LEAST_COLUMNS = 40, 5, 3
WRONG, RIGHT = 0.2, 0.9  # shares of cells that fit: at most where they stand, at least where they belong
PLACES = (1, -1, 2, -2)
NUMBER = re.compile(r"[+-]?[\d.,\u00a0 ]*\d%?")
MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?|\d{8}")
WORDS = frozenset(["0", "1", "true", "false", "yes", "no", "có", "không", "x", "y", "n", "t", "f", "đúng", "sai"])
Fits = Callable[[Any], bool]


def shifted(source: Source, dataset: Dataset, table: pa.Table, file: str) -> SourceError | None:
    """Why a delivery is refused whole: its columns are shifted, or most rows have not the cells of its heading."""
    if source.connector not in POSITIONED or table.num_rows < LEAST_ROWS:
        return None
    names = [name for name in table.column_names if name not in (LINE, FAULT)]
    step = max(1, table.num_rows // SAMPLE)
    rows = table.take(list(range(0, table.num_rows, step))[:SAMPLE]).to_pylist()
    if sum(row[FAULT] is not None for row in rows) > RIGHT * len(rows):
        said = f"nearly every row has not the {len(names)} cells of the heading ({rows[0][FAULT]})"
        return SourceError(file, said, f"expected {', '.join(names)}; deliver rows of as many cells", rows[0][LINE])
    judges = _judges(source, dataset, names)
    wrong = [place for place, fits in judges.items() if _share(rows, names, place, fits) <= WRONG]
    if len(wrong) < LEAST_COLUMNS or len(wrong) * 3 < len(judges):
        return None
    by = next((by for by in PLACES if _belongs(rows, names, judges, by)), None)
    return None if by is None else _refusal(file, rows, names, wrong, by)


def _judges(source: Source, dataset: Dataset, names: Sequence[str]) -> dict[int, Fits]:
    """Place of a column -> what its cells can hold; places of free text are left out."""
    found = {}
    for place, name in enumerate(names):
        column = dataset.columns.get(source.columns.get(name, "" if source.headings else name))
        fits = _fits(column) if column else None
        if fits:
            found[place] = fits
    return found


def _fits(column: Column) -> Fits | None:
    if column.values:
        labels = [label.get(language) for label in column.values.values() for language in ("vi", "en")]
        known = frozenset(map(_plain, [*column.values, *labels]))
        return lambda cell: _plain(cell) in known
    if column.type in ("integer", "number"):
        return lambda cell: isinstance(cell, int | float) or bool(NUMBER.fullmatch(str(cell).strip()))
    if column.type in ("date", "timestamp"):
        return lambda cell: isinstance(cell, date | datetime) or bool(MOMENT.fullmatch(str(cell).strip()))
    if column.type == "boolean":
        return lambda cell: isinstance(cell, bool) or _plain(cell) in WORDS
    return None


def _share(rows: Sequence[dict], names: Sequence[str], place: int, fits: Fits) -> float:
    """Share of the filled cells of a place that fit; 1 where nothing is filled."""
    cells = [cell for row in rows if (cell := row[names[place]]) is not None]
    return sum(map(fits, cells)) / len(cells) if cells else 1.0


def _belongs(rows: Sequence[dict], names: Sequence[str], judges: dict[int, Fits], by: int) -> bool:
    """Whether all that can be judged fits ``by`` places further on."""
    there = {place + by: fits for place, fits in judges.items() if 0 <= place + by < len(names)}
    return len(there) >= LEAST_COLUMNS and all(_share(rows, names, at, fits) >= RIGHT for at, fits in there.items())


def _refusal(file: str, rows: Sequence[dict], names: Sequence[str], wrong: Sequence[int], by: int) -> SourceError:
    first = rows[0]
    held = "; ".join(f"'{names[place]}' holds {first[names[place]]!r}" for place in wrong[:3])
    side = "right" if by > 0 else "left"
    said = f"the columns are shifted: {held}; everything fits {abs(by)} to the {side}"
    return SourceError(file, said, f"expected {', '.join(names)}; put heading and rows in line again", first[LINE])


def _plain(cell: Any) -> str:
    return unicodedata.normalize("NFC", str(cell)).strip().casefold()
