"""The plan of a batch: which cells its questions need, fused into one statement a dataset.

Leaves that share dataset, grain and slice go into one branch, comparison periods included;
the branches of a dataset are joined by UNION ALL. The text is cached by shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa

from data.calendar.period import Grain
from data.catalogue.measure import (
    AirQuality,
    Average,
    Change,
    Count,
    Difference,
    First,
    Last,
    Leaf,
    Measure,
    OpenAt,
    Peak,
    Sum,
    Total,
)
from data.kpis.branch import MOMENT, Branch, Slice, Span, select
from data.kpis.scope import Scope
from data.kpis.vn_aqi import NOWCAST_HOURS
from data.store.atom import atoms, witness
from data.store.dialect import bound

FINENESS = (Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
FROM_ROWS = ("distinct", "quantile")
RowsSql = Callable[[str, datetime, datetime], str]


@dataclass(frozen=True, slots=True)
class Ask:
    """One measure over spans of time: what `Plan` turns into branches.

    ``spans`` are the period and, if any, the one compared with; ``totals`` the same spans as the
    value of the whole is taken over. ``fetch`` is the grain sums are fetched at, ``edges`` the
    moments that need finer buckets where they lie inside one. ``grains`` are the finest buckets of the
    datasets, ``figures`` those of official figures.
    """

    measure: Measure
    grain: Grain
    fetch: Grain
    slice: Slice
    spans: tuple[Span, ...]
    totals: tuple[Span, ...]
    edges: frozenset[datetime]
    grains: Mapping[str, Grain] = field(default_factory=dict)
    figures: frozenset[str] = frozenset()

    def reaching(self, back: timedelta) -> Ask:
        """The same ask of spans that start ``back`` earlier."""
        spans = tuple(reached(span, back) for span in self.spans)
        return replace(self, spans=spans, edges=self.edges | {edge - back for edge in self.edges})

    def widest(self, measure: Measure) -> Grain:
        """The finest bucket every dataset below a measure has."""
        return max((self.grains[leaf.dataset] for leaf in measure.leaves()), key=FINENESS.index)

    def cuts(self, fetch: Grain) -> tuple[datetime, ...]:
        """The buckets that an edge lies inside of."""
        return tuple(sorted({fetch.floor(edge) for edge in self.edges if fetch.floor(edge) != edge}))


@dataclass(slots=True)
class Plan:
    """Branches by dataset, and where each ask finds its cells."""

    branches: dict[str, list[Branch]] = field(default_factory=dict)

    def add(self, ask: Ask) -> None:
        """Make sure every cell the ask needs is fetched."""
        self._measure(ask.measure, ask, ask.grain, ask.fetch)
        self._presence(ask.measure, ask, ask.fetch)

    def _presence(self, measure: Measure, ask: Ask, fetch: Grain) -> None:
        for dataset in dict.fromkeys(leaf.dataset for leaf in measure.leaves()):
            self._merge(Branch("presence", dataset, fetch, Slice(), ask.spans, cuts=ask.cuts(fetch)))

    def _measure(self, measure: Measure, ask: Ask, grain: Grain, fetch: Grain) -> None:
        if isinstance(measure, Leaf):
            self._leaf(measure, ask, grain, fetch)
            return
        if isinstance(measure, Peak | Average):
            grain = Grain(measure.every)
            fetch = finer(grain, fetch)
        elif isinstance(measure, First) and adds(measure):
            fetch = finer(ask.widest(measure), fetch)
        elif isinstance(measure, Change | AirQuality):
            grain, fetch, ask = Grain.HOUR, Grain.HOUR, ask.reaching(trailing(measure))
        if isinstance(measure, Average | First):
            self._presence(measure, ask, fetch)
        for part in measure.parts():
            self._measure(part, ask, grain, fetch)

    def _leaf(self, leaf: Leaf, ask: Ask, grain: Grain, fetch: Grain) -> None:
        if leaf.kind in FROM_ROWS:
            for level, spans in levels(grain, ask):
                self._merge(Branch("rows", leaf.dataset, level, ask.slice, spans, leaves=(leaf,)))
        elif isinstance(leaf, Last):
            for level, spans in levels(grain, ask):
                self._merge(Branch("last", leaf.dataset, level, ask.slice, spans, atoms(leaf), (leaf,)))
        else:
            stock = isinstance(leaf, OpenAt)
            cuts, wanted = ask.cuts(fetch), atoms(leaf)
            if isinstance(leaf, Total) and leaf.dataset in ask.figures:
                wanted += atoms(witness(leaf))
            self._merge(Branch("rollup", leaf.dataset, fetch, ask.slice, ask.spans, wanted, (), stock, cuts))

    def _merge(self, wanted: Branch) -> None:
        """Widen a branch that already reads the same relation the same way, or add a new one."""
        held = self.branches.setdefault(wanted.dataset, [])
        for index, branch in enumerate(held):
            if _fusible(branch, wanted):
                held[index] = _fused(branch, wanted)
                return
        held.append(wanted)

    def statements(self, rows_sql: RowsSql, scope: Scope) -> list[Statement]:
        """One statement for each dataset touched."""
        return [_statement(dataset, tuple(branches), rows_sql, scope) for dataset, branches in self.branches.items()]


def reached(span: Span, back: timedelta) -> Span:
    """The span that starts ``back`` earlier."""
    return (span[0] - back, span[1])


def trailing(measure: Change | AirQuality) -> timedelta:
    """How far before a moment a measure looks at most."""
    if isinstance(measure, Change):
        return timedelta(seconds=measure.over, hours=1)  # of an hour under way, between two
    return timedelta(hours=NOWCAST_HOURS - 1)


def adds(measure: Measure) -> bool:
    """Whether values of a measure add up bucket by bucket."""
    if isinstance(measure, First | Sum | Difference):
        return all(map(adds, measure.parts()))
    return isinstance(measure, Count | Total)


def finer(one: Grain, other: Grain) -> Grain:
    """The narrower of two buckets."""
    return min(one, other, key=FINENESS.index)


def levels(grain: Grain, ask: Ask) -> list[tuple[Grain | None, tuple[Span, ...]]]:
    """Grain and spans of the branches of a leaf that does not add: its buckets, then its totals.

    A row falls in one group of a branch only. Spans that meet in a bucket (a day held against the
    one before, by weeks), or totals that overlap (two years against a year earlier), need a branch each.
    """
    parted = all(grain.floor(a[1] - MOMENT) < grain.floor(b[0]) for a, b in pairwise(sorted(ask.spans)))
    apart = all(a[1] <= b[0] for a, b in pairwise(sorted(ask.totals)))
    buckets = [ask.spans] if parted else [(span,) for span in ask.spans]
    totals = [ask.totals] if apart else [(span,) for span in ask.totals]
    return [*((grain, spans) for spans in buckets), *((None, spans) for spans in totals)]


def _fusible(branch: Branch, wanted: Branch) -> bool:
    """Sums of different spans may share a branch, single values only where the spans are the same."""
    if (branch.kind, branch.grain, branch.slice) != (wanted.kind, wanted.grain, wanted.slice):
        return False
    if branch.kind in ("rollup", "presence"):
        return True
    return branch.spans == wanted.spans and branch.leaves[0].time == wanted.leaves[0].time


def _fused(branch: Branch, wanted: Branch) -> Branch:
    spans = tuple(dict.fromkeys((*branch.spans, *wanted.spans)))
    if branch.kind == "last":
        new = [(a, leaf) for a, leaf in zip(wanted.atoms, wanted.leaves, strict=True) if leaf not in branch.leaves]
        atoms_ = (*branch.atoms, *(a for a, _ in new))
        return replace(branch, spans=spans, atoms=atoms_, leaves=(*branch.leaves, *(leaf for _, leaf in new)))
    return replace(
        branch,
        spans=spans,
        atoms=tuple(dict.fromkeys((*branch.atoms, *wanted.atoms))),
        leaves=tuple(dict.fromkeys((*branch.leaves, *wanted.leaves))),
        running=branch.running or wanted.running,
        cuts=tuple(sorted({*branch.cuts, *wanted.cuts})),
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL of one dataset with its parameters in order."""

    dataset: str
    branches: tuple[Branch, ...]
    sql: str
    values: tuple[object, ...]


