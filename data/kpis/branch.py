"""Branches: one SELECT each, of the cells that KPIs sharing dataset, grain and scope need.

Every branch answers the same columns (branch, bucket, part, cells…), so that the
branches of a dataset travel in one statement. What a catalogue fixes is in the text, what a
user chose is bound; the text is therefore cached by shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause, func, literal_column

from data.calendar.period import Grain
from data.catalogue.measure import Distinct, Last, Quantile
from data.kpis.scope import Scope
from data.store.atom import Atom
from data.store.clause import all_of
from data.store.rollup import AREA, area_table, last_table, rollup_table
from data.store.snapshot import RESTATED

Span = tuple[datetime, datetime]
MOMENT = timedelta(microseconds=1)
ARRAY = sa.ARRAY(sa.String)


@dataclass(frozen=True, slots=True)
class Slice:
    """Where and how a branch is cut: areas, breakdown and filters, all chosen by the asker.

    ``parts`` are the areas to answer for when ``by`` is "area"; ``areas`` restrict to what lies in any of them.
    """

    areas: tuple[str, ...] = ()
    by: str | None = None
    parts: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    old_areas: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A family of cells. ``grain`` None asks for one total of each span.

    ``kind`` is *rollup* (additive atoms), *last* (latest readings), *rows* (exact from rows) or
    *presence* (rows of the whole dataset per bucket). ``running`` needs all time before as well.
    ``cuts`` are buckets inside which a span or what is known ends: they are told by the finest buckets.
    """

    kind: str
    dataset: str
    grain: Grain | None
    slice: Slice
    spans: tuple[Span, ...]
    atoms: tuple[Atom, ...] = ()
    leaves: tuple[Last | Distinct | Quantile, ...] = ()
    running: bool = False
    cuts: tuple[datetime, ...] = ()

    @property
    def shape(self) -> tuple:
        """What fixes the text: everything but bound values."""
        cut = self.slice
        named = tuple(name for name, _ in cut.filters)
        return (
            self.kind, self.dataset, self.grain, min(len(cut.areas), 2), cut.by, named, len(self.spans),
            tuple(atom.name for atom in self.atoms), self.leaves, self.running, len(self.cuts),
        )  # fmt: skip

    @property
    def width(self) -> int:
        """Number of cells."""
        return {"rollup": len(self.atoms), "presence": 1}.get(
            self.kind, len(self.leaves) * (2 if self.kind == "last" else 1)
        )

    def values(self, index: int, scope: Scope) -> dict[str, object]:
        """Values of the bound parameters of `select`."""
        cut, prefix = self.slice, f"b{index}_"
        found: dict[str, object] = {
            f"{prefix}old": cut.old_areas,
            f"{prefix}area": cut.areas[0] if cut.areas else None,
            f"{prefix}areas": list(cut.areas),
            f"{prefix}parts": list(cut.parts),
        }
        found |= {f"{prefix}f{i}": list(values) for i, (_, values) in enumerate(cut.filters)}
        for number, (start, end) in enumerate(self.spans):
            found |= {f"{prefix}s{number}": start, f"{prefix}e{number}": end}
        for number, cut_start in enumerate(self.cuts):
            found |= {f"{prefix}c{number}": cut_start, f"{prefix}d{number}": self.grain.step(cut_start)}
        return found | {
            f"{prefix}first": self.first,
            f"{prefix}last": self.last,
            "scope": sorted(scope.areas or ()),
            "organisations": sorted(scope.organisations or ()),
        }

    @property
    def first(self) -> datetime:
        """Start of the earliest span."""
        return min(start for start, _ in self.spans)

    @property
    def last(self) -> datetime:
        """End of the latest span."""
        return max(end for _, end in self.spans)


def select(branch: Branch, index: int, width: int, rows_sql: str, scope: Scope) -> sa.Select:
    """The branch's SELECT, its cells padded to ``width``. ``rows_sql`` is the relation of rows."""
    build = {"rollup": _rollup, "presence": _presence, "last": _last, "rows": _rows}[branch.kind]
    return build(branch, index, width, rows_sql, scope)


def _head(index: int, bucket: ColumnElement, part: ColumnElement) -> list[ColumnElement]:
    label = literal_column(str(index)).label("branch")
    return [label, sa.cast(bucket, sa.TIMESTAMP).label("bucket"), sa.cast(part, sa.String).label("part")]


