"""The four numbers on top: the value, its change, what it is made of, its highest bucket."""

from __future__ import annotations

from datetime import datetime, timedelta

from dash import html

from data.calendar.comparison import unit_of
from data.calendar.lunar import FIRST, LAST
from data.calendar.period import Grain
from data.catalogue import Catalogue
from data.catalogue.measure import Fixed, Mean, Ratio, flows
from data.kpis.query import Compare
from data.kpis.result import ENOUGH, Freshness, KpiResult, Presence
from data.messages import t
from layouts import format
from layouts.analysis.controls import span
from layouts.analysis.numbers import moon_day, peak, shown
from layouts.comparison import WAYS, against, against_plan, threshold
from layouts.icons import icon
from layouts.state import ago, glyph, state, word, worst_source
from layouts.view import Show, View

MOMENT = timedelta(microseconds=1)


def strip(
    result: KpiResult,
    view: View,
    explained: bool,
    catalogue: Catalogue,
    language: str,
    own: KpiResult | None = None,
) -> html.Div:
    """Cells side by side; the first carries status and age for all of them, alone if it has no number.

    A change that can be ``explained`` leads to its explanation. ``own`` is the answer of the KPI's own period, which
    its tile tells; it stands before that of all periods shown.
    """
    cells = [_value(result, language)] if own is None else [_own(own, language)]
    if told(result):
        others = (
            None if own is None else _whole(result, view, language),
            _change(result, view, explained, language),
            _made_of(result, language) if own is None else None,
            _peak(result, catalogue, language),
        )
        cells += [cell for cell in others if cell is not None]
    return html.Div(cells, className="an-strip", **{"data-state": state(result)})


def told(result: KpiResult) -> bool:
    """Whether the number may be shown: not refused, and not asked for days a lost source is silent on."""
    now, known = state(result), result.stamp.as_of
    silent = now == "stale" and (known is None or known < result.query.period.end)
    return now != "error" and not silent


def _cell(name: str, aside: object, number: str, unit: str, said: object) -> html.Div:
    shown_unit = [html.Small(unit)] if unit else []
    return html.Div(
        [
            html.H3([html.Span(name, title=name), aside]),
            html.Div([number, *shown_unit], className="an-number"),
            html.P(said),
        ]
    )


def _own(result: KpiResult, language: str) -> html.Div:
    """The number of the tile, with the period it is of."""
    period = format.bucket(language, result.query.period.start, unit_of(result.kpi.period))
    name = (result.kpi.short or result.kpi.name).get(language)
    return _value(result, language, t(language, "analysis.own", name=name, period=period))


def _whole(result: KpiResult, view: View, language: str) -> html.Div:
    number, unit = format.value(language, result.kpi, result.value.number)
    return _cell(t(language, "analysis.whole"), None, number, unit, span(language, view.first, view.last))


def _value(result: KpiResult, language: str, name: str = "") -> html.Div:
    now = state(result)
    number, unit = format.value(language, result.kpi, result.value.number if told(result) else None)
    status = [icon(glyph(now)), html.Span(word(result, language))]
    said = [html.Span(status, className="an-status", **{"data-state": now}), *_against(result, language)]
    name = name or (result.kpi.short or result.kpi.name).get(language)
    return _cell(name, age(result, language), number, unit, said)


def _against(result: KpiResult, language: str) -> list:
    if result.refusal:
        return []
    if result.notes:
        return [html.Span(t(language, note)) for note in result.notes]
    if result.value.presence is not Presence.PRESENT or not told(result):
        last = result.last_known
        if last is None or last.value.number is None:
            return []
        at = format.bucket(language, last.at, result.query.grain)
        return [
            html.Span(
                t(
                    language,
                    "analysis.last",
                    value=format.phrase(language, result.kpi, last.value.number),
                    at=at,
                )
            )
        ]
    found = threshold(result, language, always=True) or against_plan(result, language)
    return [html.Span(found)] if found else []


def age(result: KpiResult, language: str) -> html.Span | None:
    """How old the newest data is, worded as late or silent where it is."""
    source = worst_source(result)
    if source is None or source.age is None:
        return None
    silent = source.freshness is not Freshness.ON_TIME
    key = "tile.late" if source.freshness is Freshness.LATE else "tile.silent"
    said = t(language, key, age=format.age(language, source.age)) if silent else ago(language, source.age)
    return html.Span([icon(source.freshness.value), html.Span(said)], className="an-age")


