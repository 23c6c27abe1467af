"""An address read: the view it asks for, and what in it could not be used."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, unquote

from data.areas.vintage import apart
from data.calendar.almanac import Almanac
from data.calendar.period import Grain
from data.catalogue import Catalogue, Kpi
from data.catalogue.dataset import ColumnType
from data.kpis.query import Compare
from data.kpis.sieve import Sieve
from layouts.analysis.names import occasion_name
from layouts.view import (
    FIRST_DAY,
    LAST_DAY,
    MOST_BESIDE,
    WIDTH,
    Filters,
    Notice,
    Show,
    View,
    column,
    comparisons,
    grains,
    opening,
    shows,
    sifted,
    sortable,
)

LONGEST = 2000
MOST_PARAMETERS = 40
MOST_VALUES = 20
MOST_BUCKETS = 1500
LAST_PAGE = 10_000
MOST_SIEVES = 8
LONGEST_TEXT = 60  # letters looked for in a cell
PARTS = {"has": "text", "min": "low", "max": "high"}
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ROW = re.compile(r"[0-9]{1,9}-[0-9]{1,12}", re.ASCII)


def parse(text: str, kpi: Kpi, catalogue: Catalogue, today: date, almanac: Almanac | None = None) -> View:
    """The view an address asks for; ``almanac`` has the occasions it may name, by default those of the city.

    Never raises: what cannot be used becomes its default.

    ``text`` is a search string with or without "?"; each value replaced is named in ``notices``.
    """
    return _Reader(text, kpi, catalogue, today, almanac or Almanac(catalogue.city)).view()


def _sifted(part: str, given: str, kind: ColumnType) -> str | float | date | None:
    """What a column of a kind must hold, or one of its bounds; None for what it cannot."""
    if kind == "boolean" or part == "has":
        fits = given in ("0", "1") if kind == "boolean" else kind == "text" and len(given) <= LONGEST_TEXT
        return given.strip() or None if fits and part == "has" else None
    if kind in ("date", "timestamp"):
        try:
            day = date.fromisoformat(given) if DAY.fullmatch(given) else None
        except ValueError:
            return None
        return day if day and FIRST_DAY <= day <= LAST_DAY else None
    number = given.replace(",", ".")
    return float(number) if kind in ("integer", "number") and NUMBER.fullmatch(number) else None


class _Reader:
    """Reads one search string, collecting notices."""

    def __init__(self, text: str, kpi: Kpi, catalogue: Catalogue, today: date, almanac: Almanac) -> None:
        self.kpi, self.catalogue, self.today, self.almanac = kpi, catalogue, today, almanac
        self.notices: list[Notice] = []
        self.pairs = self._pairs(text.removeprefix("?"))
        self.given = {key: value for key, value in reversed(self.pairs) if value}

    def view(self) -> View:
        first, last = self._days()
        old = self._known("old", {None: False, "1": "area" in self.kpi.dimensions, "0": False})
        compare, other = self._compare(first, last)
        held = self.almanac.occasion(other) if compare is Compare.EVENT and other else None
        return View(
            code=self.kpi.code, first=first, last=last, grain=self._grain(first, last),
            compare=compare, other=other, back=held and self.almanac.back(first, last, held.id),
            named=held and occasion_name(held), areas=self._areas(old),
            by=self._known("by", {None: None} | {name: name for name in self.kpi.dimensions}),
            filters=self._filters(),
            old_areas=old,
            sort=self._sort(), page=self._page(), row=self._row(), snapshot=self._snapshot(),
            why=self._known("why", {None: False, "1": True, "0": False}),
            show=self._show(), beside=self._beside(), sieves=self._sieves(), notices=tuple(self.notices),
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
            first = opens if opens <= last else opening(self.kpi, last)[0]
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
        if first == last and default is Grain.DAY and Grain.HOUR in offered:
            default = Grain.HOUR  # a line of one day has one point
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
        if kind == Compare.EVENT and self.almanac.back(first, last, other) is not None:
            return Compare.EVENT, other
        return self._known("compare", {None: (Compare(default), None)} | known)

    def _areas(self, old: bool) -> tuple[str, ...]:
        """The areas asked for as one place, none where that is the city; one that lies in another is left out."""
        city = self.catalogue.city
        given = ",".join(value for key, value in self.pairs if key == "area")
        asked = list(dict.fromkeys(name for name in given.split(",") if name))[:MOST_VALUES]
        known = [name for name in asked if name in self.catalogue.areas]
        if len(known) < len(asked):
            self._refuse("view.area.some" if known else "view.area", given)
        if len(known) < 2:
            return tuple(name for name in known if name != city.scope)
        kept = apart(self.catalogue.areas, known, city.day(old)) or (known[0],)
        self.notices += [Notice("view.area.left", name) for name in known if name not in kept]
        return tuple(name for name in kept if name != city.scope)

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

    def _sieves(self) -> tuple[Sieve, ...]:
        """What holds back rows, column by column, as many as there is room for."""
        known, found = sifted(self.kpi, self.catalogue), {}
        for key, given in self.pairs:
            part, dot, name = key.partition(".")
            if not dot or part not in PARTS:
                continue
            value = _sifted(part, given, known[name]) if name in known else None
            if value is None or (name not in found and len(found) == MOST_SIEVES):
                self._refuse("view.sieve", f"{key}={given}")
            else:
                found[name] = replace(found.get(name, Sieve(name)), **{PARTS[part]: value})
        return tuple(found.values())

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
