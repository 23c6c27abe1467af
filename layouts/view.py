"""The whole state of the analysis page as one value, and its address.

``/kpi/DL-02?from=2026-11-01&to=2026-11-24&grain=day&compare=lunar&area=…&by=…&filter=market:kr,jp``
has English keys in every language. Days are whole and both included. A link is a saved view, so
nothing outside the address decides what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

from data.areas.vintage import children
from data.calendar.comparison import named_period
from data.calendar.period import Grain, Period
from data.catalogue import Catalogue, Column, Kpi, Text
from data.catalogue.dataset import ColumnType
from data.catalogue.measure import AirQuality
from data.kpis.query import CALENDAR, Compare, KpiQuery
from data.kpis.result import KpiResult
from data.kpis.sieve import Bound, Sieve

Filters = tuple[tuple[str, tuple[str, ...]], ...]

DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
PAGE_KEYS = {"page", "sort", "row"}
LOOKS = {"show", "why", "beside"}
MOST_BESIDE = 2
BESIDE = (Compare.AREA, Compare.TARGET)


class Show(StrEnum):
    """The figure below the chart; ``beside`` draws other KPIs over the same time."""

    PARTS = "parts"
    HOURS = "hours"
    MAP = "map"
    AREAS = "areas"
    RANKING = "ranking"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in an address that could not be used: a message key and the text given."""

    key: str
    given: str


@dataclass(frozen=True, slots=True)
class View:
    """What is asked: KPI code, first and last day, bucket, comparison, place, split, filters, table.

    ``areas`` are asked as one place, none for the city. They and filters stand in order, values once, so that equal
    views have equal addresses. ``page`` counts from 1; ``sort`` is a column name, "-" before it for down.
    ``row`` is the load and line of the row looked at, ``snapshot`` the state of the data it is pinned to. ``why`` shows
    what the parts did to the change instead of the parts themselves. ``other`` is the area or
    occasion compared with; an occasion is called ``named`` and lies ``back`` from the days. ``show`` is the figure
    below the chart, ``beside`` are codes of KPIs drawn with this one, ``sieves`` hold back rows.
    """

    code: str
    first: date
    last: date
    grain: Grain = Grain.DAY
    compare: Compare = Compare.NONE
    other: str | None = None
    back: timedelta | None = field(default=None, compare=False)
    named: Text | None = field(default=None, compare=False)
    areas: tuple[str, ...] = ()
    by: str | None = None
    filters: Filters = ()
    old_areas: bool = False
    sort: str = ""
    page: int = 1
    row: str = ""
    snapshot: int | None = None
    why: bool = False
    show: Show = Show.PARTS
    beside: tuple[str, ...] = ()
    sieves: tuple[Sieve, ...] = ()
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        kept = {name: tuple(sorted(set(values))) for name, values in self.filters if values}
        object.__setattr__(self, "filters", tuple(sorted(kept.items())))
        object.__setattr__(self, "areas", tuple(sorted(set(self.areas))))
        object.__setattr__(self, "sieves", tuple(sorted(self.sieves, key=lambda sieve: sieve.column)))

    @property
    def period(self) -> Period:
        """The days as a period of local time."""
        return Period.of_days(self.first, self.last)

    def query(self, by: str | None = None) -> KpiQuery:
        """The question for the KPI whose code this is, split ``by`` "area" or a dimension.

        A split never filters itself away: a filter on ``by`` is left out.
        """
        area, *joined = (None,) if by == "area" or not self.areas else self.areas
        return KpiQuery(
            kpi=self.code, period=self.period, grain=self.grain, by=by, back=self.back,
            compare=Compare.NONE if self.compare in BESIDE else self.compare,
            area=area, joined=tuple(joined), old_areas=self.old_areas,
            filters=tuple(pair for pair in self.filters if pair[0] != by),
        )  # fmt: skip

    def splits(self, kpi: Kpi, count: int = 2) -> tuple[str, ...]:
        """The dimensions of the breakdowns shown: the chosen one, then the KPI's own order."""
        return tuple(dict.fromkeys([*([self.by] if self.by else []), *kpi.dimensions]))[:count]

    def chosen(self, name: str) -> tuple[str, ...]:
        """Values filtered on in dimension ``name``; for "area" the areas asked for."""
        return self.areas if name == "area" else dict(self.filters).get(name, ())

    def choosing(self, name: str, values: Iterable[str]) -> View:
        """This view filtered to ``values`` of dimension ``name``, of "area" to these areas; none are all."""
        if name == "area":
            return self.with_(areas=tuple(values))
        return self.with_(filters=tuple((dict(self.filters) | {name: tuple(values)}).items()))

    def with_(self, **changes: Any) -> View:
        """This view with some fields changed; the table starts over unless only it changes, or how all is looked at."""
        if changes.keys() <= LOOKS:
            return replace(self, notices=(), **changes)
        kept = changes.keys() <= PAGE_KEYS and changes.keys() & {"page", "row"}
        return replace(self, notices=(), **({"row": ""} | ({} if kept else {"page": 1}) | changes))

    def toggled(self, name: str, value: str) -> View:
        """This view with ``value`` of dimension ``name`` filtered on, or no longer."""
        return self.choosing(name, set(self.chosen(name)) ^ {value})

    def picked(self, name: str, value: str) -> View:
        """This view filtered to ``value`` of dimension ``name`` alone, or no longer to it."""
        return self.toggled(name, value) if value in self.chosen(name) else self.choosing(name, (value,))

    @property
    def href(self) -> str:
        """The address of this view, without host."""
        return f"/kpi/{self.code}{search(self)}"


