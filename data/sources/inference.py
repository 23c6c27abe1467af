"""Decimal mark, order of dates and null tokens, concluded from the values themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pyarrow as pa

from data.catalogue.source import Reading
from data.sources.delivery import FAULT, LINE

SAMPLE = 20_000
TOKENS = frozenset(
    [
        "na",
        "n/a",
        "#n/a",
        "nan",
        "nd",
        "n.d.",
        "none",
        "null",
        "nil",
        "-",
        "--",
        "?",
        "missing",
        "kxđ",
        "không có",
    ]
)
NUMBER = re.compile(r"[-+]?(\d{1,3}([.,\u00a0 ]\d{3})+|\d+)?([.,]\d+)?([eE][-+]?\d+)?")
NINES = re.compile(r"-9{3,}([.,]0+)?")
COMMA = re.compile(r"[-+]?(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|0\d*,\d+|\d{4,},\d+)")
POINT = re.compile(r"[-+]?(\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|0\d*\.\d+|\d{4,}\.\d+)")
DATE = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})([T ,].*)?")
Order = Literal["ymd", "dmy", "mdy"]


def infer(table: pa.Table, reading: Reading) -> Reading:
    """Complete a reading from text columns; what it declares is kept.

    - Decimal: the mark more values can only be read with. ``1,234`` alone proves nothing.
    - Dates: a day above 12 shows the order. Without one, ``d/m`` is read day first, as the
      country writes it; declare ``dates`` where a file may hold only days up to the twelfth.
      ISO dates are understood in any order and do not count beside others.
    - Nulls: words such as ``NA`` or ``ND``, and ``-999…``, in columns of numbers or dates.
      Other numbers (-200) may be measurements and are null only when declared.
    """
    columns = list(_columns(table))
    found: dict[str, object] = {}
    if not reading.nulls:
        found["nulls"] = _nulls(columns)
    if reading.decimal is None:
        found["decimal"] = _decimal(columns)
    if reading.dates is None:
        found["dates"] = _dates(columns)
    return reading.model_copy(update=found)


def _columns(table: pa.Table) -> Iterator[list[str]]:
    """Different values of each text column, from rows spread over the whole table."""
    if table.num_rows > SAMPLE:
        step = table.num_rows // SAMPLE + 1
        table = table.take(pa.array(range(0, table.num_rows, step)))
    for name in table.column_names:
        if name not in (LINE, FAULT) and pa.types.is_string(table.schema.field(name).type):
            values = [value.strip() for value in table[name].unique().to_pylist() if value]
            yield [value for value in values if value]


def _is_value(text: str) -> bool:
    """Whether the text is a number or a date in any notation."""
    return any(c.isdigit() for c in text) and bool(NUMBER.fullmatch(text) or DATE.fullmatch(text))


def _nulls(columns: list[list[str]]) -> tuple[str, ...]:
    found: set[str] = set()
    for values in columns:
        tokens = [value for value in values if value.casefold() in TOKENS]
        others = [value for value in values if value.casefold() not in TOKENS]
        measured = [value for value in others if not NINES.fullmatch(value)]
        if not measured or sum(map(_is_value, others)) < 0.9 * len(others):
            continue
        found.update(tokens)
        if not any(
            value.startswith("-") and _is_value(value) and len(value) > 3 and _large(value) for value in measured
        ):
            found.update(value for value in others if NINES.fullmatch(value))
    return tuple(sorted(found))


def _large(value: str) -> bool:
    """Whether a negative value has three digits or more before its decimal mark."""
    return bool(re.match(r"-\d{3}", value))


def _decimal(columns: list[list[str]]) -> Literal[".", ","]:
    commas = points = 0
    for values in columns:
        numbers = [value for value in values if NUMBER.fullmatch(value)]
        if len(numbers) >= 0.8 * len(values):
            commas += sum(bool(COMMA.fullmatch(value)) for value in numbers)
            points += sum(bool(POINT.fullmatch(value)) for value in numbers)
    return "," if commas > points else "."


def _dates(columns: list[list[str]]) -> Order:
    seen: dict[Order, int] = {"ymd": 0, "dmy": 0, "mdy": 0}
    unclear = 0
    for values in columns:
        dates = [match for match in map(DATE.fullmatch, values) if match]
        if not dates or len(dates) < 0.8 * len(values):
            continue
        for match in dates:
            order = _order(match)
            if order:
                seen[order] += 1
            else:
                unclear += 1
    if seen["dmy"] or seen["mdy"]:
        return "mdy" if seen["mdy"] > seen["dmy"] else "dmy"
    return "ymd" if seen["ymd"] and not unclear else "dmy"


def _order(match: re.Match[str]) -> Order | None:
    """The only order a date can be read in, or None if it has more."""
    first, second = match[1], match[3]
    if len(first) == 4:
        return "ymd"
    if len(match[4]) not in (2, 4) or len(first) > 2:
        return None
    if int(first) > 12 >= int(second):
        return "dmy"
    return "mdy" if int(second) > 12 >= int(first) else None
