"""Fetched cells by branch, part and bucket, and running levels over them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import accumulate

from data.calendar.period import Grain
from data.catalogue.measure import Leaf
from data.kpis.branch import Branch, Slice, Span
from data.kpis.plan import Statement, cells_of

Cells = Sequence[float | None]


class Frame:
    """What a batch fetched. Answers for one branch are a dict part -> bucket -> cells."""

    def __init__(self) -> None:
        self._data: dict[Branch, dict[str | None, dict[datetime, Cells]]] = {}
        self._estimated: set[tuple[Branch, str | None]] = set()
        self._columns: dict[tuple[Branch, str | None, int], tuple[list[datetime], list[float]]] = {}
        self._levels: dict[tuple[Branch, str | None, int], list[float]] = {}
        self._found: dict[tuple, tuple[Branch, tuple[int, ...]]] = {}

    def fill(self, statement: Statement, rows: Iterable[tuple]) -> None:
        """Take the rows of one statement: (branch, bucket, part, cells…, estimated)."""
        for branch in statement.branches:
            self._data[branch] = defaultdict(dict)
        for index, bucket, part, *cells, estimated in rows:
            branch = statement.branches[index]
            self._data[branch][part][bucket] = cells
            if estimated:
                self._estimated.add((branch, part))

    def find(
        self, leaf: Leaf, grain: Grain | None, cut: Slice, spans: tuple[Span, ...] = ()
    ) -> tuple[Branch, tuple[int, ...]]:
        """The branch that answers a leaf, and where its cells are.

        Sums of all spans are in one branch; values that do not add are in the branch of ``spans``.
        """
        key = (leaf, grain, cut, spans)
        if key not in self._found:
            self._found[key] = self._search(leaf, grain, cut, spans)
        return self._found[key]

    def _search(
        self, leaf: Leaf, grain: Grain | None, cut: Slice, spans: tuple[Span, ...]
    ) -> tuple[Branch, tuple[int, ...]]:
        for branch in self._data:
            fits = branch.dataset == leaf.dataset and branch.grain == grain and branch.slice == cut
            if fits and set(spans) <= set(branch.spans):
                cells = () if branch.kind == "presence" else cells_of(branch, leaf)
                if cells:
                    return branch, cells
        raise LookupError(f"no branch answers {leaf!r} by {grain}")

    def buckets(self, branch: Branch, part: str | None) -> dict[datetime, Cells]:
        """Bucket -> cells of one part."""
        return self._data[branch].get(part, {})

    def presence(self, dataset: str, fetch: Grain, start: datetime, end: datetime) -> float:
        """Rows of a whole dataset between two moments."""
        for branch in self._data:
            if (branch.kind, branch.dataset, branch.grain) == ("presence", dataset, fetch):
                return self.added(branch, None, 0, start, end)
        return 0.0

    def added(self, branch: Branch, part: str | None, cell: int, start: datetime, end: datetime) -> float:
        """Sum of a cell over every bucket that starts in [start, end)."""
        starts, numbers = self._column(branch, part, cell)
        return sum(numbers[bisect_left(starts, start) : bisect_left(starts, end)])

    def level(self, branch: Branch, part: str | None, cell: int, end: datetime) -> float:
        """Sum of a flow over every bucket that starts before ``end``."""
        key = (branch, part, cell)
        if key not in self._levels:
            self._levels[key] = list(accumulate(self._column(*key)[1], initial=0.0))
        return self._levels[key][bisect_left(self._column(*key)[0], end)]

    def _column(self, branch: Branch, part: str | None, cell: int) -> tuple[list[datetime], list[float]]:
        """Bucket starts in order, and one cell's numbers beside them."""
        key = (branch, part, cell)
        if key not in self._columns:
            ordered = sorted(self.buckets(branch, part).items())
            self._columns[key] = ([at for at, _ in ordered], [cells[cell] or 0.0 for _, cells in ordered])
        return self._columns[key]

    def estimated(self, cut: Slice, part: str | None) -> bool:
        """Whether any cell of a part was restated by weights."""
        return any(branch.slice == cut and held == part for branch, held in self._estimated)
