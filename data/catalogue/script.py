"""The script of an exercise: the rows of a figure file, each at the moment it becomes known.

What a file gives is told as it stands there. With ``every`` the numbers in between are told too, on a straight line
from one row to the next of the same series: the rows that agree in everything but time and numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path, PurePosixPath

from data.catalogue.dataset import Dataset
from data.catalogue.exercise import Part

CITED = "cited"
MOST_ROWS = 20_000
MOMENTS = ("timestamp", "date")
NUMBERS = ("number", "integer")


@dataclass(frozen=True, slots=True)
class Cue:
    """A row, cells by column of its dataset, and when it becomes known: at the latest of its moments."""

    at: datetime
    cells: Mapping[str, str]


class ScriptError(Exception):
    """A figure file that cannot be played; the message names it, the line and what to do."""

    def __init__(self, file: str, line: int, message: str, remedy: str) -> None:
        super().__init__(f"{file}:{line}: {message}; {remedy}")
        self.message, self.remedy = f"{file}:{line}: {message}", remedy


def cues(folder: Path, part: Part, dataset: Dataset) -> list[Cue]:
    """Everything a part tells, in order of time; ScriptError for a file that cannot be played."""
    told = written(folder, part, dataset)
    if part.every is not None:
        between = _between([dict(cue.cells) for cue in told], dataset, timedelta(seconds=part.every))
        told += [Cue(_known(row, dataset), row) for row in between]
    return sorted(told, key=lambda cue: cue.at)


def written(folder: Path, part: Part, dataset: Dataset) -> list[Cue]:
    """What stands in the file of a part, without what lies between; ScriptError as `cues`."""
    return [Cue(_known(row, dataset), row) for row in _rows(folder, part, dataset)]


def _rows(folder: Path, part: Part, dataset: Dataset) -> Iterator[dict[str, str]]:
    path = PurePosixPath(part.file)
    file = folder / path
    if path.is_absolute() or ".." in path.parts or not file.is_file():
        raise ScriptError(part.file, 1, "there is no such file in the pack", "write a path below its folder")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ScriptError(part.file, 1, "the file is not UTF-8", "save it as UTF-8") from error
    reader = csv.DictReader(lines)
    _headings(part.file, list(reader.fieldnames or ()), dataset)
    for count, row in enumerate(reader):
        if count >= MOST_ROWS:
            raise ScriptError(part.file, reader.line_num, f"more than {MOST_ROWS} rows", "tell it with every")
        yield _checked(part.file, reader.line_num, row, dataset)


def _headings(file: str, given: list[str], dataset: Dataset) -> None:
    known = [*dataset.columns, CITED]
    for name in given:
        if name not in known:
            raise ScriptError(file, 1, f"dataset '{dataset.id}' has no column '{name}'", f"it has {', '.join(known)}")
    needed = [name for name, column in dataset.columns.items() if column.required]
    for name in (*needed, CITED):
        if name not in given:
            raise ScriptError(file, 1, f"no column '{name}'", "add it, with a cell in every row")


def _checked(file: str, line: int, row: dict[str | None, str | None], dataset: Dataset) -> dict[str, str]:
    """A row without where it is from; what cannot be read is said here, and not in the midst of an exercise."""
    if None in row or None in row.values():
        raise ScriptError(file, line, "more or fewer cells than headings", "write one cell for each heading")
    cells = {str(name): str(cell).strip() for name, cell in row.items()}
    if not cells.pop(CITED):
        raise ScriptError(file, line, "the row does not say where it is from", f"write it under {CITED}")
    for name, cell in cells.items():
        column = dataset.columns[name]
        if not cell and column.required:
            raise ScriptError(file, line, f"'{name}' is empty", "write a value")
        if cell and column.type in (*MOMENTS, *NUMBERS):
            _readable(file, line, name, cell, column.type)
    return cells


def _readable(file: str, line: int, name: str, cell: str, kind: str) -> None:
    try:
        if kind in MOMENTS:
            datetime.fromisoformat(cell)
        else:
            float(cell)
    except ValueError as error:
        remedy = "write 2025-10-29 18:00" if kind in MOMENTS else "write a number such as 3.11"
        raise ScriptError(file, line, f"'{name}' cannot be read as {kind}: {cell!r}", remedy) from error


def _known(row: Mapping[str, str], dataset: Dataset) -> datetime:
    moments = [name for name, column in dataset.columns.items() if column.type in MOMENTS]
    return max(datetime.fromisoformat(cell) for name in moments if (cell := row.get(name)))


def _between(rows: list[dict[str, str]], dataset: Dataset, every: timedelta) -> Iterator[dict[str, str]]:
    series: dict[tuple[str, ...], list[dict[str, str]]] = {}
    same = [name for name, column in dataset.columns.items() if column.type not in (*MOMENTS, *NUMBERS)]
    for row in rows:
        series.setdefault(tuple(row.get(name, "") for name in same), []).append(row)
    for held in series.values():
        held.sort(key=lambda row: datetime.fromisoformat(row[dataset.time]))
        for before, after in pairwise(held):
            yield from _line(before, after, dataset, every)


def _line(
    before: dict[str, str], after: dict[str, str], dataset: Dataset, every: timedelta
) -> Iterator[dict[str, str]]:
    """Rows at whole multiples of ``every`` since midnight, strictly between two rows."""
    start, end = (datetime.fromisoformat(row[dataset.time]) for row in (before, after))
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + ((start - midnight) // every + 1) * every
    while at < end:
        share = (at - start) / (end - start)
        told = {name: _mixed(before, after, name, share, dataset) for name in before}
        yield told | {dataset.time: at.isoformat(" ", "seconds")}
        at += every


def _mixed(before: dict[str, str], after: dict[str, str], name: str, share: float, dataset: Dataset) -> str:
    kind = dataset.columns[name].type
    if kind not in NUMBERS or not before[name] or not after[name]:
        return before[name]
    low, high = float(before[name]), float(after[name])
    mixed = low + (high - low) * share
    return str(round(mixed)) if kind == "integer" else f"{mixed:.3f}".rstrip("0").rstrip(".")