def _padded(cells: list[ColumnElement], width: int) -> list[ColumnElement]:
    full: list[ColumnElement] = [sa.cast(cell, sa.Double).label(f"c{i}") for i, cell in enumerate(cells)]
    full += [sa.cast(sa.null(), sa.Double).label(f"c{i}") for i in range(len(cells), width)]
    return full


def _rollup(branch: Branch, index: int, width: int, rows_sql: str, scope: Scope) -> sa.Select:
    cut = branch.slice
    split = cut.filters or cut.by not in (None, "area") or scope.owner(branch.dataset)
    table = rollup_table(branch.dataset) if split else area_table(branch.dataset)
    source, weight, part, tests = _cut(branch, index, sa.table(table).alias("r"), scope)
    cells = [func.sum(literal_column(f"r.{atom.name}") * weight) for atom in branch.atoms]
    moment = literal_column("r.bucket")
    tests.append(_within(branch, index, moment))
    head = _head(index, _bucket(branch, index, moment), part)
    query = sa.select(*head, *_padded(cells, width))
    return query.select_from(source).where(*tests).group_by(literal_column("1, 2, 3"))


def _presence(branch: Branch, index: int, width: int, rows_sql: str, scope: Scope) -> sa.Select:
    source = sa.table(area_table(branch.dataset)).alias("r")
    moment = literal_column("r.bucket")
    head = _head(index, _bucket(branch, index, moment), sa.null())
    query = sa.select(*head, *_padded([func.sum(literal_column("r.rows"))], width))
    return query.select_from(source).where(_within(branch, index, moment)).group_by(literal_column("1, 2, 3"))


def _last(branch: Branch, index: int, width: int, rows_sql: str, scope: Scope) -> sa.Select:
    """The latest reading of each key first, then keys combined as the measure says.

    Each leaf has two cells: the value, and how many keys it combines.
    """
    source, _, part, tests = _cut(branch, index, sa.table(last_table(branch.dataset)).alias("r"), scope)
    moment = literal_column("r.bucket")
    tests.append(_within(branch, index, moment))
    inner_cells = [
        func.arg_max(literal_column(f"r.{atom.name}"), literal_column(f"r.{atom.name}_at")).label(f"v{i}")
        for i, atom in enumerate(branch.atoms)
    ]
    bucket = sa.cast(_bucket(branch, index, moment), sa.TIMESTAMP).label("bucket")
    inner = sa.select(
        bucket, sa.cast(part, sa.String).label("part"), literal_column("r._key").label("k"), *inner_cells,
    )  # fmt: skip
    keyed = inner.select_from(source).where(*tests).group_by(literal_column("1, 2, 3")).subquery(f"keyed{index}")
    cells: list[ColumnElement] = []
    for i, leaf in enumerate(branch.leaves):
        value = keyed.c[f"v{i}"]
        fold = {"sum": func.sum, "max": func.max, "min": func.min, "mean": func.avg, None: func.max}[leaf.over]
        cells += [fold(value), func.count(value)]
    head = _head(index, keyed.c.bucket, keyed.c.part)
    return sa.select(*head, *_padded(cells, width)).group_by(literal_column("1, 2, 3"))


def _rows(branch: Branch, index: int, width: int, rows_sql: str, scope: Scope) -> sa.Select:
    relation = sa.table(sa.quoted_name(f"({rows_sql})", quote=False)).alias("r")
    source, _, part, tests = _cut(branch, index, relation, scope)
    moment = literal_column(f'r."{branch.leaves[0].time}"')
    tests.append(_within(branch, index, moment))
    cells: list[ColumnElement] = []
    for leaf in branch.leaves:
        value = literal_column(f'r."{leaf.of}"')
        if isinstance(leaf, Distinct):
            cells.append(func.count(value.distinct()).filter(all_of(leaf.where)))
        else:
            given = sa.and_(all_of(leaf.where), value.is_not(None))
            cells.append(func.quantile_cont(value, literal_column(repr(leaf.p))).filter(given))
    head = _head(index, _bucket(branch, index, moment), part)
    query = sa.select(*head, *_padded(cells, width))
    return query.select_from(source).where(*tests).group_by(literal_column("1, 2, 3"))


