"""The ranking: parts from the largest down, how each changed, and from which place it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue import Catalogue
from data.kpis.result import KpiResult, Part
from data.messages import t
from layouts import format
from layouts.analysis.breakdown import bar, changed, lower, reach, unit_said
from layouts.analysis.frame import bare, framed, numbers, spoken
from layouts.analysis.names import dimension
from layouts.analysis.pick import link, named
from layouts.comparison import against
from layouts.icons import drawing
from layouts.marks import Role, Scale
from layouts.markup import Markup
from layouts.ranking import ordered
from layouts.svg import svg
from layouts.view import View


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands, 1 the largest, equals alike, and where it stood ``before`` if it was there."""

    part: Part
    now: int
    before: int | None


def places(result: KpiResult) -> tuple[Place, ...]:
    """The parts that have a number, the largest first."""
    now = {part.key: part.value.number for part in result.parts if part.value.number is not None}
    then = {part.key: part.compare.number for part in result.parts if part.compare and part.compare.number is not None}
    return tuple(Place(part, _place(now, part.key) or 0, _place(then, part.key)) for part in ordered(result))


def _place(held: Mapping[str, float | None], key: str) -> int | None:
    """1 and as many as are larger; None of what has no number."""
    here = held.get(key)
    return None if here is None else 1 + sum(number is not None and number > here for number in held.values())


def ranking(result: KpiResult, view: View, catalogue: Catalogue, language: str) -> html.Article:
    """The parts of ``result`` along ``result.query.by`` by their places, each a link to the view with it alone."""
    by = result.query.by or "area"
    name = lower(dimension(result.kpi, catalogue, by, language))
    title = t(language, "analysis.ranking", name=name)
    found = places(result)
    if result.refusal or not found:
        return bare(title, t(language, result.refusal or "analysis.split.empty"))
    compared = result.comparison is not None and any(place.before for place in found)
    scale = reach(result)
    rows = "".join(_row(result, place, view, by, scale, compared, language) for place in found)
    head = _head(result, language) if compared else ""
    drawn = Markup(html=f'<ol class="an-bars an-ranks">{head}{rows}</ol>', className="an-bars-box")
    sentence = t(
        language, "analysis.ranking.alt", name=result.kpi.name.get(language), by=name,
        places="; ".join(_told(result, place, language) for place in found),
    )  # fmt: skip
    table = numbers(*_table(result, found, view, by, name, compared, language))
    return framed(f"ranking-{by}", title, unit_said(result, language), [spoken(sentence), drawn], table, language)


def _head(result: KpiResult, language: str) -> str:
    names = ("value", "change", "place")
    heads = "".join(f"<small>{escape(t(language, f'analysis.ranking.{name}'))}</small>" for name in names)
    return f'<li class="an-row is-head" aria-hidden="true"><span></span><span></span><span></span>{heads}</li>'


def _row(result: KpiResult, place: Place, view: View, by: str, scale: Scale, compared: bool, language: str) -> str:
    part, chosen = place.part, view.chosen(by)
    role: Role = "now" if part.key in chosen or not chosen else "mute"
    label, number = part.label.get(language), format.value(language, result.kpi, part.value.number)[0]
    moved = f"<small>{escape(changed(result, part, language))}</small>{_moved(place, language)}" if compared else ""
    return (
        f'<li><a class="an-row" {link(view, by, part.key, label, language)}>'
        f'<span class="an-place">{place.now}</span><span class="an-row-name">{escape(label)}</span>'
        f"{svg(bar(part, scale, role), 'an-row-bar')}<b>{escape(number)}</b>{moved}</a></li>"
    )


def _moved(place: Place, language: str) -> str:
    """From which place, with an arrow that judges nothing."""
    if place.before is None:
        return f'<small class="an-moved">{escape(t(language, "analysis.ranking.new"))}</small>'
    way = "up" if place.before > place.now else "down" if place.before < place.now else "flat"
    said = t(language, "analysis.ranking.same" if way == "flat" else "analysis.ranking.from", place=place.before)
    return f'<small class="an-moved" data-way="{way}">{drawing(way)}{escape(said)}</small>'


def _told(result: KpiResult, place: Place, language: str) -> str:
    number = format.phrase(language, result.kpi, place.part.value.number)
    said = t(language, "analysis.ranking.said", place=place.now, name=place.part.label.get(language), value=number)
    if place.before is None or place.before == place.now:
        return said
    return f"{said} ({t(language, 'analysis.ranking.was', place=place.before)})"


def _table(
    result: KpiResult, found: Sequence[Place], view: View, by: str, name: str, compared: bool, language: str
) -> tuple[list[str], Iterator[list[str | Component]]]:
    heads = [name[:1].upper() + name[1:], t(language, "analysis.ranking.place"), t(language, "analysis.ranking.value")]
    if compared and result.comparison is not None:
        other = against(result.comparison, language)
        heads += [other[:1].upper() + other[1:]]
        heads += [t(language, f"analysis.ranking.{name}") for name in ("change", "before")]
    return heads, (_line(result, place, view, by, compared, language) for place in found)


def _line(result: KpiResult, place: Place, view: View, by: str, compared: bool, language: str) -> list[str | Component]:
    part, missing = place.part, t(language, "format.missing")
    name = named(view, by, part.key, part.label.get(language), language)
    cells = [name, str(place.now), format.value(language, result.kpi, part.value.number)[0]]
    if not compared:
        return cells
    before = format.value(language, result.kpi, part.compare.number if part.compare else None)[0]
    return [*cells, before, changed(result, part, language) or missing, str(place.before or missing)]
