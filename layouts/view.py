"""The whole state of the analysis page as one value, and its address.

``/kpi/DL-02?from=2026-11-01&to=2026-11-24&grain=day&compare=lunar&area=…&by=…&filter=market:kr,jp``
has English keys in every language. Days are whole and both included. A link is a saved view, so
nothing outside the address decides what is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from data.areas.vintage import children
from data.calendar.occasion import back
from data.calendar.period import Grain, Period
from data.catalogue import Catalogue, Column, Kpi
from data.catalogue.measure import AirQuality
from data.kpis.query import CALENDAR, Compare, KpiQuery

Filters = tuple[tuple[str, tuple[str, ...]], ...]

LONGEST = 2000
MOST_PARAMETERS = 40
MOST_VALUES = 20
MOST_BUCKETS = 1500
LAST_PAGE = 10_000
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
PAGE_KEYS = {"page", "sort", "row"}
LOOKS = {"show", "why", "beside"}
MOST_BESIDE = 2
ROW = re.compile(r"[0-9]{1,9}-[0-9]{1,12}", re.ASCII)
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

    Filters stand in order of their field, values in order and once, so that equal views have
    equal addresses. ``page`` counts from 1; ``sort`` is a column name, "-" before it for down. ``row`` is the load
    and line of the row looked at, ``snapshot`` the state of the data it is pinned to. ``why`` shows
    what the parts did to the change instead of the parts themselves. ``other`` is the area or
    occasion compared with, an occasion ``back`` from the days. ``show`` is the figure below the chart, ``beside``
    are codes of KPIs drawn with this one.
    """

    code: str
    first: date
    last: date
    grain: Grain = Grain.DAY
    compare: Compare = Compare.NONE
    other: str | None = None
    back: timedelta | None = field(default=None, compare=False)
    area: str | None = None
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
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        kept = {name: tuple(sorted(set(values))) for name, values in self.filters if values}
        object.__setattr__(self, "filters", tuple(sorted(kept.items())))

    @property
    def period(self) -> Period:
        """The days as a period of local time."""
        return Period.of_days(self.first, self.last)

    def query(self, by: str | None = None) -> KpiQuery:
        """The question for the KPI whose code this is, split ``by`` "area" or a dimension.

        A split never filters itself away: a filter on ``by`` is left out.
        """
        return KpiQuery(
            kpi=self.code, period=self.period, grain=self.grain, by=by, back=self.back,
            compare=Compare.NONE if self.compare in BESIDE else self.compare,
            area=None if by == "area" else self.area, old_areas=self.old_areas,
            filters=tuple(pair for pair in self.filters if pair[0] != by),
        )  # fmt: skip

    def splits(self, kpi: Kpi, count: int = 2) -> tuple[str, ...]:
        """The dimensions of the breakdowns shown: the chosen one, then the KPI's own order."""
        return tuple(dict.fromkeys([*([self.by] if self.by else []), *kpi.dimensions]))[:count]

    def chosen(self, name: str) -> tuple[str, ...]:
        """Values filtered on in dimension ``name``; for "area" the area, if one is chosen."""
        if name == "area":
            return (self.area,) if self.area else ()
        return dict(self.filters).get(name, ())

    def with_(self, **changes: Any) -> View:
        """This view with some fields changed; the table starts over unless only it changes, or how all is looked at."""
        if changes.keys() <= LOOKS:
            return replace(self, notices=(), **changes)
        kept = changes.keys() <= PAGE_KEYS and changes.keys() & {"page", "row"}
        return replace(self, notices=(), **({"row": ""} | ({} if kept else {"page": 1}) | changes))

    def toggled(self, name: str, value: str) -> View:
        """This view with ``value`` of dimension ``name`` filtered on, or no longer."""
        if name == "area":
            return self.with_(area=None if self.area == value else value)
        values = set(self.chosen(name)) ^ {value}
        return self.with_(filters=tuple((dict(self.filters) | {name: tuple(values)}).items()))

    def picked(self, name: str, value: str) -> View:
        """This view filtered to ``value`` of dimension ``name`` alone, or no longer to it."""
        if name == "area" or value in self.chosen(name):
            return self.toggled(name, value)
        return self.with_(filters=tuple((dict(self.filters) | {name: (value,)}).items()))

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
    found += [(key, value) for key, value in (("area", view.area), ("by", view.by)) if value]
    found += [("filter", f"{name}:{','.join(map(escaped, values))}") for name, values in view.filters]
    found += [("old", "1")] if view.old_areas else []
    found += [("why", "1")] if view.why else []
    found += [("show", view.show.value)] if view.show is not Show.PARTS else []
    found += [("with", ",".join(view.beside))] if view.beside else []
    found += [("sort", view.sort)] if view.sort else []
    found += [("snapshot", str(view.snapshot))] if view.snapshot is not None else []
    found += [("row", view.row)] if view.row else []
    return found + ([("page", str(view.page))] if view.page > 1 else [])


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
    """First and last day of the period a KPI opens with: the buckets of its trend, up to today."""
    grain = Grain(kpi.grain)
    start = grain.step(grain.floor(datetime(today.year, today.month, today.day)), 1 - kpi.trend)
    if grain is Grain.HOUR:
        start = datetime(today.year, today.month, today.day) - timedelta(hours=kpi.trend - 24)
    return max(start.date(), FIRST_DAY), today


