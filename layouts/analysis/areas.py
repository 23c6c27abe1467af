"""Small multiples: the series of every area on one scale, each a link to the view of that area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil

from dash import html
from dash.development.base_component import Component

from data.kpis.result import Freshness, KpiResult, Level, Part, Point
from data.messages import t
from layouts import format
from layouts.analysis.chart import decimals
from layouts.analysis.frame import bare, framed, numbers, spoken
from layouts.analysis.numbers import shown
from layouts.analysis.pick import link, named
from layouts.axis import number_axis
from layouts.documents.facts import unit
from layouts.icons import drawing
from layouts.localities import plain
from layouts.marks import Figure, Line, PointMark, Role, Scale, Tick
from layouts.markup import Markup
from layouts.state import LEVEL_STATE
from layouts.svg import svg
from layouts.view import View

SIZE = (200.0, 60.0)
FEW = 6  # areas that stand in one row


def areas(result: KpiResult, lines: Sequence[KpiResult], view: View, language: str) -> html.Article:
    """A small line for each of ``lines``, which were asked area by area; ``result`` is told by area."""
    title = t(language, "analysis.areas")
    parts = {part.key: part for part in result.parts}
    told = [line for line in lines if line.query.area in parts and _known(line)]
    if result.refusal or not told:
        return bare(title, t(language, result.refusal or "analysis.split.empty"))
    y = _scale(told, language)
    grain = t(language, f"analysis.grain.{view.grain.value}").lower()
    low, high = (format.number(language, at, decimals([y.low, y.high])) for at in (y.low, y.high))
    said = t(language, "analysis.areas.said", unit=unit(result, language), grain=grain, low=low, high=high)
    many = len(told) > FEW
    items = "".join(_item(line, parts[line.query.area or ""], view, y, many, language) for line in told)
    kind = "an-areas is-many" if many else "an-areas"
    drawn = Markup(html=f'<ul class="{kind}">{items}</ul>', className="an-areas-box")
    sentence = t(
        language, "analysis.areas.alt", name=result.kpi.name.get(language), grain=grain, low=low, high=high,
        areas="; ".join(_spoken(line, parts, language) for line in told),
    )  # fmt: skip
    return framed("areas", title, said, [spoken(sentence), drawn], _table(told, parts, view, language), language)


def _known(line: KpiResult) -> list[Point]:
    return [point for point in line.points if point.value.number is not None]


def _scale(lines: Sequence[KpiResult], language: str) -> Scale:
    """One scale for all, its grid without words: they would be said as often as there are areas."""
    seen = [number for line in lines for point in line.points if (number := shown(line, point.value)) is not None]
    low, above, *_ = (float(tick.at) for tick in number_axis(min(seen), max(seen), str, most=2).ticks)
    steps = max(1, ceil((max(seen) - low) / (above - low)))
    return Scale(low, low + steps * (above - low), tuple(Tick(low + n * (above - low), "") for n in range(steps + 1)))


def _item(line: KpiResult, part: Part, view: View, y: Scale, many: bool, language: str) -> str:
    """One area; of ``many`` each has its name without its rank, for which there is no room."""
    chosen, last = view.chosen("area"), _known(line)[-1]
    label = part.label.get(language)
    at = format.bucket(language, last.at, line.query.grain)
    level = "" if part.level is Level.NORMAL else _level(part.level, language)
    return (
        f'<li><a class="an-area" {link(view, "area", part.key, label, language)}>'
        f'<span class="an-area-name">{escape(plain(label) if many else label)}</span>'
        f"<b>{escape(format.value(language, line.kpi, last.value.number)[0])}</b>"
        f'<span class="an-area-line">{svg(_figure(line, y, _role(line, chosen)), "figure")}</span>'
        f"<small>{level}<span>{escape(at)}</span></small></a></li>"
    )


def _level(level: Level, language: str) -> str:
    name = LEVEL_STATE[level]
    return f'<span class="an-status" data-state="{name}">{drawing(name)}{escape(t(language, f"level.{name}"))}</span>'


def _role(line: KpiResult, chosen: Sequence[str]) -> Role:
    if chosen and line.query.area not in chosen:
        return "mute"
    return "stale" if line.freshness is Freshness.LOST else "now"


def _figure(line: KpiResult, y: Scale, role: Role) -> Figure:
    points = tuple((point.at, shown(line, point.value)) for point in line.points)
    last = next((at, number) for at, number in reversed(points) if number is not None)
    first, end = points[0][0], points[-1][0]
    x = Scale(first, end) if end > first else Scale(first, line.query.grain.step(first))
    return Figure(*SIZE, x, y, (Line(points, role), PointMark(*last, "now" if role == "mute" else role)))


def _spoken(line: KpiResult, parts: Mapping[str, Part], language: str) -> str:
    """An area with its last number and its range."""
    part, known = parts[line.query.area or ""], _known(line)
    low, high = (end(known, key=lambda point: point.value.number or 0.0) for end in (min, max))
    return t(
        language, "analysis.areas.alt.one", area=part.label.get(language),
        last=format.phrase(language, line.kpi, known[-1].value.number),
        at=format.bucket(language, known[-1].at, line.query.grain),
        low=format.phrase(language, line.kpi, low.value.number),
        high=format.phrase(language, line.kpi, high.value.number),
    )  # fmt: skip


def _table(lines: Sequence[KpiResult], parts: Mapping[str, Part], view: View, language: str) -> html.Div:
    names = ("whole", "last", "at", "lowest", "highest")
    heads = [t(language, "analysis.area"), *(t(language, f"analysis.areas.{name}") for name in names)]
    return numbers(heads, _lines(lines, parts, view, language))


def _lines(
    lines: Sequence[KpiResult], parts: Mapping[str, Part], view: View, language: str
) -> Iterator[list[str | Component]]:
    for line in lines:
        part, known = parts[line.query.area or ""], _known(line)
        reach = [point.value.number or 0.0 for point in known]
        told = [
            format.value(language, line.kpi, number)[0]
            for number in (part.value.number, known[-1].value.number, min(reach), max(reach))
        ]
        at = format.bucket(language, known[-1].at, line.query.grain)
        name = named(view, "area", part.key, part.label.get(language), language)
        yield [name, told[0], told[1], at, *told[2:]]
