"""Records that should have come: which did, and what share of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from data.calendar.period import Grain, Period
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

        ``won`` are the datasets that answered where several could, empty for all. Of records nobody expects by number
        only this is known: that none came before the first.
        """
        question, found = self.question, []
        untold = (None,) * len(question.buckets)
        for dataset in self._read(won):
            if not _promises(dataset):
                found.append((self._since(dataset, question.start, question.end), untold))
                continue
            buckets = [(at, question.grain.step(at)) for at in question.buckets]
            strip = self._came_of(dataset, [quality.widened(dataset, *span) for span in buckets], question.first)
            wanted = tuple(quality.share([came], [hoped]) for came, hoped in strip)
            found.append((self._share(dataset, question.start, question.end), wanted))
        told = [item for item in found if item[0] is not None or item[1] is not untold]
        return min(told, key=lambda item: 2.0 if item[0] is None else item[0]) if told else (None, untold)

    def compared(self, won: Collection[str]) -> float | None:
        """Share of the records that came of the period compared with; None where that is not known."""
        against = self.question.against
        if against is None:
            return None
        shares = [
            (self._share if _promises(dataset) else self._since)(dataset, against.start, against.end)
            for dataset in self._read(won)
        ]
        return min((share for share in shares if share is not None), default=None)

    def _read(self, won: Collection[str]) -> list[Dataset]:
        return [dataset for dataset in self.question.datasets if not won or dataset.id in won]

    def _share(self, dataset: Dataset, start: datetime, end: datetime) -> float | None:
        wide = quality.cadence(dataset, self.question.grain)
        inside = [(at, min(end, wide.step(at))) for at in Period(start, end).buckets(wide)]
        came = self._came_of(dataset, inside, start)
        return quality.share([one for one, _ in came], [hoped for _, hoped in came])

    def _since(self, dataset: Dataset, start: datetime, end: datetime) -> float | None:
        """The share of a span in which records were kept at all; None when all of it, and of levels, which last."""
        begins = self.question.manifest.begins(dataset.id)
        if begins is None or self.question.lasting or (first := Grain.DAY.floor(begins)) <= start:
            return None
        return max(0.0, (end - first) / (end - start))

    def _came_of(self, dataset: Dataset, spans: list[Span], first: datetime) -> list[tuple[float, float]]:
        """(came, expected) of spans, cut to what should have come from ``first`` on."""
        found, due = [], self._due(dataset)
        for start, end in spans:
            start, end = quality.narrowed(dataset, max(start, first), min(end, due))
            if start >= end:
                found.append((0.0, 0.0))
                continue
            wanted = quality.expected(dataset, start, end, self.working) or 0.0
            found.append((self._came(dataset, start, end), wanted))
        return found

    def _due(self, dataset: Dataset) -> datetime:
        """Until when records should have come. The figures of a period that is over are all due, whatever the promise
        allows: a sum of two months of a year is no sum of the year."""
        question = self.question
        return question.end if question.over and dataset.expect is None else question.due_end

    def _came(self, dataset: Dataset, start: datetime, end: datetime) -> float:
        """Rows of a span; of figures the months, quarters or years that have any."""
        fetch = self.question.fetch
        if dataset.expect is not None:
            return self.frame.presence(dataset.id, fetch, start, end)
        grain = Grain(dataset.grain)
        buckets = Period(start, end).buckets(grain)
        return float(sum(self.frame.presence(dataset.id, fetch, at, grain.step(at)) > 0 for at in buckets))


def _promises(dataset: Dataset) -> bool:
    """Whether it is known how many records a span should hold."""
    return dataset.expect is not None or dataset.periodic
