"""Faults of conditions: operators and values that cannot work on a column of their type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from data.catalogue.condition import SETS, UNARY, BucketValue, ColumnValue, Condition, Scalar
from data.catalogue.dataset import Dataset
from data.catalogue.faults.fault import near

ORDERED = ("lt", "le", "gt", "ge")
FAMILIES = {
    "text": "text",
    "boolean": "boolean",
    "integer": "number",
    "number": "number",
    "date": "moment",
    "timestamp": "moment",
}
WRITTEN = {
    "text": "write text, in quotes if it looks like a number",
    "boolean": "write true or false",
    "number": "write a number, without quotes",
    "moment": "write a day as YYYY-MM-DD or a time as YYYY-MM-DD HH:MM",
}

Said = Iterator[tuple[str, str]]


def condition_faults(condition: Condition, dataset: Dataset, stock: bool) -> Said:
    """(message, remedy) for what is wrong; ``stock`` tells a condition of an open_at."""
    known = [*dataset.columns, *dataset.derive]
    missing = [name for name in condition.columns if name not in known]
    for name in missing:
        yield f"dataset '{dataset.id}' has no column '{name}'", near(name, known)
    if missing:
        return
    family = FAMILIES[dataset.column_type(condition.column)]
    if condition.operator in ORDERED and family in ("text", "boolean"):
        remedy = "use eq, ne, in or not_in, or another column"
        yield f"{condition.operator} cannot compare column '{condition.column}', which is {family}", remedy
    elif isinstance(condition.value, BucketValue):
        yield from _bucket(condition, family, stock)
    elif isinstance(condition.value, ColumnValue):
        yield from _columns(condition.column, condition.value.column, dataset)
    elif condition.operator not in UNARY:
        yield from _literals(condition, family, dataset)


def _bucket(condition: Condition, family: str, stock: bool) -> Said:
    if not stock:
        yield "{bucket: end} is for open_at only", "compare two columns instead"
    elif condition.operator not in ("lt", "ge"):
        yield f"{{bucket: end}} cannot stand after {condition.operator}", "use lt or ge"
    if family != "moment":
        yield f"column '{condition.column}' is {family}, not date or timestamp", "choose another column"


def _columns(left: str, right: str, dataset: Dataset) -> Said:
    types = dataset.column_type(left), dataset.column_type(right)
    if FAMILIES[types[0]] != FAMILIES[types[1]]:
        yield f"'{left}' is {types[0]} and '{right}' is {types[1]}", "compare columns of one type"


def _literals(condition: Condition, family: str, dataset: Dataset) -> Said:
    listed = condition.value if condition.operator in SETS else (condition.value,)
    if not listed:
        yield f"{condition.operator} has an empty list", "write at least one value"
    column = dataset.columns.get(condition.column)
    for value in listed:
        if not _fits(value, family):
            yield f"column '{condition.column}' is {family}, {value!r} is not", WRITTEN[family]
        elif column and column.values and str(value) not in column.values:
            yield f"column '{condition.column}' never has the value '{value}'", near(str(value), [*column.values])


def _fits(value: Scalar, family: str) -> bool:
    """Whether a literal is of the family of a column's type."""
    if family in ("text", "boolean"):
        return isinstance(value, str if family == "text" else bool)
    if family == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str) and _is_moment(value)


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False
