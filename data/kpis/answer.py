"""An answer: values computed once per state of the data; what depends on now is added per asker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from data.calendar.working import WorkingDays
from data.catalogue.text import Text
from data.kpis import quality, status
from data.kpis.evaluation import Evaluation, Refusal, Stretch
from data.kpis.frame import Frame
from data.kpis.question import Question
from data.kpis.result import (
    MISSING,
    Comparison,
    KpiResult,
    Mark,
    Part,
    Point,
    Presence,
    Quality,
    Stamp,
    Value,
)

ADDITIVE = ("count", "sum", "mean", "distinct", "quantile")


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

    @classmethod
    def of(cls, question: Question, frame: Frame, working: WorkingDays) -> Answer:
        """Evaluate a question over fetched cells; a forbidden roll-up becomes a refusal with its reason."""
        try:
            return _Evaluated(question, frame, working).answer()
        except Refusal as refusal:
            return cls(Value(None, Presence.NOT_APPLICABLE), refusal=refusal.key)

    def result(self, question: Question, now: datetime, recomputed: bool = False) -> KpiResult:
        """The full result as known at ``now``."""
        kpi, manifest = question.kpi, question.manifest
        promise = timedelta(seconds=kpi.fresh_within)
        age = _age(question, now)
        sources = quality.source_states(question.catalogue, manifest, kpi.datasets, now)
        right, clean = quality.shares(question.catalogue, manifest, kpi.datasets)
        loaded = max((s.loaded_at for s in sources if s.loaded_at), default=None)
        return KpiResult(
            kpi=kpi,
            query=question.query,
            value=self.value,
            level=status.level(kpi, self.value),
            freshness=status.freshness(age, promise),
            age=age,
            marks=self._marks(question),
            points=self.points,
            parts=self.parts,
            comparison=self.comparison,
            target=status.target(kpi, self.value, question.end, _elapsed(question)),
            quality=Quality(right, self.complete, clean, status.live(age, promise)),
            sources=sources,
            stamp=Stamp(manifest.snapshot, question.watermark, loaded, recomputed),
            last_known=next((p for p in reversed(self.points) if p.value.number is not None), None),
            refusal=self.refusal,
            notes=_notes(question),
            strip=self.strip,
        )

    def _marks(self, question: Question) -> frozenset[Mark]:
        sources = chain.from_iterable(map(question.catalogue.feeding, question.kpi.datasets))
        found = {Mark(source.authority) for source in sources if source.authority != "measured"}
        return frozenset(found | ({Mark.ESTIMATED} if self.estimated else set()))


def _age(question: Question, now: datetime) -> timedelta | None:
    """Age of the newest data, zero for a period that had ended before it."""
    if question.watermark is None:
        return None
    if question.query.period.end <= question.watermark:
        return timedelta(0)
    return max(timedelta(0), now - question.watermark)


def _elapsed(question: Question) -> float:
    period = question.query.period
    return min(1.0, (question.end - period.start) / (period.end - period.start))


def _notes(question: Question) -> tuple[str, ...]:
    since = question.catalogue.city.since
    day = datetime(since.year, since.month, since.day)
    first = min(start for start, _ in question.spans)
    cut = question.query.area is not None or question.query.by == "area"
    return ("note.areas_changed",) if cut and first < day < question.end else ()


class _Evaluated:
    """One question over one frame."""

    def __init__(self, question: Question, frame: Frame, working: WorkingDays) -> None:
        self.question, self.frame, self.working = question, frame, working
        self.kinds = {leaf.kind for leaf in question.kpi.measure.leaves()}
        self.whole = Evaluation(frame, question.asks[0])

    def answer(self) -> Answer:
        question = self.question
        value = self._total(self.whole, 0)
        points = tuple(self._point(bucket) for bucket in question.buckets)
        complete, strip = self._complete()
        return Answer(
            value=value,
            points=points,
            parts=self._parts(),
            comparison=self._comparison(value),
            complete=complete,
            strip=strip,
            estimated=any(self.frame.estimated(ask.slice, part) for ask in question.asks for part in (None, *question.parts)),
        )

    def _total(self, evaluation: Evaluation, number: int) -> Value:
        """Value of the period (0) or of the one compared with (1)."""
        question = self.question
        if number == 0:
            start, end = question.start, question.end
            if question.watermark is None or start > question.watermark:
                return MISSING
        else:
            start, end = question.against.start, question.against.end
        if not self._came(start, end):
            return MISSING
        return evaluation.value(question.kpi.measure, Stretch(start, end, question.totals[number]))

    def _point(self, bucket: datetime) -> Point:
        aligned = self.question.aligned(bucket)
        compare = None if aligned is None else self._bucket(self.whole, aligned, None)
        return Point(bucket, self._bucket(self.whole, bucket, self.question.watermark), aligned, compare)

    def _bucket(self, evaluation: Evaluation, bucket: datetime, watermark: datetime | None) -> Value:
        question = self.question
        end = question.grain.step(bucket)
        if bucket >= question.end or question.watermark is None or bucket > question.watermark:
            return MISSING
        start = max(bucket, question.first) if watermark else bucket
        if not self._came(start, end):
            return MISSING
        return evaluation.value(question.kpi.measure, Stretch(start if self.kinds & set(ADDITIVE[:3]) else bucket, end))

    def _came(self, start: datetime, end: datetime) -> bool:
        """Whether there is anything to count: an expected record that did not come is not a zero."""
        if self.question.begins is None or end <= self.question.begins:
            return False
        for dataset in self.question.datasets:
            end_known = min(end, self.question.known_end) if end > self.question.first else end
            wanted = quality.expected(dataset, start, max(end_known, start), self.working)
            if wanted and self.frame.presence(dataset.id, self.question.fetch, start, end) == 0:
                return False
        return True

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
            evaluation = Evaluation(self.frame, question.asks[1], key)
            compare = self._total(evaluation, 1) if question.against else None
            found.append(Part(key, self._label(key), self._total(evaluation, 0), compare))
        return tuple(found)

    def _label(self, key: str) -> Text:
        question = self.question
        if question.query.by == "area":
            return question.catalogue.areas[key].name
        return question.datasets[0].columns[question.query.by].values[key]

    def _complete(self) -> tuple[float | None, tuple[float | None, ...]]:
        """The least complete of the KPI's datasets decides."""
        question, found = self.question, []
        spans = [
            (max(at, question.first), min(question.grain.step(at), question.end)) for at in question.buckets if at < question.end
        ]
        inside = [(max(start, question.start), end) for start, end in spans if end > question.start]
        for dataset in question.datasets:
            came = [self.frame.presence(dataset.id, question.fetch, *span) for span in spans]
            within = [self.frame.presence(dataset.id, question.fetch, *span) for span in inside]
            wanted = [quality.expected(dataset, *span, self.working) for span in spans]
            hoped = [quality.expected(dataset, *span, self.working) for span in inside]
            found.append((quality.share(within, hoped), quality.shares_of(came, wanted)))
        return min(found, key=lambda item: 2.0 if item[0] is None else item[0])
