"""A question made exact: which buckets, which spans and which slice a query means at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain

from data.areas.vintage import children
from data.calendar.comparison import NOW_SPAN, UNITS, align, compared, unit_of
from data.calendar.period import Grain, Period
from data.catalogue import Catalogue, Dataset
from data.catalogue.kpi import PeriodName
from data.catalogue.measure import Last, Measure, OpenAt, flows
from data.kpis.branch import MOMENT, Slice, Span
from data.kpis.disclosure import counted
from data.kpis.horizon import newest, oldest
from data.kpis.plan import FINENESS, Ask
from data.kpis.query import KpiQuery
from data.kpis.scope import EVERYTHING, Scope
from data.kpis.status import LOST_AFTER
from data.store.manifest import Manifest

BY_THE_HOUR = timedelta(days=100)


class Question:
    """A `KpiQuery` of one asker against one snapshot at one moment.

    KeyError for an unknown KPI, and for one the asker may not see: to them it does not exist.
    """

    def __init__(
        self, catalogue: Catalogue, manifest: Manifest, query: KpiQuery, now: datetime, scope: Scope = EVERYTHING
    ) -> None:
        kpi = catalogue.kpi(query.kpi)
        if kpi is None or not scope.allows(kpi.datasets):
            raise KeyError(query.kpi)
        self.scope = scope
        self.catalogue, self.manifest, self.query, self.kpi = catalogue, manifest, query, kpi
        self.now = now
        self.datasets: tuple[Dataset, ...] = tuple(catalogue.datasets[name] for name in kpi.datasets)

    @cached_property
    def key(self) -> tuple:
        """What the answer depends on: data, question and the bucket now falls in.

        Two askers a second apart mean the same buckets, so their periods to date share a key.
        """
        query = self.query
        stamps = tuple(self.manifest.stamps.get(dataset.id, 0) for dataset in self.datasets)
        last = None if query.trend else self.grain.floor(query.period.end - MOMENT)
        when = (self.start, self.end, self.start > self.now, self.over, self.grain, last)
        how = (query.areas, query.by, query.filters, query.compare, query.old_areas, query.trend, query.back)
        return (self.kpi.id, stamps, self.manifest.digest, when, how)

    @cached_property
    def least(self) -> int:
        """Cases below which a number is not told to the asker; 0 when all are."""
        if self.scope.small:
            return 0
        return max((dataset.minimum_cell or 0 for dataset in self.datasets), default=0)

    @cached_property
    def cut(self) -> bool:
        """Whether the asker sees a part of the city only, of any dataset the KPI reads."""
        return any(self.scope.cuts(dataset.id) for dataset in self.datasets)

    @cached_property
    def hidden(self) -> bool:
        """Whether what is asked for lies outside what the asker may see."""
        return self.cut and not all(map(self.scope.holds, self.whole.areas))

    @cached_property
    def stock(self) -> bool:
        """Whether the value is a level alone, which stays known when nothing new comes in."""
        return all(isinstance(leaf, OpenAt) for leaf in self.kpi.measure.leaves())

    @cached_property
    def lasting(self) -> bool:
        """Whether the value is one of a moment, of which it does not matter since when there are others."""
        return all(isinstance(leaf, OpenAt | Last) for leaf in self.kpi.measure.leaves())

    @cached_property
    def levelled(self) -> bool:
        """Whether any part of the value is a level."""
        return any(isinstance(leaf, OpenAt) for leaf in self.kpi.measure.leaves())

    @cached_property
    def finest(self) -> Grain:
        """The finest bucket every dataset of the KPI has."""
        return max((Grain(d.grain) for d in self.datasets), key=FINENESS.index)

    @cached_property
    def grain(self) -> Grain:
        """The grain asked for, or the finest there is."""
        return max(self.query.grain, self.finest, key=FINENESS.index)

    @cached_property
    def watermark(self) -> datetime | None:
        """Newest event time common to the KPI's datasets, or of the best that could answer."""
        return newest(self.kpi.measure, self.manifest.at)

    @cached_property
    def begins(self) -> datetime | None:
        """Oldest event time every dataset of the KPI has, or any that could answer."""
        return oldest(self.kpi.measure, self.manifest.begins)

    @cached_property
    def start(self) -> datetime:
        """Start of the period in finest buckets."""
        return self.finest.floor(self.query.period.start)

    @cached_property
    def end(self) -> datetime:
        """End of the period in finest buckets, never beyond the bucket that holds now."""
        end = min(self.query.period.end, max(self.now, self.query.period.start + timedelta(microseconds=1)))
        return max(self._ceiling(end), self.finest.step(self.start))

    @cached_property
    def over(self) -> bool:
        """Whether the period has ended."""
        return self.query.period.end <= self.now

    @cached_property
    def judged(self) -> bool:
        """Whether thresholds and target are about the period; of what grows with it, within one of its own only."""
        name, period = self.kpi.period, self.query.period
        if not flows(self.kpi.measure):
            return True
        if name == "now":
            return period.end - period.start <= NOW_SPAN
        unit = unit_of(name)
        return unit.floor(period.start) == period.start and period.end <= unit.step(period.start)

    @cached_property
    def known_end(self) -> datetime:
        """End of what is known: a level is taken there, not at a moment nobody has reported on.

        Only for a stock may it lie before the period: what was open then is the last that is known.
        """
        if self.watermark is None:
            return self.end
        known = self.finest.step(self.finest.floor(self.watermark))
        return min(self.end, known if self.stock else max(known, self.finest.step(self.start)))

    @cached_property
    def due_end(self) -> datetime:
        """Until when records should have come: what the promise still allows is not missing."""
        allowed = self.end - timedelta(seconds=self.kpi.fresh_within)
        return min(self.end, max(self.known_end, self.finest.floor(allowed)))

    def _ceiling(self, at: datetime) -> datetime:
        floor = self.finest.floor(at)
        return floor if floor == at else self.finest.step(floor)

    @cached_property
    def buckets(self) -> tuple[datetime, ...]:
        """Buckets of the asked grain: the whole period, those to come included, or the trend."""
        if not self.query.trend:
            return self.query.period.buckets(self.grain)
        last = self.grain.floor(self.end - MOMENT)
        return tuple(self.grain.step(last, n) for n in range(1 - self.query.trend, 1))

    @cached_property
    def first(self) -> datetime:
        """The earliest moment the period or its trend begins."""
        return min(self.start, self.buckets[0]) if self.query.trend else self.start

    @cached_property
    def span(self) -> Span:
        """The span fetched for the period and its trend; a level may have to be taken before both."""
        return (min(self.first, self.known_end) if self.stock else self.first, self.end)

    @cached_property
    def against(self) -> Period | None:
        """The period compared with, cut where what is known of the period ends.

        A long period is compared by whole days, a short one to the hour.
        """
        compare, lunar, back = self.query.compare, self.catalogue.city.lunar, self.query.back
        whole = compared(Period(self.start, self._cut(self.end)), compare, lunar=lunar, back=back)
        end = self._cut(self.known_end)
        if whole is None or not self.start < end < self._cut(self.end):
            return whole
        cut = compared(Period(self.start, end), compare, self._unit, lunar, back)
        return cut and Period(whole.start, whole.start + (cut.end - cut.start))

    def _cut(self, end: datetime) -> datetime:
        return end if self.end - self.start <= BY_THE_HOUR else Grain.DAY.step(Grain.DAY.floor(end - MOMENT))

    @property
    def _unit(self) -> PeriodName:
        """The calendar unit the period to date is part of; "now" when it is none."""
        units = (u for u in UNITS if u.floor(self.start) == self.start and self.end <= u.step(self.start))
        return next((unit.value for unit in units), "now")

    @cached_property
    def fetch(self) -> Grain:
        """The grain sums are fetched at: no wider than the buckets asked for, which are months or made of days."""
        if self.grain is Grain.HOUR:
            return self.finest
        return Grain.DAY if self.grain in (Grain.DAY, Grain.WEEK) else Grain.MONTH

    @cached_property
    def edges(self) -> frozenset[datetime]:
        """Moments at which sums begin or end; where one lies inside a bucket, that is fetched in finer ones."""
        found = {self.start, self.first, self.end, *chain.from_iterable(self.spans)}
        if self.against:
            found |= {self.against.start, self.against.end}
        return frozenset(found | {self.known_end} if self.levelled else found)

    def aligned(self, bucket: datetime) -> datetime | None:
        """The bucket a bucket is held against."""
        if self.against is None:
            return None
        return align(bucket, self.grain, self.query.compare, Period(self.start, self.end), back=self.query.back)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Spans to fetch: the period and, if any, the one compared with."""
        if self.against is None:
            return (self.span,)
        held = [at for at in map(self.aligned, self.buckets) if at is not None]
        first = min([self.against.start, *held])
        last = max([self.against.end, *(self.grain.step(at) for at in held)])
        return (self.span, (first, max(last, self.finest.step(first))))

    @cached_property
    def totals(self) -> tuple[Span, ...]:
        """Spans the value of the whole is taken over: for levels, the last moments of each."""
        found = [self._total(self.start, self.known_end)]
        if self.against:
            found.append(self._total(self.against.start, self.against.end))
        return tuple(found)

    def _total(self, start: datetime, end: datetime) -> Span:
        kinds = {leaf.kind for leaf in self.kpi.measure.leaves()}
        if kinds != {"last"}:
            return (start, end)
        reach = self.finest.floor(end - LOST_AFTER * timedelta(seconds=self.kpi.fresh_within))
        return (min(reach, self.finest.step(end, -1)), end)

    @cached_property
    def restates(self) -> bool:
        """Whether facts of the areas before the change meet areas after it, or the other way round."""
        since = self.catalogue.city.since
        day = datetime(since.year, since.month, since.day)
        if self.query.old_areas:
            return any(end > day for _, end in self.spans)
        return self.levelled or any(start < day for start, _ in self.spans)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Keys of the breakdown asked for."""
        if self.query.by is None:
            return ()
        if self.query.by == "area":
            day = self.catalogue.city.day(self.query.old_areas)
            within = self.query.areas or (self.catalogue.city.scope,)
            found = chain.from_iterable(children(self.catalogue.areas, area, day) for area in within)
            return tuple(area.id for area in found if not self.cut or self.scope.holds(area.id))
        values = self.datasets[0].columns[self.query.by].values
        if self.scope.owner(self.datasets[0].id) == self.query.by:
            return tuple(value for value in values if value in self.scope.organisations)
        return tuple(values)

    @cached_property
    def whole(self) -> Slice:
        """The slice of the value itself."""
        areas = () if self.catalogue.city.scope in self.query.areas else self.query.areas
        return Slice(areas, None, (), self.query.filters, self.query.old_areas)

    @cached_property
    def divided(self) -> Slice:
        """The slice of the breakdown."""
        areas = () if self.query.by == "area" else self.whole.areas
        parts = self.parts if self.query.by == "area" else ()
        return Slice(areas, self.query.by, parts, self.query.filters, self.query.old_areas)

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """What to fetch for the value and for its parts."""
        return self._asked(self.kpi.measure)

    @cached_property
    def cases(self) -> tuple[tuple[Ask, ...], ...]:
        """What to fetch to know how many cases the value stands on, each count for the value and for its parts."""
        return tuple(map(self._asked, counted(self.kpi.measure, self.catalogue))) if self.least else ()

    def _asked(self, measure: Measure) -> tuple[Ask, ...]:
        slices = [self.whole] if self.query.by is None else [self.whole, self.divided]
        grains = {dataset.id: Grain(dataset.grain) for dataset in self.datasets}
        figures = frozenset(dataset.id for dataset in self.datasets if dataset.kind == "figure")
        return tuple(
            Ask(measure, self.grain, self.fetch, cut, self.spans, self.totals, self.edges, grains, figures)
            for cut in slices
        )

    def constants(self, area: str | None = None) -> dict[str, float]:
        """Official figures of an area, by default of those asked; what is not published is left out."""
        whole = area is None and not self.whole.areas
        if (self.cut and whole) or any(self.scope.owner(dataset.id) for dataset in self.datasets):
            return {}  # the figures of an area do not go with a part of its rows
        asked = (area,) if area else self.whole.areas or (self.catalogue.city.scope,)
        found = [self.catalogue.areas[name] for name in asked]
        held = {name: [getattr(one, name) for one in found] for name in ("population", "km2", "capacity")}
        return {name: float(sum(numbers)) for name, numbers in held.items() if None not in numbers}
