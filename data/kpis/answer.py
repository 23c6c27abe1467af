"""An answer: values computed once per state of the data; what depends on now is added per asker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data.calendar.lunar import lunar
from data.calendar.working import WorkingDays
from data.catalogue import Dataset
from data.catalogue.measure import AirQuality, Index
from data.catalogue.text import Text
from data.kpis import quality, status
from data.kpis.branch import MOMENT
from data.kpis.disclosure import composed
from data.kpis.evaluation import LONGEST_AIR, Evaluation, Refusal
from data.kpis.frame import Frame
from data.kpis.horizon import chooses, newest
from data.kpis.protection import Protection
from data.kpis.quality import Feeds
from data.kpis.query import Compare
from data.kpis.question import Question
from data.kpis.records import Records
from data.kpis.result import (
    MISSING,
    Break,
    Comparison,
    Composition,
    KpiResult,
    Level,
    Mark,
    Part,
    Point,
    Presence,
    Quality,
    Stamp,
    TargetState,
    Value,
)
from data.kpis.stretches import Stretches

LEAP_STEP = timedelta(days=29)  # no lunar month has fewer
Estimates = Callable[[bool, tuple[str, ...]], bool]


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
    def of(cls, question: Question, frame: Frame, working: WorkingDays, estimates: Estimates) -> Answer:
        """Evaluate a question over fetched cells; a forbidden roll-up becomes a refusal with its reason.

        ``estimates`` tells whether what was recorded elsewhere counts in part towards areas of old, or of today.
        """
        try:
            return _Evaluated(question, frame, working, estimates).answer()
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
            level=status.level(kpi, self.value) if question.judged else Level.NORMAL,
            freshness=status.freshness(age, promise),
            age=age,
            marks=feed.marks | {Mark.ESTIMATED} if self.estimated else feed.marks,
            points=self.points,
            parts=self.parts,
            comparison=self.comparison,
            target=_target(question, self.value),
            quality=Quality(feed.right, self.complete, feed.clean, status.live(age, promise)),
            sources=feed.sources,
            stamp=Stamp(manifest.snapshot, _as_of(question, feed.loaded_at), feed.loaded_at, recomputed),
            last_known=next((p for p in reversed(self.points) if p.value.number is not None), None),
            refusal=self.refusal,
            notes=_notes(question),
            strip=self.strip,
            composition=self.composition,
            breaks=_breaks(question),
        )

    def _read(self, question: Question) -> tuple[Dataset, ...]:
        """The datasets the value stands on: of several that could answer, those that did."""
        return tuple(d for d in question.datasets if d.id in self.won) or question.datasets


def _told_until(question: Question, read: tuple[Dataset, ...]) -> datetime | None:
    """Until when what was read tells; None where it tells nothing."""
    told = {dataset.id: quality.told_until(dataset, at) for dataset in read if (at := question.manifest.at(dataset.id))}
    return newest(question.kpi.measure, told.get)


def _as_of(question: Question, loaded_at: datetime | None) -> datetime | None:
    """Until when the data of a question tells; a month's figure that came before its end tells no further than that."""
    newest_event, told = question.watermark, _told_until(question, question.datasets)
    if newest_event is None or told is None:
        return newest_event
    return max(newest_event, min(told, loaded_at or told))


def _age(question: Question, read: tuple[Dataset, ...], now: datetime) -> timedelta | None:
    """Age of the newest data that was read, zero for a period that had ended before it."""
    known = _told_until(question, read)
    if known is None:
        return None
    return timedelta(0) if question.query.period.end <= known else max(timedelta(0), now - known)


def _target(question: Question, value: Value) -> TargetState | None:
    period = question.query.period
    elapsed = min(1.0, (question.end - period.start) / (period.end - period.start))
    return status.target(question.kpi, value, question.end - MOMENT, elapsed) if question.judged else None


def _notes(question: Question) -> tuple[str, ...]:
    long = question.end - question.start > LONGEST_AIR
    found = ("note.air",) if long and isinstance(question.kpi.measure, AirQuality) else ()
    return (*found, "note.leap") if question.query.compare is Compare.LUNAR and _leaps(question) else found


def _leaps(question: Question) -> bool:
    """Whether a leap month lies in the period or in the one compared with, so that their days do not pair off."""
    spans = [(question.start, question.end)]
    spans += [(question.against.start, question.against.end)] if question.against else []
    return any(lunar(day.date()).leap for span in spans for day in (*_steps(*span), span[1] - MOMENT))


def _steps(start: datetime, end: datetime) -> Iterator[datetime]:
    """Days so close that no lunar month falls between two of them."""
    while start < end:
        yield start
        start += LEAP_STEP


