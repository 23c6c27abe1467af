"""Figures of a KPI's answer: the small trend, the large one with axes, the bullet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from data.calendar.period import Grain
from data.kpis.query import Compare
from data.kpis.result import Freshness, KpiResult, Level, Point
from data.messages import t
from data.outlook.river import Forecast
from layouts.axis import number_axis, time_ticks
from layouts.breaks import breaks
from layouts.comparison import bound
from layouts.format import bucket, number, phrase
from layouts.marks import Band, Bullet, Figure, Gap, Line, Margin, Mark, PointMark, Role, Rule, Scale
from layouts.placement import ACROSS, DESK, SIZE, Room, Series, beside, placed

LEVEL_ROLE: dict[Level, Role] = {
    Level.NORMAL: "now", Level.WATCH: "watch", Level.ALERT: "alert", Level.EMERGENCY: "emergency",
}  # fmt: skip
SPARK = (150.0, 48.0)
MILLION = 1_000_000
NEAR_ZERO = 0.2  # share of the highest number from which on an axis without numbers need not begin at zero
THRESHOLDS: tuple[Role, ...] = ("watch", "alert", "emergency")


def line_role(result: KpiResult) -> Role:
    """The role of the trend: its level's, or stale when the source has gone silent."""
    return "stale" if result.freshness is Freshness.LOST else LEVEL_ROLE[result.level]


def spark(result: KpiResult) -> Figure | None:
    """The trend without axes, with the target or nearest threshold; None where no two numbers follow each other."""
    span = _span(result)
    present = _numbers(result)
    shown = [_shown(result, point) is not None for point in result.points]
    if span is None or not any(map(all, pairwise(shown))):
        return None
    low, high = min(present), max(present)
    room = max(high - low, 0.02 * max(abs(low), abs(high))) or 1.0
    rule = next((r for r in _held_against(result) if low - 1.2 * room <= r.at <= high + 1.2 * room), None)
    if rule:
        low, high = min(low, rule.at), max(high, rule.at)
    pad = (max(room - (high - low), 0.0) / 2) + room * 0.12
    y = Scale(low - pad, high + pad)
    x = Scale(*span)
    marks = (*_gap(result, span, ""), *breaks(result, x, y), *((rule,) if rule else ()), *_trend(result))
    return Figure(*SPARK, x, y, marks)


def hero(
    result: KpiResult, language: str, wall: bool = False, ahead: Forecast | None = None, room: Room | None = None
) -> Figure | None:
    """The trend with axes, thresholds named at the left end, the compared series in grey.

    On a ``wall`` named thresholds stand for the numbers of the axis. What is to be expected goes on from it, dashed.
    ``room`` is what words take where it is drawn, on a screen unless it is given.
    """
    span = _span(result)
    present = _numbers(result)
    if span is None or not present:
        return None
    rules = _hero_rules(result, language, max(present))
    compared = _compared(result)
    path = ahead.path if ahead is not None else ()
    seen = [*present, *(n for _, n in compared if n is not None), *(rule.at for rule in rules)]
    seen += [number for _, low, _, high in path for number in (low, high)]
    y = number_axis(min(seen), max(seen), lambda n: _axis_number(language, n, seen))
    if wall and rules:
        y = _bare(seen)
    room = room or (ACROSS if wall else DESK)
    if path:
        span = (span[0], path[-1][0])
    x = Scale(*span, time_ticks(*span, Grain(result.query.grain), language))
    now = [_shown(result, point) for point in result.points]
    marks: list[Mark] = [*_gap(result, span, t(language, "figure.gap")), *breaks(result, x, y, language)]
    rules = placed(rules, y, ([*now, *(middle for _, _, middle, _ in path)], [n for _, n in compared]), room)
    marks += rules
    if any(n is not None for _, n in compared):
        held = result.comparison.name if result.comparison else None
        name = held.get(language) if held else t(language, f"compare.short.{result.query.compare.value}")
        marks += [Line(compared, "prev"), *beside(name, compared, now, rules, y, room)]
    if path:
        marks += [Band(tuple((at, low, high) for at, low, _, high in path), "forecast")]
        marks += [Line(tuple((at, middle) for at, _, middle, _ in path), "forecast", dashed=True)]
    marks += _trend(result)
    alt = _sentence(result, language)
    return Figure(*SIZE, x, y, tuple(marks), alt, Margin(left=0, right=42, top=10, bottom=22))


def bullet(result: KpiResult) -> Figure | None:
    """The value against its target and the share of the period gone by; None without either."""
    shown, target = result.display, result.target
    if shown is None or target is None or target.value <= 0:
        return None
    high = max(shown, target.value) * 1.05
    mark = Bullet(shown, target.value, target.value * target.pace if target.pace < 1 else None, line_role(result))
    return Figure(150, 12, Scale(0.0, high), Scale(0.0, 1.0), (mark,))


