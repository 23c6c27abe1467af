"""Records that should have come: which did, and what share of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from data.calendar.period import Period
from data.calendar.working import WorkingDays
from data.catalogue import Dataset
from data.kpis import quality
from data.kpis.branch import Span
from data.kpis.frame import Frame
from data.kpis.question import Question

Shares = tuple[float | None, ...]


class Records:
    """What came of the records the datasets of a question promise."""

    def __init__(self, question: Question, frame: Frame, working: WorkingDays) -> None:
        self.question, self.frame, self.working = question, frame, working

    def told(self, dataset: Dataset, start: datetime, end: datetime) -> bool:
        """Whether any expected record of a dataset came, or none was expected."""
        if dataset.expect is None:
            return True
        first, last = quality.widened(dataset, start, end)
        known = max(first, min(last, self.question.known_end))
        wanted = quality.expected(dataset, first, known, self.working)
        return not wanted or self.frame.presence(dataset.id, self.question.fetch, first, last) > 0

    def complete(self, won: Collection[str]) -> tuple[float | None, Shares]:
        """Share of the period's records that came, and of each bucket's; the least complete dataset decides.

        ``won`` are the datasets that answered where several could, empty for all.
        """
        question, found = self.question, []
        for dataset in question.datasets:
            if dataset.expect is None or (won and dataset.id not in won):
                continue
            buckets = [(at, question.grain.step(at)) for at in question.buckets]
            strip = self._came_of(dataset, [quality.widened(dataset, *span) for span in buckets], question.first)
            wide = quality.cadence(dataset, question.grain)
            inside = Period(question.start, question.end).buckets(wide)
            within = self._came_of(dataset, [(at, wide.step(at)) for at in inside], question.start)
            wanted = tuple(quality.share([came], [hoped]) for came, hoped in strip)
            found.append((quality.share(*zip(*within, strict=True)), wanted))
        if not found:
            return None, (None,) * len(question.buckets)
        return min(found, key=lambda item: 2.0 if item[0] is None else item[0])

    def _came_of(self, dataset: Dataset, spans: list[Span], first: datetime) -> list[tuple[float, float]]:
        """(came, expected) of spans, cut to what should have come from ``first`` on."""
        found = []
        for start, end in spans:
            start, end = quality.narrowed(dataset, max(start, first), min(end, self.question.due_end))
            if start >= end:
                found.append((0.0, 0.0))
                continue
            came = self.frame.presence(dataset.id, self.question.fetch, start, end)
            found.append((came, quality.expected(dataset, start, end, self.working) or 0.0))
        return found
