"""A breakdown: bars by size, each a link to the view with that filter, last year as a tick."""

from __future__ import annotations

from html import escape

from dash import html

from data.areas.outline import Outlines
from data.catalogue import Catalogue
from data.kpis.query import Compare
from data.kpis.result import Comparison, KpiResult, Part
from data.messages import t
from layouts import format
from layouts.analysis.names import dimension
from layouts.analysis.pick import link
from layouts.comparison import against
from layouts.documents.facts import unit
from layouts.map import drawing
from layouts.marks import Bar, Figure, Line, Role, Scale
from layouts.markup import Markup
from layouts.svg import svg
from layouts.view import View


def breakdown(
    result: KpiResult, view: View, catalogue: Catalogue, language: str, outlines: Outlines | None = None
) -> html.Article:
    """The parts of ``result`` along ``result.query.by``, areas on a map as well where there are ``outlines``.

    It never filters itself away: others are muted.
    """
    name = result.query.by or "area"
    title = t(language, "analysis.split", name=lower(dimension(result.kpi, catalogue, name, language)))
    said = unit_said(result, language)
    head = html.Header([html.H3(title, title=title), html.Small(said, title=said)], className="an-card-h")
    rows = bars(result, view, name, language)
    drawn = _map(result, view, outlines, language) if name == "area" and outlines else None
    body = rows if drawn is None else html.Div([drawn, rows], className="an-mapped")
    return html.Article([head, body], className="an-card an-split")


def unit_said(result: KpiResult, language: str) -> str:
    """The unit of a breakdown, and what the ticks on its bars are."""
    held = result.comparison if any(part.compare for part in result.parts) else None
    key = "analysis.split.plain" if held is None else "analysis.split.compared"
    return t(language, key, unit=unit(result, language), against=against(held, language) if held else "")


def _map(result: KpiResult, view: View, outlines: Outlines, language: str) -> Markup | None:
    """The areas in the plane, where they are areas that are drawn and one has a number."""
    parts = {part.key: part for part in result.parts if part.key in outlines.areas}
    if not any(part.value.number is not None for part in parts.values()):
        return None
    drawn = drawing(result, parts, outlines, language, picked=view.chosen("area"))
    return Markup(html=drawn, className="an-map")


def bars(result: KpiResult, view: View, name: str, language: str) -> html.P | Markup:
    """The parts by size, each a link; why there are none, if there are none."""
    if result.refusal:
        return html.P(t(language, result.refusal), className="an-quiet")
    if not any(part.value.number is not None for part in result.parts):
        return html.P(t(language, "analysis.split.empty"), className="an-quiet")
    parts = sorted(
        result.parts,
        key=lambda part: -(part.value.number if part.value.number is not None else float("-inf")),
    )
    scale = reach(result)
    rows = "".join(_row(result, part, view, name, scale, language) for part in parts)
    return Markup(html=f'<ul class="an-bars">{rows}</ul>', className="an-bars-box")


def reach(result: KpiResult) -> Scale:
    """One scale for all bars and ticks of a breakdown, zero in it."""
    numbers = [n for part in result.parts for v in (part.value, part.compare) if v and (n := v.number) is not None]
    return Scale(min(0.0, *numbers), max(0.0, *numbers) * 1.02 or 1.0)


def _row(result: KpiResult, part: Part, view: View, name: str, scale: Scale, language: str) -> str:
    chosen = view.chosen(name)
    here = part.key in chosen
    role: Role = "now" if here or not chosen else "mute"
    label, number = part.label.get(language), format.value(language, result.kpi, part.value.number)[0]
    change = changed(result, part, language)
    return (
        f'<li><a class="an-row" {link(view, name, part.key, label, language)}>'
        f'<span class="an-row-name">{escape(label)}</span>{svg(bar(part, scale, role), "an-row-bar")}'
        f"<b>{escape(number)}</b><small>{escape(change)}</small></a></li>"
    )


def bar(part: Part, scale: Scale, role: Role) -> Figure:
    """A part as a bar, what it is compared with as a tick."""
    value, before = part.value.number, part.compare.number if part.compare else None
    drawn = [Bar(min(0.0, value), max(0.0, value), 0.8, 0.2, role)] if value is not None else []
    ticks = [Line(((before, 0.0), (before, 1.0)), "target")] if before is not None else []
    return Figure(200, 14, scale, Scale(0.0, 1.0), (*drawn, *ticks))


def changed(result: KpiResult, part: Part, language: str) -> str:
    """Change of a part against the same part of the period compared with; empty without one."""
    now, before = part.value.number, part.compare.number if part.compare else None
    if now is None or before is None or result.query.compare is Compare.NONE:
        return ""
    ratio = now / before - 1 if before else None
    held = Comparison(result.query.compare, result.query.period, part.compare or part.value, now - before, ratio)
    return format.change(language, result.kpi, now, held)


def lower(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]
