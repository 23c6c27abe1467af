"""A page of the rows under a number: what a reader sees after following a chart to its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from data.catalogue.dataset import ColumnType
from data.catalogue.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    Batches = Iterable[pa.RecordBatch]
else:
    Batches = object

Cell = str | int | float | bool | date | datetime | None
Order = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of the table: its dataset name, heading, type, unit of its numbers, whether it is ``personal``, and
    whether it holds the codes of areas."""

    name: str
    label: Text
    type: ColumnType
    unit: Text | None = None
    personal: bool = False
    area: bool = False


@dataclass(frozen=True, slots=True)
class RowPage:
    """Rows ``offset``.. of ``total``, ordered by ``sort`` (a column name, "-" before it for down).

    ``withheld`` says that rows of this dataset are not shown to the asker, so that few cases point at nobody, ``slow``
    that they took too long. ``places`` are the ids of the areas the rows were recorded at, None for a row without.
    ``keys`` are the load and line each row was delivered in, none for who sees a part of the dataset only.
    """

    columns: tuple[RowColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    offset: int = 0
    sort: str = ""
    withheld: bool = False
    keys: tuple[tuple[int, int], ...] = ()
    places: tuple[str | None, ...] = ()
    slow: bool = False

    @property
    def sorted_by(self) -> str:
        """Name of the column the rows are ordered by, "" if by none."""
        return self.sort.removeprefix("-")

    @property
    def order(self) -> Order:
        """Which way they are ordered."""
        return "down" if self.sort.startswith("-") else "up"
