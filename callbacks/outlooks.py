"""Outlooks: what is to be expected of levels a wall shows, from the same answers as its tiles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from callbacks.boards import tile_query
from data.calendar.period import Grain
from data.kpis.result import Freshness, KpiResult
from data.kpis.sight import Sight
from data.outlook.river import Forecast, Levels, Threshold, forecast

STEPS = ("watch", "alert", "emergency")


def forecasts(sight: Sight, results: Mapping[str, KpiResult], now: datetime) -> dict[str, Forecast]:
    """By id of the KPI, the forecasts of those of ``results`` that have an outlook; none of a level that is lost."""
    found: dict[str, Forecast] = {}
    shown = {result.kpi.id: result for result in results.values()}
    for outlook in sight.catalogue.outlooks.values():
        kpi = sight.catalogue.kpi(outlook.kpi)
        if kpi is None or kpi.id not in shown or shown[kpi.id].freshness is Freshness.LOST:
            continue
        known = [(held, one.lead) for one in outlook.upstream if (held := sight.catalogue.kpi(one.kpi)) is not None]
        above = sight.ask([tile_query(held, now) for held, _ in known])
        upstream = [(levels(result), timedelta(seconds=lead)) for result, (_, lead) in zip(above, known, strict=True)]
        steps = [Threshold(step, at) for step in STEPS if (at := getattr(kpi.status, step)) is not None]
        horizon = timedelta(seconds=outlook.horizon)
        found[kpi.id] = forecast(levels(shown[kpi.id]), steps, upstream, horizon)
    return found


def levels(result: KpiResult) -> Levels:
    """Levels in display unit by the moment they were taken: the last of an hour at its end, the newest when it came."""
    newest = min((state.event_time for state in result.sources if state.event_time), default=None)
    step = Grain(result.query.grain).step
    return [
        (min(step(point.at), newest or step(point.at)), point.value.number * result.kpi.scale)
        for point in result.points
        if point.value.number is not None
    ]
