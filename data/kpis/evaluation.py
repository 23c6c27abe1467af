"""Evaluation: a measure over fetched cells, bucket by bucket or over a whole span."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from data.calendar.period import Grain, Period
from data.catalogue.measure import (
    AirQuality,
    Average,
    Change,
    Constant,
    Difference,
    Distinct,
    First,
    Fixed,
    Index,
    Last,
    Leaf,
    Mean,
    Measure,
    Node,
    OpenAt,
    Peak,
    Quantile,
    Ratio,
    Score,
    Sum,
    Total,
)
from data.kpis.arithmetic import NOTHING, added, between, mean, ratio
from data.kpis.branch import MOMENT, Span
from data.kpis.frame import Frame
from data.kpis.index import air_quality, concentration, score
from data.kpis.plan import FINENESS, Ask, adds, finer, reached, trailing
from data.kpis.result import MISSING, Composition, Value
from data.kpis.stretch import Stretch, hour_to, within
from data.kpis.vn_aqi import NOWCAST_HOURS, concentration_of
from data.store.atom import witness

LONGEST_AIR = timedelta(hours=25)  # a day to the minute touches twenty-five hours


class Refusal(Exception):
    """A roll-up that would be wrong. ``key`` is the message that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Values of one ask for one part (None for the whole).

    ``constants`` are the official figures of the asked area, ``newest`` is the newest event time there is. ``won``
    takes the datasets a value was read from: of several that could answer, the one that did.
    """

    frame: Frame
    ask: Ask
    part: str | None = None
    constants: Mapping[str, float] = field(default_factory=dict)
    newest: datetime | None = None
    won: set[str] = field(default_factory=set)

    def value(self, measure: Measure, stretch: Stretch, grain: Grain | None = None) -> Value:
        """Value of a measure over a stretch; Refusal when keys do not combine.

        ``grain`` is that of the buckets of the peak the measure is inside of.
        """
        if isinstance(measure, Leaf):
            return self._leaf(measure, stretch, grain)
        if isinstance(measure, Index):
            return self.index(measure, stretch, grain)[0]
        if isinstance(measure, Ratio):
            of, to = (self.value(part, stretch, grain) for part in measure.parts())
            return ratio(of, to, measure.ratio.per)
        if isinstance(measure, Sum | Difference):
            return self._joint(measure, stretch, grain)
        return self._node(measure, stretch, grain)

    def index(self, measure: Index, stretch: Stretch, grain: Grain | None = None) -> tuple[Value, Composition]:
        """Value of an index and what it is made of."""
        if isinstance(measure, AirQuality):
            return self._air(measure, stretch)
        values = {
            key: self.value(part, stretch, grain) for key, part in zip(measure.named, measure.parts(), strict=True)
        }
        return score(measure, values) if isinstance(measure, Score) else concentration(values)

    def _node(self, measure: Node, stretch: Stretch, grain: Grain | None) -> Value:
        """A node that looks at buckets, at another moment, or at one of its parts."""
        if isinstance(measure, Constant):
            number = self.constants.get(measure.area)
            return NOTHING if number is None else Value(number)
        if isinstance(measure, Fixed):
            return Value(measure.number)
        if isinstance(measure, First):
            return self._first(measure, stretch, grain)
        if isinstance(measure, Change):
            return self._change(measure, stretch)
        return self._peak(measure, stretch) if isinstance(measure, Peak) else self._average(measure, stretch)

    def _joint(self, measure: Sum | Difference, stretch: Stretch, grain: Grain | None) -> Value:
        values = [self.value(part, stretch, grain) for part in measure.parts()]
        signs = [1] + [1 if isinstance(measure, Sum) else -1] * (len(values) - 1)
        return added(values, signs)

    def _leaf(self, leaf: Leaf, stretch: Stretch, grain: Grain | None) -> Value:
        self.won.add(leaf.dataset)
        if isinstance(leaf, Last | Distinct | Quantile):
            return self._single(leaf, stretch, grain or self.ask.grain)
        branch, cells = self.frame.find(leaf, self._fetch(grain), self.ask.slice)
        if isinstance(leaf, OpenAt):
            return Value(self.frame.level(branch, self.part, cells[0], stretch.level))
        sums = [self.frame.added(branch, self.part, cell, stretch.start, stretch.end) for cell in cells]
        if isinstance(leaf, Mean):
            return ratio(Value(sums[0]), Value(sums[1]))
        if isinstance(leaf, Total) and leaf.dataset in self.ask.figures and not self._witnessed(leaf, stretch, grain):
            return MISSING
        return Value(float(sums[0]))

    def _witnessed(self, leaf: Total, stretch: Stretch, grain: Grain | None) -> bool:
        """Whether any figure was delivered for a stretch."""
        branch, cells = self.frame.find(witness(leaf), self._fetch(grain), self.ask.slice)
        return self.frame.added(branch, self.part, cells[0], stretch.start, stretch.end) > 0

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
        """The largest bucket of the inner measure; every inner bucket is evaluated on its own. Of figures none of which
        was delivered there is none."""
        inner = Grain(measure.every)
        values = [self.value(measure.peak, within(at, inner, stretch), inner) for at in self._inner(measure, stretch)]
        numbers = [value.number for value in values if value.number is not None]
        return Value(max(numbers)) if numbers else MISSING if MISSING in values else Value(0.0)

    def _average(self, measure: Average, stretch: Stretch) -> Value:
        """The mean over the inner buckets that a dataset delivered anything for."""
        inner = Grain(measure.every)
        spans = [within(at, inner, stretch) for at in Period(stretch.start, stretch.end).buckets(inner)]
        filled = [span for span in spans if self._came(measure, span, self._fetch(inner))]
        values = [self.value(measure.average, span, inner) for span in filled]
        return mean(values)

    def _came(self, measure: Measure, stretch: Stretch, fetch: Grain) -> bool:
        """Whether any dataset below a measure delivered anything for a stretch."""
        names = dict.fromkeys(leaf.dataset for leaf in measure.leaves())
        return any(self.frame.presence(name, fetch, stretch.start, stretch.end) > 0 for name in names)

    def _first(self, measure: First, stretch: Stretch, grain: Grain | None) -> Value:
        """The first part that is present: bucket by bucket where values add, else over the whole stretch."""
        if not adds(measure):
            return self._winner(measure, stretch, grain)
        widest = self.ask.widest(measure)
        inner = widest if grain is None else finer(widest, grain)
        found = [
            self._winner(measure, within(at, widest, stretch), inner)
            for at in Period(stretch.start, stretch.end).buckets(widest)
        ]
        numbers = [value.number for value in found if value.number is not None]
        return Value(sum(numbers)) if numbers else MISSING

    def _winner(self, measure: First, stretch: Stretch, grain: Grain | None) -> Value:
        """The first part with a number; a count of what was not delivered is no zero."""
        for part in measure.parts():
            alone = replace(self, won=set())
            value = alone.value(part, stretch, grain)
            fetch = self._fetch(grain)
            if value.number is not None and (not adds(part) or alone._came(part, stretch, fetch)):
                self.won.update(alone.won)
                return value
        return MISSING

    def _change(self, measure: Change, stretch: Stretch) -> Value:
        """The level of the last hour that has one, less that so long before it.

        Of an hour under way the newest level is that of a moment inside it; so long before that moment the level lay
        between those of two hours, in proportion.
        """
        back, hour = timedelta(seconds=measure.over), Grain.HOUR
        span, share = reached(stretch.span, trailing(measure)), 1.0
        if all(isinstance(leaf, OpenAt) for leaf in measure.leaves()):
            at = stretch.level
        else:
            found = {at for leaf in measure.leaves() for at in self._filled(leaf, hour, span) if at < stretch.level}
            last = max((at for at in found if at >= stretch.start), default=None)
            if last is None:
                return MISSING
            at = hour.step(last)
            share = (self.newest - last) / (at - last) if self.newest and last <= self.newest < at else 1.0
        now, before, earlier = (
            self.value(measure.change, hour_to(end, span), hour) for end in (at, at - back, hour.step(at - back, -1))
        )
        return added([now, between(earlier, before, share)], [1, -1])

    def _air(self, measure: AirQuality, stretch: Stretch) -> tuple[Value, Composition]:
        """The index of an hour or a day; of more it has no value."""
        if FINENESS.index(self.ask.grain) > FINENESS.index(Grain.DAY):
            raise Refusal("refusal.air")
        if stretch.bucket is None and stretch.end - stretch.start > LONGEST_AIR:
            return NOTHING, Composition("vn_aqi", ())
        span, hourly = reached(stretch.span, trailing(measure)), self.ask.grain is Grain.HOUR
        end = Grain.HOUR.step(Grain.HOUR.floor(stretch.level - MOMENT))
        first = Grain.HOUR.step(end, -NOWCAST_HOURS) if hourly else Grain.HOUR.floor(stretch.start)
        hours = Period(first, end).buckets(Grain.HOUR)[::-1]
        held = {}
        for key, part in measure.named.items():
            values = [self.value(part, hour_to(Grain.HOUR.step(at), span), Grain.HOUR).number for at in hours]
            held[key] = concentration_of(key, values, hourly)
        return air_quality(held)

    def _inner(self, measure: Peak, stretch: Stretch) -> list[datetime]:
        """The inner buckets that hold anything, in order."""
        inner = Grain(measure.every)
        starts = {
            inner.floor(bucket)
            for leaf in measure.peak.leaves()
            for bucket in self._filled(leaf, inner, stretch.span)
            if stretch.start <= bucket < stretch.end
        }
        return sorted(starts)

    def _filled(self, leaf: Leaf, inner: Grain, span: Span) -> Iterable[datetime]:
        """Buckets a leaf inside a peak has anything in."""
        single = isinstance(leaf, Last | Distinct | Quantile)
        grain, fetched = (inner, span) if single else (self._fetch(inner), None)
        return self.frame.buckets(self.frame.find(leaf, grain, self.ask.slice, fetched)[0], self.part)

    def _fetch(self, inner: Grain | None) -> Grain:
        """The grain sums were fetched at, inside a peak or not."""
        return self.ask.fetch if inner is None else finer(inner, self.ask.fetch)
