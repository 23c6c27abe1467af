"""An answer: values computed once per state of the data; what depends on now is added per asker."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.calendar.period import Period
from data.calendar.working import WorkingDays
from data.catalogue import Dataset
from data.catalogue.measure import Index
from data.catalogue.text import Text
from data.kpis import quality, status
from data.kpis.branch import MOMENT, Span
from data.kpis.evaluation import Evaluation, Refusal
from data.kpis.frame import Frame
from data.kpis.horizon import came, chooses, newest
from data.kpis.quality import Feeds
from data.kpis.question import Question
from data.kpis.result import (
    MISSING,
    Comparison,
    Composition,
    KpiResult,
    Mark,
    Part,
    Point,
    Presence,
    Quality,
    Stamp,
    Value,
)
from data.kpis.stretch import Stretch

Weighted = frozenset[tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The part of a result that depends on data and question only."""

    value: Value
    points: tuple[Point, ...] = ()
    parts: tuple[Part, ...] = ()
    comparison: Comparison | None = None
    complete: float | None = None
    strip: tuple[float | None, ...] = ()
    estimated: bool = False
    refusal: str | None = None
    composition: Composition | None = None
    won: tuple[str, ...] = ()

    @classmethod
    def of(cls, question: Question, frame: Frame, working: WorkingDays, weighted: Weighted) -> Answer:
        """Evaluate a question over fetched cells; a forbidden roll-up becomes a refusal with its reason.

        ``weighted`` are (old, area) pairs that what was recorded elsewhere counts towards in part.
        """
        try:
            return _Evaluated(question, frame, working, weighted).answer()
        except Refusal as refusal:
            return cls(Value(None, Presence.NOT_APPLICABLE), refusal=refusal.key)

    def result(self, question: Question, now: datetime, feeds: Feeds, recomputed: bool = False) -> KpiResult:
        """The full result as known at ``now``; ``feeds`` knows the sources at that moment."""
        kpi, manifest = question.kpi, question.manifest
        promise = timedelta(seconds=kpi.fresh_within)
        read = self._read(question)
        age = _age(question, read, now)
        feed = feeds.of(read)
        return KpiResult(
            kpi=kpi,
            query=question.query,
            value=self.value,
            level=status.level(kpi, self.value),
            freshness=status.freshness(age, promise),
            age=age,
            marks=feed.marks | {Mark.ESTIMATED} if self.estimated else feed.marks,
            points=self.points,
            parts=self.parts,
            comparison=self.comparison,
            target=status.target(kpi, self.value, question.end - MOMENT, _elapsed(question)),
            quality=Quality(feed.right, self.complete, feed.clean, status.live(age, promise)),
            sources=feed.sources,
            stamp=Stamp(manifest.snapshot, question.watermark, feed.loaded_at, recomputed),
            last_known=next((p for p in reversed(self.points) if p.value.number is not None), None),
            refusal=self.refusal,
            notes=_notes(question),
            strip=self.strip,
            composition=self.composition,
        )

    def _read(self, question: Question) -> tuple[Dataset, ...]:
        """The datasets the value stands on: of several that could answer, those that did."""
        return tuple(d for d in question.datasets if d.id in self.won) or question.datasets


def _age(question: Question, read: tuple[Dataset, ...], now: datetime) -> timedelta | None:
    """Age of the newest data that was read, zero for a period that had ended before it."""
    told = {dataset.id: quality.told_until(dataset, at) for dataset in read if (at := question.manifest.at(dataset.id))}
    known = newest(question.kpi.measure, told.get)
    if known is None:
        return None
    return timedelta(0) if question.query.period.end <= known else max(timedelta(0), now - known)


def _elapsed(question: Question) -> float:
    period = question.query.period
    return min(1.0, (question.end - period.start) / (period.end - period.start))


def _notes(question: Question) -> tuple[str, ...]:
    if question.query.area is None and question.query.by != "area":
        return ()
    since = question.catalogue.city.since
    day = datetime(since.year, since.month, since.day)
    first = min(question.first, question.against.start) if question.against else question.first
    return ("note.areas_changed",) if first < day < question.end else ()