def _breaks(question: Question) -> tuple[Break, ...]:
    """The day the areas changed, if a question that is cut by area crosses it."""
    if not question.whole.areas and question.query.by != "area":
        return ()
    since = question.catalogue.city.since
    day = datetime(since.year, since.month, since.day)
    first = min(question.first, question.against.start) if question.against else question.first
    return (Break(day, "break.areas"),) if first < day < question.end else ()


class _Evaluated:
    """One question over one frame."""

    def __init__(self, question: Question, frame: Frame, working: WorkingDays, estimates: Estimates) -> None:
        self.question, self.frame = question, frame
        self.records = Records(question, frame, working)
        self.stretches = Stretches(question, self.records)
        self.whole = Evaluation(frame, question.asks[0], None, question.constants(), question.watermark)
        self.restated = question.restates and estimates(question.query.old_areas, question.query.areas)
        self.estimates = estimates

    def answer(self) -> Answer:
        """Everything that was asked for, as far as it may be told."""
        question = self.question
        value = self._total(self.whole, 0)
        won = tuple(sorted(self.whole.won)) if chooses(question.kpi.measure) else ()
        complete, strip = self.records.complete(won)
        parts = self._parts()
        found = Answer(
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
        return self._told(found) if question.least else found

    def _told(self, found: Answer) -> Answer:
        """An answer without what stands on few cases."""
        told = Protection(self.question, self.frame, self.stretches)
        value = told.value(0, found.value)
        return replace(
            found,
            value=value,
            points=told.points(found.points),
            parts=told.parts(found.parts),
            comparison=told.comparison(value, found.comparison),
            composition=composed(found.composition, self.question.least) if value.number is not None else None,
        )

    def _composition(self) -> Composition | None:
        """What the value of the period is made of, if it is an index."""
        stretch = self.stretches.total(0) if isinstance(self.question.kpi.measure, Index) else None
        if stretch is None:
            return None
        found = self.whole.index(self.question.kpi.measure, stretch)[1]
        return replace(found, parts=tuple(replace(p, name=p.name or self._named(p.key)) for p in found.parts))

    def _named(self, key: str) -> Text | None:
        """What a dataset calls the value a part is named after."""
        columns = [column for dataset in self.question.datasets for column in dataset.columns.values()]
        return next((column.values[key] for column in columns if key in column.values), None)

    def _estimated(self, parts: Sequence[Part]) -> bool:
        question = self.question
        by_area = question.restates and question.query.by == "area"
        return by_area and any(self.estimates(question.query.old_areas, (part.key,)) for part in parts)

    def _total(self, evaluation: Evaluation, number: int) -> Value:
        """Value of the period (0) or of the one compared with (1)."""
        stretch = self.stretches.total(number)
        return MISSING if stretch is None else evaluation.value(self.question.kpi.measure, stretch)

    def _point(self, bucket: datetime) -> Point:
        aligned = self.question.aligned(bucket)
        value = self._bucket(0, bucket)
        if aligned is None:
            return Point(bucket, value, estimated=self.restated)
        compare = self._bucket(1, aligned, bucket)
        return Point(bucket, value, aligned, compare, self.restated)

    def _bucket(self, number: int, bucket: datetime, beside: datetime | None = None) -> Value:
        """Value of one bucket of the period (0) or of the one compared with (1), ``beside`` which bucket it stands."""
        stretch = self.stretches.bucket(number, bucket, beside)
        return MISSING if stretch is None else self.whole.value(self.question.kpi.measure, stretch)

    def _comparison(self, value: Value) -> Comparison | None:
        question = self.question
        if question.against is None:
            return None
        then = replace(self.whole, won=set())
        held = self._total(then, 1)
        won = tuple(then.won) if chooses(question.kpi.measure) else ()
        change = ratio = None
        if value.number is not None and held.number is not None:
            change = value.number - held.number
            ratio = change / abs(held.number) if held.number else None
        complete = self.records.compared(won) if held.number is not None else None
        return Comparison(question.query.compare, question.against, held, change, ratio, complete=complete)

    def _parts(self) -> tuple[Part, ...]:
        question = self.question
        if question.query.by is None:
            return ()
        found = []
        for key in question.parts:
            place = question.constants(key if question.query.by == "area" else None)
            evaluation = Evaluation(self.frame, question.asks[1], key, place, question.watermark)
            compare = self._total(evaluation, 1) if question.against else None
            value = self._total(evaluation, 0)
            level = status.level_of_part(question.kpi, value)
            found.append(Part(key, self._label(key), value, compare, level))
        return tuple(found)

    def _label(self, key: str) -> Text:
        question = self.question
        if question.query.by == "area":
            return question.catalogue.areas[key].name
        return question.datasets[0].columns[question.query.by].values[key]