_TEXTS: dict[tuple, tuple[str, tuple[str, ...]]] = {}
MOST_TEXTS = 2000


def _statement(dataset: str, branches: tuple[Branch, ...], rows_sql: RowsSql, scope: Scope) -> Statement:
    rows = {i: rows_sql(dataset, b.first, b.last) for i, b in enumerate(branches) if b.kind == "rows"}
    shape = (tuple(b.shape for b in branches), scope.cuts(dataset), scope.owner(dataset), tuple(rows.items()))
    if shape not in _TEXTS:
        if len(_TEXTS) >= MOST_TEXTS:
            _TEXTS.clear()
        _TEXTS[shape] = _text(branches, rows, scope)
    sql, names = _TEXTS[shape]
    values: dict[str, object] = {}
    for index, branch in enumerate(branches):
        values |= branch.values(index, scope)
    return Statement(dataset, branches, sql, tuple(values[name] for name in names))


def _text(branches: tuple[Branch, ...], rows: dict[int, str], scope: Scope) -> tuple[str, tuple[str, ...]]:
    width = max(branch.width for branch in branches)
    parts = [select(branch, i, width, rows.get(i, ""), scope) for i, branch in enumerate(branches)]
    return bound(sa.union_all(*parts) if len(parts) > 1 else parts[0])


def cells_of(branch: Branch, leaf: Leaf) -> tuple[int, ...]:
    """Positions of a leaf's cells in a branch; () if the branch does not answer it."""
    if branch.kind == "rollup":
        wanted = atoms(leaf)
        return tuple(branch.atoms.index(a) for a in wanted) if wanted and set(wanted) <= set(branch.atoms) else ()
    if leaf not in branch.leaves:
        return ()
    position = branch.leaves.index(leaf)
    return (2 * position, 2 * position + 1) if branch.kind == "last" else (position,)