class _Evaluated:
    """One question over one frame."""

    def __init__(self, question: Question, frame: Frame, working: WorkingDays, weighted: Weighted) -> None:
        self.question, self.frame, self.working = question, frame, working
        self.whole = Evaluation(frame, question.asks[0], None, question.constants())
        self.restated = question.restates and (question.query.old_areas, question.query.area) in weighted
        self.weighted = weighted

    def answer(self) -> Answer:
        question = self.question
        value = self._total(self.whole, 0)
        won = tuple(sorted(self.whole.won)) if chooses(question.kpi.measure) else ()
        complete, strip = self._complete(won)
        parts = self._parts()
        return Answer(
            value=value,
            points=tuple(self._point(bucket) for bucket in question.buckets),
            parts=parts,
            comparison=self._comparison(value),
            complete=complete,
            strip=strip,
            estimated=self.restated or self._estimated(parts),
            composition=self._composition(),
            won=won,
        )

    def _composition(self) -> Composition | None:
        """What the value of the period is made of, if it is an index."""
        stretch = self._stretch(0) if isinstance(self.question.kpi.measure, Index) else None
        return None if stretch is None else self.whole.index(self.question.kpi.measure, stretch)[1]

    def _estimated(self, parts: Sequence[Part]) -> bool:
        question = self.question
        by_area = question.restates and question.query.by == "area"
        return by_area and any((question.query.old_areas, part.key) in self.weighted for part in parts)

    def _total(self, evaluation: Evaluation, number: int) -> Value:
        """Value of the period (0) or of the one compared with (1)."""
        stretch = self._stretch(number)
        return MISSING if stretch is None else evaluation.value(self.question.kpi.measure, stretch)

    def _stretch(self, number: int) -> Stretch | None:
        """The whole period (0) or the one compared with (1); None where there is nothing to count."""
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

    def _point(self, bucket: datetime) -> Point:
        question, aligned = self.question, self.question.aligned(bucket)
        value = self._bucket(0, bucket, max(bucket, question.first), min(question.grain.step(bucket), question.end))
        if aligned is None:
            return Point(bucket, value, estimated=self.restated)
        compare = self._bucket(1, aligned, aligned, question.grain.step(aligned))
        return Point(bucket, value, aligned, compare, self.restated)

    def _bucket(self, number: int, bucket: datetime, start: datetime, end: datetime) -> Value:
        """Value of one bucket of the period (0) or the one compared with (1), cut to [start, end)."""
        question = self.question
        if start >= end or question.watermark is None or start > question.watermark or not self._came(start, end):
            return MISSING
        return self.whole.value(
            question.kpi.measure, Stretch(start, end, min(end, question.known_end), question.spans[number], bucket)
        )

    def _came(self, start: datetime, end: datetime) -> bool:
        """Whether there is anything to count: an expected record that did not come is not a zero.

        A record a day cannot be missed within an hour; then the day decides.
        """
        question = self.question
        if question.begins is None or end <= question.begins:
            return False
        if question.stock:
            return True
        return came(question.kpi.measure, lambda name: self._told(question.catalogue.datasets[name], start, end))

    def _told(self, dataset: Dataset, start: datetime, end: datetime) -> bool:
        """Whether any expected record of a dataset came, or none was expected."""
        first, last = quality.widened(dataset, start, end)
        known = max(first, min(last, self.question.known_end))
        wanted = quality.expected(dataset, first, known, self.working)
        return not wanted or self.frame.presence(dataset.id, self.question.fetch, first, last) > 0

    def _comparison(self, value: Value) -> Comparison | None:
        question = self.question
        if question.against is None:
            return None
        held = self._total(self.whole, 1)
        change = ratio = None
        if value.number is not None and held.number is not None:
            change = value.number - held.number
            ratio = change / abs(held.number) if held.number else None
        return Comparison(question.query.compare, question.against, held, change, ratio)

    def _parts(self) -> tuple[Part, ...]:
        question = self.question
        if question.query.by is None:
            return ()
        found = []
        for key in question.parts:
            place = question.constants(key if question.query.by == "area" else None)
            evaluation = Evaluation(self.frame, question.asks[1], key, place)
            compare = self._total(evaluation, 1) if question.against else None
            found.append(Part(key, self._label(key), self._total(evaluation, 0), compare))
        return tuple(found)

    def _label(self, key: str) -> Text:
        question = self.question
        if question.query.by == "area":
            return question.catalogue.areas[key].name
        return question.datasets[0].columns[question.query.by].values[key]

    def _complete(self, won: Collection[str]) -> tuple[float | None, tuple[float | None, ...]]:
        """Share of the period's records that came, and of each bucket's; the least complete dataset decides."""
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