def _cut(
    branch: Branch, index: int, relation: FromClause, scope: Scope
) -> tuple[FromClause, ColumnElement, ColumnElement, list[ColumnElement]]:
    """Source, weight, part and tests that cut a relation to the asker's slice and scope."""
    cut, prefix = branch.slice, f"b{index}_"
    tests = [
        sa.cast(literal_column(f'r."{name}"'), sa.String) == func.any(sa.bindparam(f"{prefix}f{i}", type_=ARRAY))
        for i, (name, _) in enumerate(cut.filters)
    ]
    if scope.cuts(branch.dataset):
        tests.append(literal_column(f"r.{AREA}") == func.any(sa.bindparam("scope", type_=ARRAY)))
    if (owner := scope.owner(branch.dataset)) is not None:
        mine = sa.bindparam("organisations", type_=ARRAY)
        tests.append(sa.cast(literal_column(f'r."{owner}"'), sa.String) == func.any(mine))
    part = sa.null() if cut.by in (None, "area") else literal_column(f'r."{cut.by}"')
    if not cut.areas and cut.by != "area":
        return relation, literal_column("1"), part, tests
    if len(cut.areas) > 1:
        joined = relation.join(_union(prefix), literal_column("a.recorded") == literal_column(f"r.{AREA}"))
        return joined, literal_column("a.weight"), part, tests
    areas = sa.table(RESTATED).alias("a")
    joined = relation.join(areas, literal_column("a.recorded") == literal_column(f"r.{AREA}"))
    tests.append(literal_column("a.old") == sa.bindparam(f"{prefix}old", type_=sa.Boolean))
    if cut.by == "area":
        tests.append(literal_column("a.area") == func.any(sa.bindparam(f"{prefix}parts", type_=ARRAY)))
        part = literal_column("a.area")
    else:
        tests.append(literal_column("a.area") == sa.bindparam(f"{prefix}area", type_=sa.String))
    return joined, literal_column("a.weight"), part, tests


def _union(prefix: str) -> FromClause:
    """What is recorded where counts towards any of several areas, each place once, so that no row is read twice."""
    restated = sa.table(RESTATED, *map(sa.column, ("recorded", "old", "area", "weight")))
    chosen = (
        restated.c.old == sa.bindparam(f"{prefix}old", type_=sa.Boolean),
        restated.c.area == func.any(sa.bindparam(f"{prefix}areas", type_=ARRAY)),
    )
    weight = func.sum(restated.c.weight).label("weight")
    return sa.select(restated.c.recorded, weight).where(*chosen).group_by(restated.c.recorded).subquery("a")


def _bucket(branch: Branch, index: int, moment: ColumnElement) -> ColumnElement:
    """Start of the bucket; of a running branch all time before it falls in one bucket of its own."""
    prefix = f"b{index}_"
    if branch.grain is None:
        cases = [
            (_in_span(prefix, n, moment), sa.bindparam(f"{prefix}s{n}", type_=sa.DateTime))
            for n in range(len(branch.spans))
        ]
        return sa.case(*cases)
    trunc = func.date_trunc(literal_column(f"'{branch.grain}'"), moment)
    cases = []
    if branch.running:
        first = sa.bindparam(f"{prefix}first", type_=sa.DateTime)
        cases.append((moment < first, literal_column("TIMESTAMP '1900-01-01'")))
    if branch.cuts:
        cases.append((sa.or_(*(_in_cut(prefix, number, moment) for number in range(len(branch.cuts)))), moment))
    return sa.case(*cases, else_=trunc) if cases else trunc


def _in_cut(prefix: str, number: int, moment: ColumnElement) -> ColumnElement:
    start, end = (sa.bindparam(f"{prefix}{edge}{number}", type_=sa.DateTime) for edge in "cd")
    return sa.and_(moment >= start, moment < end)


def _in_span(prefix: str, number: int, moment: ColumnElement) -> ColumnElement:
    start, end = (sa.bindparam(f"{prefix}{edge}{number}", type_=sa.DateTime) for edge in "se")
    return sa.and_(moment >= start, moment < end)


def _within(branch: Branch, index: int, moment: ColumnElement) -> ColumnElement:
    prefix = f"b{index}_"
    if branch.running:
        return moment < sa.bindparam(f"{prefix}last", type_=sa.DateTime)
    return sa.or_(*(_in_span(prefix, number, moment) for number in range(len(branch.spans))))