def parse(text: str, kpi: Kpi, catalogue: Catalogue, today: date) -> View:
    """The view an address asks for. Never raises: what cannot be used becomes its default.

    ``text`` is a search string with or without "?"; each value replaced is named in ``notices``.
    """
    return _Reader(text, kpi, catalogue, today).view()


class _Reader:
    """Reads one search string, collecting notices."""

    def __init__(self, text: str, kpi: Kpi, catalogue: Catalogue, today: date) -> None:
        self.kpi, self.catalogue, self.today = kpi, catalogue, today
        self.notices: list[Notice] = []
        self.pairs = self._pairs(text.removeprefix("?"))
        self.given = {key: value for key, value in reversed(self.pairs) if value}

    def view(self) -> View:
        first, last = self._days()
        area = self._known("area", {None: None} | {name: name for name in self.catalogue.areas})
        compare, other = self._compare(first, last)
        away = back(self.catalogue.city, first, last, other) if compare is Compare.EVENT and other else None
        self._known("remark", {None: None})  # an address that came back with a form that was not taken
        return View(
            code=self.kpi.code, first=first, last=last, grain=self._grain(first, last),
            
            compare=compare, other=other, back=away, area=None if area == self.catalogue.city.scope else area,
            by=self._known("by", {None: None} | {name: name for name in self.kpi.dimensions}),
            filters=self._filters(),
            old_areas=self._known("old", {None: False, "1": True, "0": False}),
            sort=self._sort(), page=self._page(), row=self._row(), snapshot=self._snapshot(),
            why=self._known("why", {None: False, "1": True, "0": False}),
            show=self._show(), beside=self._beside(), notices=tuple(self.notices),
        )  # fmt: skip

    def _pairs(self, text: str) -> list[tuple[str, str]]:
        if len(text) > LONGEST:
            self._refuse("view.long", text)
            return []
        try:
            return parse_qsl(text, max_num_fields=MOST_PARAMETERS)
        except ValueError:
            self._refuse("view.long", text)
            return []

    def _refuse(self, key: str, given: str) -> None:
        """Note what could not be used, cut to a length that fits a sentence."""
        self.notices.append(Notice(key, given if len(given) <= 40 else given[:39] + "…"))

    def _known(self, key: str, values: dict[str | None, Any]) -> Any:
        given = self.given.get(key)
        if given in values:
            return values[given]
        self._refuse(f"view.{key}", given or "")
        return values[None]

    def _days(self) -> tuple[date, date]:
        opens, closes = opening(self.kpi, self.today)
        first, last = self._day("from"), self._day("to")
        if last is None:
            last = max(first, closes) if first else closes
        if first is None:
            first = opens if opens <= last else max(last - (closes - opens), FIRST_DAY)
        if first > last:
            self._refuse("view.order", f"{first}, {last}")
            return opens, closes
        return first, last

    def _day(self, key: str) -> date | None:
        given = self.given.get(key)
        if given is None:
            return None
        try:
            day = date.fromisoformat(given) if DAY.fullmatch(given) else None
        except ValueError:
            day = None
        if day is None or not FIRST_DAY <= day <= LAST_DAY:
            self._refuse(f"view.{key}", given)
            return None
        return day

    def _grain(self, first: date, last: date) -> Grain:
        offered = grains(self.kpi, self.catalogue)
        default = Grain(self.kpi.grain) if self.kpi.grain in offered else offered[0]
        grain = self._known("grain", {None: default} | {grain.value: grain for grain in offered})
        hours = ((last - first).days + 1) * 24
        fits = [step for step in offered if hours / WIDTH[step] <= MOST_BUCKETS]
        if grain in fits:
            return grain
        self._refuse("view.fine", grain.value)
        return fits[0]

    def _compare(self, first: date, last: date) -> tuple[Compare, str | None]:
        """What is compared with, and which area or occasion."""
        default = self.kpi.compare if self.catalogue.city.lunar or self.kpi.compare != Compare.LUNAR else Compare.YEAR
        known = {kind.value: (kind, None) for kind in comparisons(self.kpi, self.catalogue)}
        kind, _, other = (self.given.get("compare") or "").partition(":")
        if kind == Compare.AREA and other in self.catalogue.areas and "area" in self.kpi.dimensions:
            return Compare.AREA, other
        if kind == Compare.EVENT and back(self.catalogue.city, first, last, other) is not None:
            return Compare.EVENT, other
        return self._known("compare", {None: (Compare(default), None)} | known)

    def _filters(self) -> Filters:
        found: dict[str, tuple[str, ...]] = {}
        for given in (value for key, value in self.pairs if key == "filter"):
            name, _, listed = given.partition(":")
            dimension = column(self.kpi, self.catalogue, name) if name in self.kpi.dimensions else None
            values = [unquote(value) for value in listed.split(",")][:MOST_VALUES]
            kept = [value for value in values if dimension and value in dimension.values]
            if len(kept) < max(len(listed.split(",")), 1):
                self._refuse("view.filter", given)
            found[name] = (*found.get(name, ()), *kept)
        return tuple((name, values) for name, values in found.items() if values)

    def _show(self) -> Show:
        return self._known("show", {None: Show.PARTS} | {show.value: show for show in shows(self.kpi, self.catalogue)})

    def _beside(self) -> tuple[str, ...]:
        """Codes of other KPIs, each once, as many as there is room for."""
        given = ",".join(value for key, value in self.pairs if key == "with")
        asked = [code for code in given.split(",") if code]
        known = dict.fromkeys(kpi.code for code in asked if (kpi := self.catalogue.kpi(code)) and kpi != self.kpi)
        if len(known) < len(asked) or len(known) > MOST_BESIDE:
            self._refuse("view.with", given)
        return tuple(known)[:MOST_BESIDE]

    def _sort(self) -> str:
        names = [way + name for name in sortable(self.kpi, self.catalogue) for way in ("", "-")]
        return self._known("sort", {None: ""} | {name: name for name in names})

    def _snapshot(self) -> int | None:
        given = self.given.get("snapshot", "")
        if not (given.isascii() and given.isdigit() and len(given) <= 9):
            if given:
                self._refuse("view.snapshot", given)
            return None
        return int(given)

    def _row(self) -> str:
        given = self.given.get("row", "")
        if given and not ROW.fullmatch(given):
            self._refuse("view.row", given)
            return ""
        return given

    def _page(self) -> int:
        given = self.given.get("page")
        if given is None:
            return 1
        if not (given.isascii() and given.isdigit() and len(given) <= 5 and 1 <= int(given) <= LAST_PAGE):
            self._refuse("view.page", given)
            return 1
        return int(given)


WIDTH = {
    Grain.HOUR: 1,
    Grain.DAY: 24,
    Grain.WEEK: 168,
    Grain.MONTH: 672,
    Grain.QUARTER: 2160,
    Grain.YEAR: 8760,
}