def _bare(seen: Sequence[float]) -> Scale:
    """A scale without ticks that just holds the data, from zero where that is near."""
    low, high = min(seen), max(seen)
    low = 0.0 if 0 <= low <= high * NEAR_ZERO else low
    room = (high - low) or 1.0
    return Scale(low - 0.04 * room, high + 0.16 * room)


def _span(result: KpiResult) -> tuple[datetime, datetime] | None:
    if len(result.points) < 2:
        return None
    return result.points[0].at, result.points[-1].at


def _shown(result: KpiResult, point: Point) -> float | None:
    return None if point.value.number is None else point.value.number * result.kpi.scale


def _numbers(result: KpiResult) -> list[float]:
    return [n for n in (_shown(result, point) for point in result.points) if n is not None]


def _compared(result: KpiResult) -> Series:
    scale = result.kpi.scale
    if result.query.compare is Compare.NONE:
        return ()
    return tuple(
        (p.at, p.compare.number * scale if p.compare and p.compare.number is not None else None) for p in result.points
    )


def _trend(result: KpiResult) -> list[Mark]:
    role = line_role(result)
    points = tuple((point.at, _shown(result, point)) for point in result.points)
    last = next(((at, n) for at, n in reversed(points) if n is not None), None)
    return [Line(points, role), *([PointMark(*last, role)] if last else [])]


def _gap(result: KpiResult, span: tuple[datetime, datetime], text: str) -> tuple[Gap, ...]:
    """The silent end of the series, when its source is lost."""
    last = next((p.at for p in reversed(result.points) if p.value.number is not None), None)
    if result.freshness is not Freshness.LOST or last is None or last >= span[1]:
        return ()
    return (Gap(last, span[1], text),)


def _held_against(result: KpiResult) -> list[Rule]:
    kpi = result.kpi
    if kpi.capacity:
        return [Rule(kpi.capacity, "capacity")]
    if result.target:
        return [Rule(result.target.value, "target")]
    return [Rule(at, role) for role in THRESHOLDS if (at := getattr(kpi.status, role)) is not None]


def _hero_rules(result: KpiResult, language: str, top: float) -> list[Rule]:
    """Every threshold worth seeing: all of an official scale, of others those not far above the data."""
    kpi, found = result.kpi, []
    for role in THRESHOLDS:
        at = getattr(kpi.status, role)
        word = kpi.status.words.get(role)
        if at is None or (kpi.capacity and word is None) or (word is None and at > 2.5 * top):
            continue
        name = word.get(language) if word else t(language, f"level.{role}")
        text = t(language, "figure.rule", name=name, value=bound(language, kpi, at))
        found.append(Rule(at, role, text))
    if kpi.capacity:
        name = kpi.capacity_name.get(language) if kpi.capacity_name else t(language, "figure.capacity")
        text = t(language, "figure.rule", name=name[:1].upper() + name[1:], value=number(language, kpi.capacity))
        found.append(Rule(kpi.capacity, "capacity", text))
    elif result.target and not found:
        text = t(
            language,
            "figure.rule",
            name=t(language, "figure.target"),
            value=bound(language, kpi, result.target.value),
        )
        found.append(Rule(result.target.value, "target", text))
    return found


def _axis_number(language: str, at: float, seen: Sequence[float]) -> str:
    """A number beside the axis; in millions where whole ones would not fit."""
    if max(map(abs, seen)) < MILLION:
        return number(language, at, _axis_decimals(seen))
    return t(language, "figure.millions", number=number(language, at / MILLION, 1)) if at else "0"


def _axis_decimals(seen: Sequence[float]) -> int:
    return 0 if max(seen) - min(0.0, *seen) >= 4 else 1


def _sentence(result: KpiResult, language: str) -> str:
    """The figure in one sentence: range, last, against what."""
    kpi, scale = result.kpi, result.kpi.scale
    points = [(n, p.at) for p in result.points if (n := _shown(result, p)) is not None]
    (low, low_at), (high, high_at) = min(points), max(points)
    grain = result.query.grain
    text = t(
        language, "figure.alt", name=kpi.name.get(language),
        low=phrase(language, kpi, low / scale), low_at=bucket(language, low_at, grain),
        high=phrase(language, kpi, high / scale), high_at=bucket(language, high_at, grain),
        last=phrase(language, kpi, points[-1][0] / scale), last_at=bucket(language, points[-1][1], grain),
    )  # fmt: skip
    if result.query.compare is Compare.NONE:
        return text
    held = result.comparison.name if result.comparison else None
    against = held.get(language) if held else t(language, f"compare.{result.query.compare.value}")
    return f"{text} {t(language, 'figure.alt.compare', against=against)}"
