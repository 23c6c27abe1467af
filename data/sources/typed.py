"""Arrow columns of values that have types of their own: a sheet's cells, the values of JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa


def typed(values: Sequence[Any], text: Callable[[Any], str | None]) -> pa.Array:
    """One type if all values share it, whole numbers as integers; else each as ``text`` writes it."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds <= {int, float} and kinds:
        return _numbers(values, text)
    if kinds == {date}:
        return pa.array(values, pa.date32())
    if kinds <= {date, datetime} and kinds:
        return pa.array([_moment(value) for value in values], pa.timestamp("us"))
    return pa.array([None if value is None else text(value) for value in values], pa.string())


def _numbers(values: Sequence[Any], text: Callable[[Any], str | None]) -> pa.Array:
    whole = all(value is None or float(value).is_integer() for value in values)
    try:
        return pa.array([None if v is None else int(v) if whole else float(v) for v in values])
    except (OverflowError, pa.ArrowInvalid):  # beyond 64 bits: an identifier, not a quantity
        return pa.array([None if value is None else text(value) for value in values], pa.string())


def _moment(value: date | datetime | None) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day)
