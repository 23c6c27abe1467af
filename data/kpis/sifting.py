"""Sifting: sieves as tests of the statement that lists rows; everything a reader chose is bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func, literal_column

from data.catalogue import Area, Dataset
from data.kpis.branch import ARRAY
from data.kpis.sieve import Sieve, folded
from data.store.rollup import AREA


def tests(sieves: Sequence[Sieve], dataset: Dataset) -> Iterator[ColumnElement[bool]]:
    """What rows must pass."""
    for number, sieve in enumerate(sieves):
        held, days = sa.column(sieve.column), isinstance(sieve.high, date)
        if sieve.text:
            yield _holds(held, number, dataset, sieve)
        if sieve.low is not None:
            yield held >= sa.bindparam(f"low{number}")
        if sieve.high is not None:
            yield held < sa.bindparam(f"high{number}") if days else held <= sa.bindparam(f"high{number}")


def _holds(held: ColumnElement, number: int, dataset: Dataset, sieve: Sieve) -> ColumnElement[bool]:
    """Whether a cell holds a text: of a value with a label, the label does; an area's name stands beside its code."""
    if dataset.column_type(sieve.column) == "boolean":
        return held == sa.bindparam(f"text{number}")
    plain = func.replace(func.strip_accents(func.lower(held)), literal_column("'đ'"), literal_column("'d'"))
    found = func.contains(plain, sa.bindparam(f"text{number}"))
    if _located(dataset, sieve.column):
        return sa.or_(found, sa.column(AREA) == func.any(sa.bindparam(f"named{number}", type_=ARRAY)))
    if not labels(dataset, sieve.column):
        return found
    named, known = (sa.bindparam(f"{name}{number}", type_=ARRAY) for name in ("named", "known"))
    return sa.or_(held == func.any(named), sa.and_(sa.not_(held == func.any(known)), found))


def values(sieves: Sequence[Sieve], dataset: Dataset, areas: Mapping[str, Area]) -> dict[str, object]:
    """The bound values of `tests`."""
    places = {key: (folded(f"{area.name.vi} {area.code}"), folded(f"{area.name.en} {area.code}"))
              for key, area in areas.items()}  # fmt: skip
    told: dict[str, object] = {}
    for number, sieve in enumerate(sieves):
        text, high = folded(sieve.text), sieve.high
        held = places if _located(dataset, sieve.column) else labels(dataset, sieve.column)
        told |= {
            f"text{number}": text == "1" if dataset.column_type(sieve.column) == "boolean" else text,
            f"named{number}": [key for key, said in held.items() if any(text in one for one in said)],
            f"known{number}": list(held),
            f"low{number}": sieve.low,
            f"high{number}": high + timedelta(days=1) if isinstance(high, date) else high,
        }
    return told


def _located(dataset: Dataset, column: str) -> bool:
    """Whether a column holds the codes of areas, beside which their names are shown."""
    return column in dataset.columns and dataset.columns[column].area


def labels(dataset: Dataset, column: str) -> dict[str, tuple[str, ...]]:
    """What the values of a column are called in every language, without marks."""
    found = dataset.columns.get(column)
    return {key: (folded(name.vi), folded(name.en)) for key, name in found.values.items()} if found else {}
