"""Roll-ups: rows of a dataset summed by finest bucket, area and dimensions.

One table per dataset holds every atom as a column, whatever its time role: a dossier
received on Monday and closed on Friday adds to Monday's row and to Friday's. ``rows`` counts
rows by the dataset's own time, so that an empty bucket can be told from a missing one.
"""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy import ColumnElement, column, func, literal_column

from data.store.atom import Atom, Shape
from data.store.clause import all_of
from data.store.dialect import text

COUNT_TYPE, SUM_TYPE, VALUE_TYPE = "BIGINT", "DECIMAL(38,6)", "DECIMAL(18,6)"
AREA = "_area"
SIGN = column("_sign")


def rollup_table(dataset: str) -> str:
    """Name of the table of additive atoms."""
    return f"rollup_{dataset}"


def area_table(dataset: str) -> str:
    """Name of the table of additive atoms by area alone: what most questions need, far smaller."""
    return f"rollup_{dataset}_by_area"


def last_table(dataset: str) -> str:
    """Name of the table of latest readings."""
    return f"last_{dataset}"


def key_columns(shape: Shape) -> dict[str, str]:
    """The columns a roll-up is grouped by, with their SQL types."""
    return {"bucket": "TIMESTAMP", AREA: "VARCHAR", **dict.fromkeys(shape.dimensions, "VARCHAR")}


def rollup_columns(shape: Shape) -> dict[str, str]:
    """Column -> SQL type of the roll-up, keys first."""
    sums = {a.name: SUM_TYPE if a.kind == "sum" else COUNT_TYPE for a in shape.additive}
    return {**key_columns(shape), "rows": COUNT_TYPE, **sums}


def last_columns(shape: Shape) -> dict[str, str]:
    """Column -> SQL type of the latest readings, keys first."""
    pairs: dict[str, str] = {}
    for atom in shape.lasts:
        pairs |= {f"{atom.name}_at": "TIMESTAMP", atom.name: VALUE_TYPE}
    return {**key_columns(shape), "_key": "VARCHAR", **pairs}


def area_columns(shape: Shape) -> dict[str, str]:
    """Column -> SQL type of the roll-up by area alone."""
    return {name: kind for name, kind in rollup_columns(shape).items() if name not in shape.dimensions}


def area_sql(shape: Shape, rollup: str) -> str:
    """SELECT that sums a roll-up over its dimensions."""
    columns = area_columns(shape)
    keys = [name for name in columns if name in key_columns(shape)]
    sums = ", ".join(f"CAST(sum({name}) AS {kind}) AS {name}" for name, kind in columns.items() if name not in keys)
    return f"SELECT {', '.join(keys)}, {sums} FROM {rollup} GROUP BY ALL"


def rollup_sql(shape: Shape, rows: str) -> str:
    """SELECT that rolls up relation ``rows``, whose ``_sign`` is +1 (added) or -1 (taken away).

    Each time role is summed on its own and the roles are then added, so that only small
    results meet. Groups in which everything cancels are left out.
    """
    types = rollup_columns(shape)
    keys = list(key_columns(shape))
    names = [name for name in types if name not in keys]
    roles = [_role(shape, moment, cells, rows, names) for moment, cells in _roles(shape)]
    union = sa.union_all(*roles).subquery("roles")
    sums = [_sum_of(union.c[name], types[name]).label(name) for name in names]
    some = sa.or_(*(func.coalesce(func.sum(union.c[name]), 0) != literal_column("0") for name in names))
    groups = [union.c[key] for key in keys]
    return text(sa.select(*groups, *sums).group_by(*groups).having(some))


def last_sql(shape: Shape, rows: str) -> str:
    """SELECT of the latest reading per bucket, area, dimensions and key of relation ``rows``.

    Of two readings of one moment the one delivered last counts.
    """
    keys = [*_keys(shape, column(shape.dataset.time)), _key(shape).label("_key")]
    cells = []
    for atom in shape.lasts:
        at = sa.case((all_of(atom.where), column(atom.times[0])))
        cells += [func.max(at).label(f"{atom.name}_at")]
        order = func.row(at, column("_load"), column("_line"))
        cells += [func.arg_max(column(atom.column), order).filter(at.is_not(None)).label(atom.name)]
    return text(sa.select(*keys, *cells).select_from(sa.table(rows)).group_by(literal_column("ALL")))


def _key(shape: Shape) -> ColumnElement:
    return func.concat_ws("|", *(column(name) for name in shape.dataset.key))


def _sum_of(cell: ColumnElement, kind: str) -> ColumnElement:
    decimal = kind == SUM_TYPE
    return sa.cast(func.coalesce(func.sum(cell), 0), sa.DECIMAL(38, 6) if decimal else sa.BigInteger)


def _roles(shape: Shape) -> list[tuple[ColumnElement, dict[str, ColumnElement]]]:
    """The moments rows are counted at, each with the cells it fills."""
    cells: dict[str, dict[str, ColumnElement]] = defaultdict(dict)
    moments: dict[str, ColumnElement] = {}

    def fill(moment: ColumnElement, name: str, cell: ColumnElement) -> None:
        moments.setdefault(str(moment), moment)
        cells[str(moment)][name] = cell

    fill(column(shape.dataset.time), "rows", func.sum(SIGN))
    for atom in shape.additive:
        for moment, cell in _cells(atom):
            fill(moment, atom.name, cell)
    return [(moments[key], cells[key]) for key in cells]


def _cells(atom: Atom) -> list[tuple[ColumnElement, ColumnElement]]:
    """Moment and sum for each time role of an atom."""
    given = all_of(atom.where)
    if atom.kind == "count":
        return [(column(atom.times[0]), func.sum(SIGN).filter(given))]
    if atom.kind == "sum":
        return [(column(atom.times[0]), func.sum(SIGN * column(atom.column)).filter(given))]
    entered, left = _first(atom.times, func.greatest), _first(atom.left, func.least)
    known = [column(name).is_not(None) for name in atom.times]
    held = sa.and_(given, *known, func.coalesce(left > entered, sa.true()))
    return [(entered, func.sum(SIGN).filter(held)), (left, func.sum(-SIGN).filter(held))]


def _first(names: tuple[str, ...], choose: type) -> ColumnElement:
    return column(names[0]) if len(names) == 1 else choose(*(column(name) for name in names))


def _keys(shape: Shape, moment: ColumnElement) -> list[ColumnElement]:
    bucket = func.date_trunc(literal_column(f"'{shape.dataset.grain}'"), moment)
    cast = sa.cast(bucket, sa.TIMESTAMP)
    return [cast.label("bucket"), column(AREA), *(column(name) for name in shape.dimensions)]


def _role(
    shape: Shape, moment: ColumnElement, cells: dict[str, ColumnElement], rows: str, names: list[str]
) -> sa.Select:
    sums = [cells[name].label(name) if name in cells else sa.null().label(name) for name in names]
    query = sa.select(*_keys(shape, moment), *sums).select_from(sa.table(rows))
    return query.where(moment.is_not(None)).group_by(literal_column("ALL"))
