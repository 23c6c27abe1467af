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
    """What a batch fetched. A branch is known by its place; its cells are a dict part -> bucket -> cells."""

    def __init__(self) -> None:
        self._branches: list[Branch] = []
        self._data: list[dict[str | None, dict[datetime, Cells]]] = []
        self._starts: dict[tuple[int, str | None], list[datetime]] = {}
        self._columns: dict[tuple[int, str | None, int], list[float]] = {}
        self._levels: dict[tuple[int, str | None, int], list[float]] = {}
        self._found: dict[tuple, tuple[int, tuple[int, ...]]] = {}

    def fill(self, statement: Statement, rows: Iterable[tuple]) -> None:
        """Take the rows of one statement: (branch, bucket, part, cells…)."""
        fresh: list[dict[str | None, dict[datetime, Cells]]] = [defaultdict(dict) for _ in statement.branches]
        for index, bucket, part, *cells in rows:
            fresh[index][part][bucket] = cells
        self._branches += statement.branches
        self._data += fresh

    def find(
        self, leaf: Leaf, grain: Grain | None, cut: Slice, span: Span | None = None
    ) -> tuple[int, tuple[int, ...]]:
        """The branch that answers a leaf, and where its cells are.

        Sums of all spans are in one branch; values that do not add are in the branch of their ``span``.
        """
        # Leaves and slices outlive the frame, and hashing them by value costs more than all else here.
        key = (id(leaf), grain, id(cut), span)
        if key not in self._found:
            self._found[key] = self._search(leaf, grain, cut, span)
        return self._found[key]

    def _search(self, leaf: Leaf, grain: Grain | None, cut: Slice, span: Span | None) -> tuple[int, tuple[int, ...]]:
        for place, branch in enumerate(self._branches):
            fits = branch.dataset == leaf.dataset and branch.grain == grain and branch.slice == cut
            if fits and (span is None or span in branch.spans):
                cells = () if branch.kind == "presence" else cells_of(branch, leaf)
                if cells:
                    return place, cells
        raise LookupError(f"no branch answers {leaf!r} by {grain}")

    def buckets(self, branch: int, part: str | None) -> dict[datetime, Cells]:
        """Bucket -> cells of one part."""
        return self._data[branch].get(part, {})

    def presence(self, dataset: str, fetch: Grain, start: datetime, end: datetime) -> float:
        """Rows of a whole dataset between two moments."""
        for place, branch in enumerate(self._branches):
            if (branch.kind, branch.dataset, branch.grain) == ("presence", dataset, fetch):
                return self.added(place, None, 0, start, end)
        return 0.0

    def added(self, branch: int, part: str | None, cell: int, start: datetime, end: datetime) -> float:
        """Sum of a cell over every bucket that starts in [start, end)."""
        starts, numbers = self._column(branch, part, cell)
        return sum(numbers[bisect_left(starts, start) : bisect_left(starts, end)])

    def level(self, branch: int, part: str | None, cell: int, end: datetime) -> float:
        """Sum of a flow over every bucket that starts before ``end``."""
        starts, numbers = self._column(branch, part, cell)
        key = (branch, part, cell)
        if key not in self._levels:
            self._levels[key] = list(accumulate(numbers, initial=0.0))
        return self._levels[key][bisect_left(starts, end)]

    def _column(self, branch: int, part: str | None, cell: int) -> tuple[list[datetime], list[float]]:
        """Bucket starts in order, and one cell's numbers beside them."""
        key, held = (branch, part, cell), (branch, part)
        if held not in self._starts:
            self._starts[held] = sorted(self.buckets(branch, part))
        starts = self._starts[held]
        if key not in self._columns:
            buckets = self.buckets(branch, part)
            self._columns[key] = [buckets[at][cell] or 0.0 for at in starts]
        return starts, self._columns[key]
