"""What every file says about its numbers, in the reader's language, and the numbers line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.calendar.period import Period
from data.catalogue import Catalogue
from data.catalogue.text import Text
from data.kpis.contribution import Effect, contribution
from data.kpis.query import Compare
from data.kpis.result import KpiResult, Mark, Presence, Value
from data.messages import t
from layouts.format import day, portion

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One number. ``at`` is the start of its bucket, ``part`` the slice it is of; neither for the whole period.

    ``value`` and ``compared`` are in display unit, exact, or None with ``presence`` saying why. ``effect`` is what a
    part did to the change of the whole.
    """

    result: KpiResult
    at: datetime | None
    part: str
    value: float | None
    presence: str
    compared_at: datetime | None = None
    compared: float | None = None
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A load taken back or replaced: of which source, which rows, when it came."""

    source: str
    first: datetime | None
    last: datetime | None
    rows: int
    loaded_at: datetime
    replaced: bool


@dataclass(frozen=True, slots=True)
class Document:
    """What is on a screen or in a report: ``results`` first whole, then divided; ``about`` says what was asked.

    ``corrections`` are loads that touched the period and do not count any more, None where nobody looked;
    ``charted`` the results a workbook draws.
    """

    results: Sequence[KpiResult]
    catalogue: Catalogue
    language: str
    made_at: datetime
    address: str
    about: Sequence[tuple[str, str]] = ()
    corrections: Sequence[Correction] | None = None
    charted: Sequence[KpiResult] = ()

    @property
    def simulated(self) -> bool:
        """Whether any number in it is."""
        return any(Mark.SIMULATED in result.marks for result in self.results)

    def heads(self) -> list[tuple[str, object]]:
        """What was asked and of which state of the data: words and value."""
        stamps = [result.stamp for result in self.results]
        as_of = max((stamp.as_of for stamp in stamps if stamp.as_of), default=None)
        told: list[tuple[str, object]] = [(t(self.language, f"delimited.{key}"), value) for key, value in self.about]
        told += [
            (t(self.language, "delimited.as_of"), as_of),
            (t(self.language, "delimited.snapshot"), stamps[0].snapshot if stamps else None),
            (t(self.language, "delimited.made_at"), self.made_at),
            (t(self.language, "delimited.address"), self.address),
        ]
        if self.simulated:
            told.insert(0, (t(self.language, "delimited.marks"), t(self.language, "delimited.warning")))
        return [(name, value) for name, value in told if value not in (None, "")]

    def lines(self) -> Iterator[Line]:
        """Every number on the screen: of each answer the whole, its buckets, its parts."""
        for result in self.results:
            if not result.query.by:
                yield _whole(result, self.language)
                yield from _buckets(result, self.language)
            yield from parts_of(result, self._whole(result), self.language)

    def _whole(self, divided: KpiResult) -> KpiResult | None:
        """The undivided answer of the same KPI, if it is in the document."""
        return next((one for one in self.results if one.kpi == divided.kpi and not one.query.by), None)

    def kpis(self) -> list[KpiResult]:
        """One answer for each KPI, in order."""
        return list({result.kpi.id: result for result in reversed(self.results)}.values())[::-1]


def unit(result: KpiResult, language: str) -> str:
    """The unit a KPI's numbers are written in."""
    return "%" if result.kpi.unit == "percent" else result.kpi.unit.get(language)


def marks(result: KpiResult, language: str) -> str:
    """What kind of number it is, in words."""
    return "; ".join(t(language, f"delimited.mark.{mark.value}") for mark in sorted(result.marks))


def span(period: Period, language: str) -> str:
    """The days of a period, the last one included."""
    return f"{day(language, period.start.date())} – {day(language, (period.end - MOMENT).date())}"


def shown(result: KpiResult, value: Value | None) -> float | None:
    """A stored value in display unit, exact."""
    return None if value is None or value.number is None else value.number * result.kpi.scale


def said(value: Value, language: str) -> str:
    """Why there is no number; empty when there is one."""
    return "" if value.presence is Presence.PRESENT else t(language, f"delimited.{value.presence.value}")


def _whole(result: KpiResult, language: str) -> Line:
    held = result.comparison if result.query.compare is not Compare.NONE else None
    at = held.period.start if held else None
    compared = shown(result, held.value) if held else None
    return Line(result, None, "", shown(result, result.value), _told(result, language), at, compared)


def _told(result: KpiResult, language: str) -> str:
    """Why there is no number, or how much of its records, and of those it is held against, there are."""
    shares = {"delimited.partial": result.quality.complete}
    shares |= {"delimited.partial.compared": result.comparison.complete} if result.comparison else {}
    partial = (t(language, key, share=portion(language, one)) for key, one in shares.items() if one and one < 1)
    return said(result.value, language) or "; ".join(partial)


def _buckets(result: KpiResult, language: str) -> Iterator[Line]:
    for point in result.points:
        number, why = shown(result, point.value), said(point.value, language)
        yield Line(result, point.at, "", number, why, point.compare_at, shown(result, point.compare))


def parts_of(result: KpiResult, whole: KpiResult | None, language: str) -> Iterator[Line]:
    """Every part with what it did to the change of the whole, and after them what none of them did."""
    why = contribution(whole, result) if whole is not None and result.parts else None
    effects = {effect.key: effect for effect in why.effects} if why else {}
    for part in result.parts:
        number, absent = shown(result, part.value), said(part.value, language)
        before, effect = shown(result, part.compare), effects.get(part.key)
        yield Line(result, None, part.label.get(language), number, absent, None, before, effect)
    if why and why.rest:
        name = t(language, "analysis.why.untold" if why.untold else "analysis.why.rest")
        yield Line(result, None, name, None, "", effect=Effect("", Text(vi=name, en=name), why.rest))


def effect(line: Line) -> tuple[float | None, float | None, float | None]:
    """What a part brought in all, by its rate and by its share of the whole, in display unit."""
    if line.effect is None:
        return None, None, None
    numbers = (line.effect.total, line.effect.rate, line.effect.mix)
    total, rate, mix = (None if number is None else number * line.result.kpi.scale for number in numbers)
    return total, rate, mix
