"""Datasets: the shape rows must have, and what may be asked of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.catalogue.condition import Condition
from data.catalogue.source import Seconds
from data.catalogue.text import Entry, Text

ColumnType = Literal["text", "integer", "number", "boolean", "date", "timestamp"]
Grain = Literal["hour", "day", "month", "quarter", "year"]


class Column(Entry):
    """One column and the rules its values keep.

    ``name`` is its heading. With ``dimension: true``, a name and ``values``, KPIs may be broken
    down by it.
    ``area: true`` marks the column whose code names the area of the row, ``organisation: true`` the dimension
    that names the organisation it belongs to.
    """

    type: ColumnType
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    values: dict[str, Text] = {}
    name: Text | None = None
    dimension: bool = False
    area: bool = False
    organisation: bool = False
    personal: bool = False

    @model_validator(mode="after")
    def _dimension_has_values(self) -> Column:
        if self.dimension and not (self.values and self.name):
            raise ValueError("a dimension needs a name and its values with their labels")
        if self.organisation and not self.dimension:
            raise ValueError("the organisation of a row is a dimension: write dimension: true and its values")
        return self


class Derivation(Entry):
    """A column computed once at load, in working days of the city's calendar.

    ``working_days: [a, b]`` counts working days after day a up to day b;
    ``working_day_after: a`` with ``days`` is the start of that working day;
    ``hours: [a, b]`` is elapsed hours. ``name`` is its heading.
    """

    name: Text | None = None
    working_days: tuple[str, str] | None = None
    hours: tuple[str, str] | None = None
    working_day_after: str | None = None
    days: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Derivation:
        given = [k for k in ("working_days", "hours", "working_day_after") if getattr(self, k) is not None]
        if len(given) != 1 or (self.days is not None) != (given == ["working_day_after"]):
            raise ValueError("write one of working_days: [a, b], hours: [a, b], or working_day_after: a with days: n")
        return self

    @property
    def type(self) -> ColumnType:
        """Type of the derived column."""
        if self.working_day_after:
            return "timestamp"
        return "integer" if self.working_days else "number"

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns read."""
        return self.working_days or self.hours or (self.working_day_after or "",)


class Expectation(Entry):
    """What a complete period holds: one record a ``every`` for each of ``keys``.

    ``on`` restricts days: a file that does not come on Sunday is not late.
    """

    every: Seconds
    keys: Annotated[int, Field(gt=0)] = 1
    on: Literal["all", "working_days"] = "all"


class Dataset(Entry):
    """A named set of rows of one kind.

    *event* happened once; *reading* is a sensor's value at a time; *entity* is a row that
    changes (highest load not undone is current); *figure* is a period's official number.
    ``grain`` is the finest roll-up bucket; wider than a day only for figures. Numbers of fewer cases than
    ``minimum_cell`` are told, and rows are listed, only to roles that see small counts.
    """

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    kind: Literal["event", "reading", "entity", "figure"]
    name: Text
    key: tuple[str, ...] = ()
    time: str
    grain: Grain = "day"
    columns: dict[str, Column]
    derive: dict[str, Derivation] = {}
    rules: tuple[Condition, ...] = ()
    expect: Expectation | None = None
    minimum_cell: Annotated[int, Field(ge=2, le=100)] | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Dataset:
        if self.kind in ("entity", "reading") and not self.key:
            raise ValueError(f"a dataset of kind {self.kind} needs a key")
        if self.kind != "figure" and self.grain not in ("hour", "day"):
            raise ValueError(f"grain: {self.grain} is for figures; write hour or day")
        known = set(self.columns) | set(self.derive)
        named = {
            "key": self.key,
            "time": (self.time,),
            "derive": tuple(c for d in self.derive.values() for c in d.columns),
            "rules": tuple(c for rule in self.rules for c in rule.columns),
        }
        for place, columns in named.items():
            for column in columns:
                if column not in known:
                    raise ValueError(f"{place} names column '{column}', which the dataset does not have")
        if self.column_type(self.time) not in ("date", "timestamp"):
            raise ValueError(f"time column '{self.time}' must be a date or a timestamp")
        if sum(column.area for column in self.columns.values()) > 1:
            raise ValueError("only one column may be the area of a row")
        if sum(column.organisation for column in self.columns.values()) > 1:
            raise ValueError("only one column may be the organisation of a row")
        return self

    def column_type(self, name: str) -> ColumnType:
        """Type of a delivered or derived column; KeyError if there is none."""
        column = self.columns.get(name)
        return column.type if column else self.derive[name].type

    def label(self, name: str) -> Text | None:
        """What readers call a delivered or derived column, where the pack says it."""
        column = self.columns.get(name) or self.derive.get(name)
        return column.name if column else None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Columns a KPI of this dataset may be broken down by."""
        return tuple(name for name, column in self.columns.items() if column.dimension)

    @property
    def periodic(self) -> bool:
        """Whether its rows are figures of whole months, quarters or years, each of which is owed one delivery."""
        return self.kind == "figure" and self.grain not in ("hour", "day")

    @property
    def area_column(self) -> str | None:
        """The column that names the area of a row, if rows have one."""
        return next((name for name, column in self.columns.items() if column.area), None)

    @property
    def organisation_column(self) -> str | None:
        """The column that names the organisation of a row, if rows have one."""
        return next((name for name, column in self.columns.items() if column.organisation), None)
