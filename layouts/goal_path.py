"""The small figure of a line of the scorecard: the path a target sets, and where the city stands on it."""

from __future__ import annotations

from datetime import datetime, time

from data.calendar.period import Grain
from data.kpis.result import KpiResult
from data.messages import t
from layouts.comparison import bound
from layouts.figures import line_role, spark
from layouts.format import bucket, phrase
from layouts.marks import Figure, Line, PointMark, Rule, Scale

SIZE = (170.0, 34.0)
ROOM = 0.16
Spots = list[tuple[datetime, float]]


def goal_path(result: KpiResult, language: str) -> Figure | None:
    """Targets joined by a dashed line with a ring on each, the actual points over them.

    A point stands at the end of its bucket, as a target is to be reached by its day. A target that is no
    path lies across the trend, however far from it; without one the usual trend is drawn, and None
    when there is nothing to draw.
    """
    if result.kpi.target_path != "linear":
        return _held(result, language) if result.target else spark(result)
    wanted, actual = _wanted(result), _actual(result)
    seen = [*wanted, *actual]
    low, high = min(n for _, n in seen), max(n for _, n in seen)
    pad = ROOM * (high - low) or 1.0
    x, y = Scale(min(at for at, _ in seen), max(at for at, _ in seen)), Scale(low - pad, high + pad)
    role = line_role(result)
    marks = [
        Line(tuple(wanted), "target", dashed=True),
        *(PointMark(at, n, "target") for at, n in wanted),
        Line(_line(result), role),
        *(PointMark(at, n, role) for at, n in actual),
    ]
    return Figure(*SIZE, x, y, tuple(marks), _sentence(result, language))


def _held(result: KpiResult, language: str) -> Figure | None:
    actual, target = _actual(result), result.target
    if len(actual) < 2 or target is None:
        return None
    numbers = [n for _, n in actual]
    low, high = min(*numbers, target.value), max(*numbers, target.value)
    pad = ROOM * (high - low) or 1.0
    role = line_role(result)
    marks = (Rule(target.value, "target"), Line(_line(result), role), PointMark(*actual[-1], role))
    x, y = Scale(actual[0][0], actual[-1][0]), Scale(low - pad, high + pad)
    return Figure(*SIZE, x, y, marks, _trend(result, numbers, language))


def _trend(result: KpiResult, numbers: list[float], language: str) -> str:
    low, high, last = (phrase(language, result.kpi, n / result.kpi.scale) for n in _ends(numbers))
    target = bound(language, result.kpi, result.target.value) if result.target else ""
    return t(language, "scorecard.alt.trend", low=low, high=high, last=last, target=target)


def _ends(numbers: list[float]) -> tuple[float, float, float]:
    return min(numbers), max(numbers), numbers[-1]


def _wanted(result: KpiResult) -> Spots:
    steps = sorted(result.kpi.target, key=lambda item: item.start)
    return [(datetime.combine(item.start, time.max), item.value) for item in steps]


def _line(result: KpiResult) -> tuple[tuple[datetime, float | None], ...]:
    grain, scale = Grain(result.query.grain), result.kpi.scale
    return tuple((grain.step(p.at), None if p.value.number is None else p.value.number * scale) for p in result.points)


def _actual(result: KpiResult) -> Spots:
    return [(at, n) for at, n in _line(result) if n is not None]


def _sentence(result: KpiResult, language: str) -> str:
    """Every actual point and every target, for who cannot see the figure."""
    kpi, grain = result.kpi, result.query.grain
    points = [
        t(
            language,
            "scorecard.alt.point",
            value=phrase(language, kpi, point.value.number),
            period=bucket(language, point.at, grain),
        )
        for point in result.points
        if point.value.number is not None
    ]
    targets = [
        t(language, "scorecard.alt.point", value=bound(language, kpi, item.value), period=item.start.year)
        for item in sorted(kpi.target, key=lambda item: item.start)
    ]
    said = ", ".join(points) or t(language, "format.missing")
    return t(language, "scorecard.alt", points=said, targets=", ".join(targets))
