"""Conditions on rows, written ``[column, operator, value]``: structure, nothing parsed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from data.catalogue.text import Entry

Operator = Literal["eq", "ne", "lt", "le", "gt", "ge", "in", "not_in", "is_null", "not_null"]
UNARY = ("is_null", "not_null")
SETS = ("in", "not_in")
Scalar = str | bool | int | float


class ColumnValue(Entry):
    """The right-hand side is another column of the same row: ``{column: due_at}``."""

    column: str


class BucketValue(Entry):
    """The right-hand side is the end of the bucket being counted: ``{bucket: end}``.

    Only a stock (``open_at``) may use it: the level at t of what is due before t.
    """

    bucket: Literal["end"]


Right = ColumnValue | BucketValue | tuple[Scalar, ...] | Scalar | None


class Condition(Entry):
    """One test of a row; conditions listed together all have to hold."""

    column: str
    operator: Operator
    value: Right = None

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, raw: Any) -> Any:
        if not isinstance(raw, list | tuple):
            return raw
        if len(raw) not in (2, 3):
            raise ValueError("a condition is [column, operator, value]")
        frozen = [tuple(part) if isinstance(part, list) else part for part in raw]
        return dict(zip(("column", "operator", "value"), frozen, strict=False))

    @model_validator(mode="after")
    def _value_fits_operator(self) -> Condition:
        if self.operator in UNARY and self.value is not None:
            raise ValueError(f"{self.operator} takes no value: write [{self.column}, {self.operator}]")
        if self.operator not in UNARY and self.value is None:
            raise ValueError(f"{self.operator} needs a value")
        if (self.operator in SETS) != isinstance(self.value, tuple):
            raise ValueError(f"{self.operator} takes {'a list' if self.operator in SETS else 'one value'}")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns this condition reads."""
        right = (self.value.column,) if isinstance(self.value, ColumnValue) else ()
        return (self.column, *right)


Where = Annotated[tuple[Condition, ...], Field(default=())]
Moment = date | datetime
