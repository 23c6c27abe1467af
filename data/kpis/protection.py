"""Protection: an answer without the numbers that stand on few cases, and without what would give them away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.kpis.disclosure import SUPPRESSED, Cases, complements, few, hidden
from data.kpis.evaluation import Evaluation
from data.kpis.frame import Frame
from data.kpis.plan import Ask
from data.kpis.question import Question
from data.kpis.result import Comparison, Level, Part, Point, Value
from data.kpis.stretch import Stretch
from data.kpis.stretches import Stretches


@dataclass(frozen=True, slots=True)
class Protection:
    """What one asker may be told of one question."""

    question: Question
    frame: Frame
    stretches: Stretches

    def value(self, number: int, value: Value) -> Value:
        """The value of the period (0) or of the one compared with (1)."""
        return SUPPRESSED if few(self._cases(0, None, self.stretches.total(number)), self.question.least) else value

    def comparison(self, value: Value, held: Comparison | None) -> Comparison | None:
        """A comparison; what may not be told has no change."""
        if held is None:
            return None
        told = replace(held, value=self.value(1, held.value))
        return told if None not in (value.number, told.value.number) else replace(told, change=None, ratio=None)

    def points(self, points: Sequence[Point]) -> tuple[Point, ...]:
        """Points, those of few cases hidden, and more where their total would tell them."""
        stretches = self.stretches
        now = hidden([self._cases(0, None, stretches.bucket(0, p.at)) for p in points], self.question.least)
        aligned = [None if p.compare_at is None else stretches.bucket(1, p.compare_at, p.at) for p in points]
        then = hidden([self._cases(0, None, stretch) for stretch in aligned], self.question.least)
        return tuple(
            replace(
                point,
                value=SUPPRESSED if index in now else point.value,
                compare=SUPPRESSED if index in then else point.compare,
            )
            for index, point in enumerate(points)
        )

    def parts(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """Parts of a breakdown, likewise."""
        periods = (0, 1) if self.question.against else (0,)
        now, *then = (
            hidden([self._cases(1, part.key, self.stretches.total(n)) for part in parts], self.question.least)
            for n in periods
        )
        before = then[0] if then else frozenset()
        return tuple(
            replace(
                part,
                value=SUPPRESSED if index in now else part.value,
                compare=SUPPRESSED if index in before else part.compare,
                level=Level.NORMAL if index in now else part.level,
            )
            for index, part in enumerate(parts)
        )

    def _cases(self, cut: int, part: str | None, stretch: Stretch | None) -> Cases:
        """How many cases a value stands on: of the whole (``cut`` 0) or of a part of the breakdown (1)."""
        if stretch is None:
            return (0.0,) * (len(self.question.cases) + sum(1 for _ in complements(self.question.kpi.measure)))
        counts = [self._count(asks[cut], part, stretch) for asks in self.question.cases]
        return (*counts, *self._rests(self.question.asks[cut], part, stretch))

    def _count(self, ask: Ask, part: str | None, stretch: Stretch) -> float:
        return Evaluation(self.frame, ask, part).value(ask.measure, stretch).number or 0.0

    def _rests(self, ask: Ask, part: str | None, stretch: Stretch) -> list[float]:
        """Of each share of cases, how many are not in it."""
        evaluation = Evaluation(self.frame, ask, part)
        pairs = [
            [evaluation.value(side, stretch).number or 0.0 for side in share.parts()]
            for share in complements(self.question.kpi.measure)
        ]
        return [to - of for of, to in pairs]
