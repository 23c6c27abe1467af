"""Catalogue conditions as SQLAlchemy clauses.

Values written in a catalogue are rendered into the text (they are part of the plan's shape);
what a user chose is always bound.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from data.catalogue import BucketValue, ColumnValue, Condition

OPERATORS = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a.is_distinct_from(b),
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def constant(value: str | bool | int | float) -> sa.ColumnElement:
    """A literal of the SQL text."""
    if isinstance(value, bool):
        return sa.literal_column("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return sa.literal_column(repr(value))
    quoted = value.replace("'", "''")
    return sa.literal_column(f"'{quoted}'")


def clause(condition: Condition) -> sa.ColumnElement:
    """One condition; TypeError for one on the bucket's end, which only a flow can answer."""
    column: sa.ColumnElement = sa.column(condition.column)
    value = condition.value
    if isinstance(value, BucketValue):
        raise TypeError("a condition on the bucket's end has no clause")
    if condition.operator == "is_null":
        return column.is_(None)
    if condition.operator == "not_null":
        return column.is_not(None)
    if isinstance(value, tuple):
        chosen = [constant(v) for v in value]
        return column.in_(chosen) if condition.operator == "in" else column.not_in(chosen)
    right = sa.column(value.column) if isinstance(value, ColumnValue) else constant(value)
    return OPERATORS[condition.operator](column, right)


def all_of(conditions: Iterable[Condition]) -> sa.ColumnElement:
    """All conditions joined by AND; true when there are none."""
    clauses = [clause(condition) for condition in conditions]
    return sa.and_(*clauses) if clauses else sa.true()
