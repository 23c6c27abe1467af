"""The heat map: when in the week a number is high, as weekday by hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from dash import html

from data.kpis.result import KpiResult
from data.messages import t
from layouts import format
from layouts.analysis.controls import span
from layouts.analysis.frame import bare, framed, numbers
from layouts.documents.facts import unit
from layouts.heat import DAYS, HOURS, Cell, figure, means
from layouts.markup import Markup
from layouts.svg import svg

MOMENT = timedelta(microseconds=1)


def hours(result: KpiResult, language: str) -> html.Article:
    """The heat map of ``result``, which was asked by hour."""
    title = t(language, "analysis.hours")
    cells = {} if result.refusal else means(result)
    if not cells:
        return bare(title, t(language, result.refusal or "heat.empty"))
    first, last = result.query.period.start.date(), (result.query.period.end - MOMENT).date()
    said = t(language, "analysis.hours.said", unit=unit(result, language), period=span(language, first, last))
    drawn = Markup(html=svg(figure(result, cells, language, read=True), "figure figure-heat"), className="heat-box")
    heads = [t(language, "analysis.hours.day"), *(t(language, "heat.hour", hour=hour) for hour in range(HOURS))]
    return framed("hours", title, said, drawn, numbers(heads, _lines(result, cells, language)), language)


def _lines(result: KpiResult, cells: Mapping[Cell, float], language: str) -> Iterator[list[str]]:
    for day in range(DAYS):
        told = [format.value(language, result.kpi, cells.get((day, hour)))[0] for hour in range(HOURS)]
        yield [t(language, f"format.weekday.{day}"), *told]
