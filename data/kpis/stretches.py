"""The stretches of one question: of the period and of the one compared with, whole and bucket by bucket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.kpis.horizon import came
from data.kpis.question import Question
from data.kpis.records import Records
from data.kpis.stretch import Stretch


@dataclass(frozen=True, slots=True)
class Stretches:
    """``number`` is 0 for the period, 1 for the one compared with; None where there is nothing to count."""

    question: Question
    records: Records

    def total(self, number: int) -> Stretch | None:
        """The whole of it."""
        question = self.question
        if number == 0:
            start, end, level = question.start, question.end, question.known_end
            ahead = start > question.now if question.stock else start > (question.watermark or question.now)
            if question.watermark is None or ahead:
                return None
        else:
            start, end = question.against.start, question.against.end
            level = end
        if not self._came(start, level if question.stock else end):
            return None
        return Stretch(start, end, level, question.spans[number], total=question.totals[number])

    def bucket(self, number: int, at: datetime, beside: datetime | None = None) -> Stretch | None:
        """One bucket, the period's own cut to where it begins and ends; one ``beside`` which a cut one stands is cut to
        the period compared with, so that a part is never held against a whole."""
        question = self.question
        start, end = at, question.grain.step(at)
        if number == 0:
            start, end = max(start, question.first), min(end, question.end)
        elif beside is not None and question.against is not None:
            start = question.against.start if beside < question.first else start
            end = question.against.end if beside < question.end < question.grain.step(beside) else end
        if start >= end or question.watermark is None or start > question.watermark or not self._came(start, end):
            return None
        return Stretch(start, end, min(end, question.known_end), question.spans[number], at)

    def _came(self, start: datetime, end: datetime) -> bool:
        """Whether there is anything to count: an expected record that did not come is not a zero.

        A record a day cannot be missed within an hour; then the day decides.
        """
        question = self.question
        if question.begins is None or end <= question.begins:
            return False
        if question.stock:
            return True
        return came(question.kpi.measure, lambda name: self.records.told(question.catalogue.datasets[name], start, end))