def _change(result: KpiResult, view: View, explained: bool, language: str) -> html.Div | None:
    other = result.comparison
    if other is None or other.kind is Compare.NONE:
        return None
    before = format.phrase(language, result.kpi, other.value.number)
    days = span(language, other.period.start.date(), (other.period.end - MOMENT).date())
    name = t(language, "analysis.against", period=against(other, language))
    changed = format.change(language, result.kpi, result.value.number, other)
    number = [icon(WAYS[format.moved(changed)[1]], "an-arrow-sign"), changed]
    if result.value.number is None or other.change is None:
        number = [changed]
    said = [html.B(before), html.Span(f" \u00b7 {days}")]
    partial: list[html.P] = []
    if other.complete is not None and other.complete < ENOUGH:
        share = format.portion(language, other.complete)
        partial = [html.P(t(language, "analysis.partial", share=share), className="partial")]
    return html.Div(
        [
            html.H3([html.Span(name), _why(view, language) if explained else None]),
            html.Div(number, className="an-number"),
            html.P(said, title=f"{before} \u00b7 {days}"),
            *partial,
        ]
    )


def _why(view: View, language: str) -> html.A:
    """The way to what the parts did to the change, and back."""
    here = view.why and view.show is Show.PARTS
    wired = {"aria-current": "true"} if here else {}
    return html.A(
        t(language, "analysis.why.ask"), href=view.with_(why=not here, show=Show.PARTS).href, className="an-why-ask",
        title=t(language, "analysis.key.why.long"), **wired, **{"data-shortcut": "w"},
    )  # fmt: skip


def _made_of(result: KpiResult, language: str) -> html.Div | None:
    """Numerator over denominator of a ratio or mean, else the mean of the buckets that have a number; nothing of a
    ratio to a plain number, which only tells a unit."""
    value, kpi = result.value, result.kpi
    if isinstance(kpi.measure, Ratio) and isinstance(kpi.measure.ratio.to, Fixed) and kpi.unit != "percent":
        return None
    if value.numerator is not None and value.denominator is not None:
        kind = "mean" if isinstance(kpi.measure, Mean) else "ratio"
        over = t(language, f"analysis.made.{kind}.said", denominator=format.number(language, value.denominator))
        return _cell(t(language, f"analysis.made.{kind}"), None, format.number(language, value.numerator), "", over)
    whole = [point for point in result.points if _whole_bucket(point.at, result)]
    numbers = [point.value.number for point in whole if point.value.number is not None]
    if not numbers or isinstance(kpi.measure, Ratio):
        return None
    if not flows(kpi.measure):
        low = min((p for p in whole if p.value.number is not None), key=lambda p: p.value.number or 0.0)
        number, unit = format.value(language, kpi, low.value.number)
        return _cell(
            t(language, "analysis.lowest"),
            None,
            number,
            unit,
            format.bucket(language, low.at, result.query.grain),
        )
    number, unit = format.value(language, kpi, sum(numbers) / len(numbers))
    grain = t(language, f"analysis.grain.{result.query.grain.value}").lower()
    said = t(language, "analysis.mean.said", count=format.number(language, len(numbers)))
    return _cell(t(language, "analysis.mean", grain=grain), None, number, unit, said)


def _whole_bucket(at: datetime, result: KpiResult) -> bool:
    """Whether a bucket lies in the period and is over, as far as anybody could have told."""
    period, loaded = result.query.period, result.stamp.loaded_at
    grain = Grain(result.query.grain)
    end = grain.step(grain.floor(at))
    return period.start <= at and end <= (period.end if loaded is None else min(period.end, loaded))


def _peak(result: KpiResult, catalogue: Catalogue, language: str) -> html.Div | None:
    top = peak(result)
    if top is None or shown(result, top.value) is None:
        return None
    number, unit = format.value(language, result.kpi, top.value.number)
    grain = result.query.grain
    at = _when(top.at, grain, catalogue, language)
    name = t(language, "analysis.highest", grain=t(language, f"analysis.grain.{grain.value}").lower())
    return _cell(name, None, number, unit, at)


def _when(at: datetime, grain: Grain, catalogue: Catalogue, language: str) -> str:
    """The bucket of the peak; a day with its weekday and, in a city that keeps it, its lunar day."""
    if grain is not Grain.DAY:
        return format.bucket(language, at, grain)
    key = "analysis.peak.moon" if catalogue.city.lunar and FIRST <= at.date() <= LAST else "analysis.peak"
    moon = moon_day(at) if key.endswith("moon") else ""
    return t(language, key, weekday=format.weekday(language, at), day=format.short_day(language, at), moon=moon)
