"""The rows under a number: from a figure to the records it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import duckdb
import sqlalchemy as sa
from sqlalchemy import ColumnElement, column, func

from data.catalogue import BucketValue, Dataset, Text
from data.catalogue.measure import Last, Leaf, Mean, Measure, OpenAt, Quantile, Ratio
from data.kpis import sifting
from data.kpis.branch import ARRAY
from data.kpis.disclosure import guarded
from data.kpis.question import Question
from data.kpis.rows import Batches, Cell, RowColumn, RowPage
from data.kpis.scope import Scope
from data.kpis.sieve import Sieve
from data.store.clause import all_of, clause
from data.store.dialect import bound
from data.store.rollup import AREA
from data.store.snapshot import RESTATED, Snapshot

BATCH = 50_000  # rows
KEYS = ("_load", "_line")
ONLY = ("only_load", "only_line")


def counted(measure: Measure) -> Leaf:
    """The leaf whose rows stand for a measure: of a ratio its population, else the first."""
    if isinstance(measure, Leaf):
        return measure
    counting = [part for part in measure.parts() if any(part.leaves())]
    return counted(counting[-1 if isinstance(measure, Ratio) else 0])


def columns(dataset: Dataset, scope: Scope) -> tuple[RowColumn, ...]:
    """What is shown of a row: its columns, the personal ones only to who may see them, then the derived ones."""
    own = [
        RowColumn(name, item.name or Text(vi=name, en=name), item.type, personal=item.personal, area=item.area)
        for name, item in dataset.columns.items()
        if scope.personal or not item.personal
    ]
    derived = [RowColumn(name, item.name or Text(vi=name, en=name), item.type) for name, item in dataset.derive.items()]
    return (*own, *derived)


def page(
    snapshot: Snapshot,
    cursor: duckdb.DuckDBPyConnection,
    question: Question,
    scope: Scope,
    sort: str,
    offset: int,
    limit: int,
    only: tuple[int, int] | None = None,
    sieves: Sequence[Sieve] = (),
) -> RowPage:
    """One page of the rows a question counts, asked through ``cursor``; a sort by an unknown column falls back to
    newest first.

    ``sieves`` hold back rows, as far as their columns are shown; ``only`` is the load and line of the one row that is
    looked for among them. Who sees a part of a dataset is told
    no lines: they would count the others.
    """
    leaf = counted(question.kpi.measure)
    dataset = question.catalogue.datasets[leaf.dataset]
    shown = columns(dataset, scope)
    time = leaf.entered if isinstance(leaf, OpenAt) else leaf.time
    if question.hidden:
        return RowPage(shown, (), 0, offset, sort)
    if guarded(dataset) and not scope.small:
        return RowPage(shown, (), 0, offset, sort, withheld=True)
    if sort.removeprefix("-") not in {item.name for item in shown}:
        sort = f"-{time}"
    order, kept = column(sort.removeprefix("-")), _shown(sieves, shown)
    wanted = (*(item.name for item in shown), AREA, *KEYS)
    query = (
        sa.select(*map(column, wanted), func.count().over().label("_total"))
        .select_from(_relation(snapshot, question, leaf))
        .where(*_tests(question, leaf, scope), *sifting.tests(kept, dataset), *(_only() if only else ()))
        .order_by(
            order.desc().nulls_last() if sort.startswith("-") else order.asc().nulls_last(),
            column("_load"),
            column("_line"),
        )
        .limit(sa.bindparam("limit", type_=sa.Integer))
        .offset(sa.bindparam("offset", type_=sa.Integer))
    )
    sql, names = bound(query)
    values = _values(question, scope) | sifting.values(kept, dataset, question.catalogue.areas)
    values |= {"limit": limit, "offset": offset}
    values |= dict(zip(ONLY, only, strict=True)) if only else {}
    found = cursor.execute(sql, [values[name] for name in names]).fetchall()
    rows = tuple(tuple(map(_cell, row[: len(shown)])) for row in found)
    keys = () if scope.parts(dataset.id) else tuple((row[-3], row[-2]) for row in found)
    places = tuple(row[-4] for row in found)
    return RowPage(shown, rows, found[0][-1] if found else 0, offset, sort, keys=keys, places=places)


def stream(
    snapshot: Snapshot, question: Question, scope: Scope, sieves: Sequence[Sieve] = ()
) -> tuple[tuple[RowColumn, ...], Batches | None]:
    """Every row a question counts that ``sieves`` let through, batch by batch as they lie, so that no more than one is
    held; None where rows are not shown to who asks. Batches are Arrow, their columns in the order of the first answer.
    """
    leaf = counted(question.kpi.measure)
    dataset = question.catalogue.datasets[leaf.dataset]
    shown = columns(dataset, scope)
    if question.hidden or (guarded(dataset) and not scope.small):
        return shown, None
    query = sa.select(*(column(item.name) for item in shown)).select_from(_relation(snapshot, question, leaf))
    kept = _shown(sieves, shown)
    sql, names = bound(query.where(*_tests(question, leaf, scope), *sifting.tests(kept, dataset)))
    values = _values(question, scope) | sifting.values(kept, dataset, question.catalogue.areas)
    return shown, snapshot.cursor().sql(sql, params=[values[name] for name in names]).to_arrow_reader(BATCH)


def _shown(sieves: Sequence[Sieve], shown: tuple[RowColumn, ...]) -> list[Sieve]:
    """Those of columns that are shown: what may not be seen may not be searched."""
    names = {item.name for item in shown}
    return [sieve for sieve in sieves if sieve.column in names]


def _relation(snapshot: Snapshot, question: Question, leaf: Leaf) -> sa.FromClause:
    sql = snapshot.rows_sql(leaf.dataset, *_span(question, leaf))
    return sa.table(sa.quoted_name(f"({sql})", quote=False)).alias("r")


def _only() -> list[ColumnElement]:
    return [column(name) == sa.bindparam(key, type_=sa.BigInteger) for name, key in zip(KEYS, ONLY, strict=True)]


def _span(question: Question, leaf: Leaf) -> tuple[datetime | None, datetime | None]:
    """Event times of the lake files to look at; a stock looks at all before its moment."""
    return (None, None) if isinstance(leaf, OpenAt) else (question.start, question.end + timedelta(days=1))


def _tests(question: Question, leaf: Leaf, scope: Scope) -> list[ColumnElement]:
    start, end = (sa.bindparam(name, type_=sa.DateTime) for name in ("start", "end"))
    if isinstance(leaf, OpenAt):
        tests = [column(leaf.entered) < end, func.coalesce(column(leaf.left) >= end, sa.true())]
        ends = [c for c in leaf.where if isinstance(c.value, BucketValue)]
        tests += [
            column(c.column) < end if c.operator == "lt" else func.coalesce(column(c.column) >= end, sa.true())
            for c in ends
        ]
        tests += [clause(c) for c in leaf.where if c not in ends]
    else:
        tests = [column(leaf.time) >= start, column(leaf.time) < end, all_of(leaf.where)]
        if isinstance(leaf, Mean | Quantile | Last):
            tests.append(column(leaf.of).is_not(None))
    for number, (name, _) in enumerate(question.query.filters):
        tests.append(sa.cast(column(name), sa.String) == func.any(sa.bindparam(f"f{number}", type_=ARRAY)))
    if (owner := scope.owner(leaf.dataset)) is not None:
        mine = sa.bindparam("organisations", type_=ARRAY)
        tests.append(sa.cast(column(owner), sa.String) == func.any(mine))
    if scope.cuts(leaf.dataset):
        tests.append(column(AREA) == func.any(sa.bindparam("scope", type_=ARRAY)))
    if question.whole.areas:
        areas = sa.table(RESTATED, column("recorded"), column("old"), column("area"))
        chosen = areas.c.area == func.any(sa.bindparam("areas", type_=ARRAY))
        old = sa.true() if question.query.old_areas else sa.false()
        tests.append(column(AREA).in_(sa.select(areas.c.recorded).where(areas.c.old == old, chosen)))
    return tests


def _values(question: Question, scope: Scope) -> dict[str, object]:
    chosen = {f"f{number}": list(values) for number, (_, values) in enumerate(question.query.filters)}
    cut = {"scope": sorted(scope.areas or ()), "organisations": sorted(scope.organisations or ())}
    stock = isinstance(counted(question.kpi.measure), OpenAt)
    moments = {"start": question.start, "end": question.known_end if stock else question.end}
    return {**chosen, **moments, **cut, "areas": list(question.whole.areas)}


def _cell(value: object) -> Cell:
    return float(value) if isinstance(value, Decimal) else value