def compared(view: View) -> str:
    """What a view is compared with, as its address says it: ``year``, ``area:hoi_an``, ``event:tet_2025``."""
    return view.compare.value if view.other is None else f"{view.compare.value}:{view.other}"


def pairs(view: View) -> list[tuple[str, str]]:
    """Keys and values of the canonical address, in order, not yet escaped for it."""
    found = [("from", view.first.isoformat()), ("to", view.last.isoformat())]
    found += [("grain", view.grain.value), ("compare", compared(view))]
    found += [(key, value) for key, value in (("area", ",".join(view.areas)), ("by", view.by)) if value]
    found += [("filter", f"{name}:{','.join(map(escaped, values))}") for name, values in view.filters]
    found += [pair for sieve in view.sieves for pair in told(sieve)]
    found += [("old", "1")] if view.old_areas else []
    found += [("why", "1")] if view.why else []
    found += [("show", view.show.value)] if view.show is not Show.PARTS else []
    found += [("with", ",".join(view.beside))] if view.beside else []
    found += [("sort", view.sort)] if view.sort else []
    found += [("snapshot", str(view.snapshot))] if view.snapshot is not None else []
    found += [("row", view.row)] if view.row else []
    return found + ([("page", str(view.page))] if view.page > 1 else [])


def told(sieve: Sieve) -> list[tuple[str, str]]:
    """Keys and values of a sieve: ``has.field=dat``, ``min.amount=5``, ``max.received_at=2026-11-20``."""
    parts = (("has", sieve.text), ("min", bound(sieve.low)), ("max", bound(sieve.high)))
    return [(f"{key}.{sieve.column}", value) for key, value in parts if value]


