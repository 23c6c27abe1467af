"""Evaluation: a measure over fetched cells, bucket by bucket or over a whole span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from data.calendar.period import Grain
from data.catalogue.measure import Distinct, Last, Leaf, Mean, Measure, OpenAt, Peak, Quantile, Ratio, Sum
from data.kpis.branch import Span
from data.kpis.frame import Frame
from data.kpis.plan import Ask, finer
from data.kpis.result import MISSING, Presence, Value

NOTHING = Value(None, Presence.NOT_APPLICABLE)


class Refusal(Exception):
    """A roll-up that would be wrong. ``key`` is the message that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time to evaluate over: one bucket, or the whole of a span.

    ``level`` is the moment a level is taken at, ``span`` what was fetched around. Values that do not
    add are found at ``bucket``, or by the ``total`` span the value of the whole is taken over.
    """

    start: datetime
    end: datetime
    level: datetime
    span: Span
    bucket: datetime | None = None
    total: Span | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Values of one ask for one part (None for the whole)."""

    frame: Frame
    ask: Ask
    part: str | None = None

    def value(self, measure: Measure, stretch: Stretch, grain: Grain | None = None) -> Value:
        """Value of a measure over a stretch; Refusal when keys do not combine.

        ``grain`` is that of the buckets of the peak the measure is inside of.
        """
        if isinstance(measure, Leaf):
            return self._leaf(measure, stretch, grain)
        if isinstance(measure, Ratio):
            return _ratio(self.value(measure.ratio.of, stretch, grain), self.value(measure.ratio.to, stretch, grain))
        if isinstance(measure, Peak):
            return self._peak(measure, stretch)
        values = [self.value(part, stretch, grain) for part in measure.parts()]
        signs = [1] + [1 if isinstance(measure, Sum) else -1] * (len(values) - 1)
        return _added(values, signs)

    def _leaf(self, leaf: Leaf, stretch: Stretch, grain: Grain | None) -> Value:
        if isinstance(leaf, Last | Distinct | Quantile):
            return self._single(leaf, stretch, grain or self.ask.grain)
        branch, cells = self.frame.find(leaf, self._fetch(grain), self.ask.slice)
        if isinstance(leaf, OpenAt):
            return Value(self.frame.level(branch, self.part, cells[0], stretch.level))
        sums = [self.frame.added(branch, self.part, cell, stretch.start, stretch.end) for cell in cells]
        if isinstance(leaf, Mean):
            return _ratio(Value(sums[0]), Value(sums[1]))
        return Value(float(sums[0]))

    def _single(self, leaf: Last | Distinct | Quantile, stretch: Stretch, grain: Grain) -> Value:
        """A leaf whose total cannot be made of its buckets."""
        if stretch.total:
            level, at, span = None, stretch.total[0], stretch.total
        else:
            level, at, span = grain, stretch.bucket, stretch.span
        branch, positions = self.frame.find(leaf, level, self.ask.slice, span)
        cells = self.frame.buckets(branch, self.part).get(at)
        number = cells[positions[0]] if cells else None
        if isinstance(leaf, Last) and cells and leaf.over is None and (cells[positions[1]] or 0) > 1:
            raise Refusal("refusal.keys")
        if number is not None:
            return Value(float(number))
        return {"last": MISSING, "distinct": Value(0.0), "quantile": NOTHING}[leaf.kind]

    def _peak(self, measure: Peak, stretch: Stretch) -> Value:
        """The largest bucket of the inner measure; every inner bucket is evaluated on its own."""
        inner = Grain(measure.every)
        starts = {
            inner.floor(bucket)
            for leaf in measure.peak.leaves()
            for bucket in self._filled(leaf, inner, stretch.span)
            if stretch.start <= bucket < stretch.end
        }
        values = [self.value(measure.peak, _within(at, inner, stretch), inner) for at in sorted(starts)]
        numbers = [value.number for value in values if value.number is not None]
        return Value(max(numbers)) if numbers else Value(0.0)

    def _filled(self, leaf: Leaf, inner: Grain, span: Span) -> Iterable[datetime]:
        """Buckets a leaf inside a peak has anything in."""
        single = isinstance(leaf, Last | Distinct | Quantile)
        grain, fetched = (inner, span) if single else (self._fetch(inner), None)
        return self.frame.buckets(self.frame.find(leaf, grain, self.ask.slice, fetched)[0], self.part)

    def _fetch(self, inner: Grain | None) -> Grain:
        """The grain sums were fetched at, inside a peak or not."""
        return self.ask.fetch if inner is None else finer(inner, self.ask.fetch)


def _within(bucket: datetime, grain: Grain, stretch: Stretch) -> Stretch:
    end = min(grain.step(bucket), stretch.end)
    return Stretch(max(bucket, stretch.start), end, min(end, stretch.level), stretch.span, bucket)


def _ratio(of: Value, to: Value) -> Value:
    """Sum over sum; a denominator of zero is not applicable."""
    if Presence.MISSING in (of.presence, to.presence):
        return MISSING
    if of.number is None or to.number is None:
        return NOTHING
    if to.number == 0:
        return Value(None, Presence.NOT_APPLICABLE, of.number, to.number)
    return Value(of.number / to.number, Presence.PRESENT, of.number, to.number)


def _added(values: list[Value], signs: list[int]) -> Value:
    absent = next((value for value in values if value.number is None), None)
    if absent is not None:
        return Value(None, absent.presence)
    return Value(sum(sign * (value.number or 0.0) for sign, value in zip(signs, values, strict=True)))