def bound(value: Bound) -> str:
    """A bound as the address says it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{value:.12g}"


def search(view: View) -> str:
    """The canonical search string of ``view``, "?" first."""
    return "?" + urlencode(pairs(view), quote_via=quote, safe=":,")


def escaped(value: str) -> str:
    """A value so that commas part values and nothing else does."""
    return value.replace("%", "%25").replace(",", "%2C")


def column(kpi: Kpi, catalogue: Catalogue, name: str) -> Column | None:
    """The column of dimension ``name`` in the datasets ``kpi`` reads, if one of them has it."""
    datasets = [catalogue.datasets[key] for key in kpi.datasets if key in catalogue.datasets]
    return next((dataset.columns[name] for dataset in datasets if name in dataset.dimensions), None)


def sortable(kpi: Kpi, catalogue: Catalogue) -> tuple[str, ...]:
    """Columns rows may be ordered by: those of the first dataset read, personal ones left out."""
    found = [catalogue.datasets[key] for key in kpi.datasets[:1] if key in catalogue.datasets]
    return tuple(
        name
        for dataset in found
        for name in (*(n for n, held in dataset.columns.items() if not held.personal), *dataset.derive)
    )


def sifted(kpi: Kpi, catalogue: Catalogue) -> dict[str, ColumnType]:
    """Columns rows may be held back by, with their types: those they may be ordered by."""
    dataset = catalogue.datasets[kpi.datasets[0]] if kpi.datasets[:1] else None
    return {name: dataset.column_type(name) for name in sortable(kpi, catalogue)} if dataset else {}


def comparisons(kpi: Kpi, catalogue: Catalogue) -> tuple[Compare, ...]:
    """Other times and plans ``kpi`` can be held against."""
    lunar = catalogue.city.lunar
    other = tuple(kind for kind in CALENDAR if kind is not Compare.LUNAR or lunar)
    return (*other, Compare.TARGET) if kpi.target else other


def grains(kpi: Kpi, catalogue: Catalogue) -> tuple[Grain, ...]:
    """Buckets ``kpi`` can be drawn in: none finer than the roll-ups of the datasets it reads.

    The air quality index has no value of more than a day.
    """
    order = list(Grain)
    read = [Grain(catalogue.datasets[key].grain) for key in kpi.datasets if key in catalogue.datasets]
    finest = max(map(order.index, read), default=0)
    widest = order.index(Grain.DAY) if isinstance(kpi.measure, AirQuality) else len(order) - 1
    return tuple(order[finest : max(finest, widest) + 1])


def shows(kpi: Kpi, catalogue: Catalogue) -> tuple[Show, ...]:
    """The figures that fit ``kpi``: none by hour, by area or by part where it has none."""
    city = catalogue.city
    areas = "area" in kpi.dimensions and len(children(catalogue.areas, city.scope, city.since)) > 1
    fits = {
        Show.PARTS: bool(kpi.dimensions),
        Show.HOURS: Grain.HOUR in grains(kpi, catalogue),
        Show.MAP: areas,
        Show.AREAS: areas,
        Show.RANKING: bool(kpi.dimensions),
        Show.BESIDE: len(catalogue.kpis) > 1,
    }
    return tuple(show for show in Show if fits[show])


def opening(kpi: Kpi, today: date) -> tuple[date, date]:
    """First and last day of the period a KPI opens with: its own, as its tile tells it; where that is one bucket that
    is over, or a moment, the buckets of its trend up to it."""
    grain, midnight = Grain(kpi.grain), datetime(today.year, today.month, today.day)
    own = named_period(kpi.period, midnight + DAY - MOMENT)
    last = min(today, (own.end - MOMENT).date())
    if kpi.period != "now" and (len(own.buckets(grain)) > 1 or last == today):
        return own.start.date(), last
    if grain is Grain.HOUR:
        start = midnight - timedelta(hours=kpi.trend - 24)
    else:
        start = grain.step(grain.floor(datetime(last.year, last.month, last.day)), 1 - kpi.trend)
    return max(start.date(), FIRST_DAY), last


def way(result: KpiResult, **asked: str) -> str:
    """The page of an answer, of the area it is of; what else is ``asked`` there by the keys of an address."""
    area = result.query.area
    return f"/kpi/{result.kpi.code}?{urlencode(asked | ({'area': area} if area else {}))}".removesuffix("?")


WIDTH = {
    Grain.HOUR: 1,
    Grain.DAY: 24,
    Grain.WEEK: 168,
    Grain.MONTH: 672,
    Grain.QUARTER: 2160,
    Grain.YEAR: 8760,
}
