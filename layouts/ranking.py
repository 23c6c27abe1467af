"""A ranking tile: the parts of one KPI from the largest down, each a bar with its number."""

from __future__ import annotations

from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue.board import RankingTile
from data.kpis.result import KpiResult, Part
from data.messages import t
from layouts import ids
from layouts.format import value
from layouts.marks import Bar, Figure, Line, Role, Scale
from layouts.markup import Markup
from layouts.state import state
from layouts.svg import svg
from layouts.tile import ABSENT, absence, provenance
from layouts.view import way

BAR = (200.0, 14.0)


def ranking(
    result: KpiResult,
    item: RankingTile,
    language: str,
    here: str | None = None,
    wall: bool = False,
    said: Component | None = None,
) -> html.Article:
    """The tile of ``result``, which was asked by ``item.by``; ``here`` is the area chosen, the others are muted;
    ``said`` the mark of what people wrote beside it.

    A silent or refused answer says why there is no list, never an old one.
    """
    now = state(result)
    parts = ordered(result) if now not in ("stale", "error") else []
    href = way(result, by=item.by)
    title = html.H2(html.A(item.name.get(language), href=href), className="tile-title")
    told = _list(result, parts[: item.top], language, here if item.by == "area" else None)
    why = absence(result, language) if now in ABSENT else t(language, "ranking.empty")
    body = [
        html.Header([title, html.Small(_cut(len(parts), item.top, language))], className="tile-head"),
        told if parts else html.P(why, className="last-known"),
        provenance(result, language, wall=wall, said=said),
    ]
    flag = {"data-state": "stale" if now == "stale" else "ok"}
    return html.Article(
        html.Div(body, className="tile-body"),
        id=ids.tile(f"ranking-{result.kpi.code}"),
        className="tile tile-ranking",
        **flag,
    )


def ordered(result: KpiResult) -> list[Part]:
    """Parts that have a number, the largest first; equal ones in the order of the catalogue."""
    present = [part for part in result.parts if part.value.number is not None]
    return sorted(present, key=lambda part: -(part.value.number or 0.0))


def _cut(count: int, top: int, language: str) -> str:
    return t(language, "ranking.first", top=top, count=count) if count > top else ""


def _list(result: KpiResult, parts: list[Part], language: str, here: str | None) -> Markup:
    numbers = [n for part in parts for v in (part.value, part.compare) if v and (n := v.number) is not None]
    scale = Scale(min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0) * 1.02 or 1.0)
    rows = "".join(_row(result, place, part, scale, language, here) for place, part in enumerate(parts, 1))
    return Markup(html=f'<ol class="ranks">{rows}</ol>', className="ranks-box")


def _row(result: KpiResult, place: int, part: Part, scale: Scale, language: str, here: str | None) -> str:
    role: Role = "mute" if here and part.key != here else "now"
    label = escape(part.label.get(language))
    number = escape(value(language, result.kpi, part.value.number)[0])
    current = ' aria-current="true"' if part.key == here else ""
    return (
        f'<li class="rank"{current}><span class="rank-place">{place}</span>'
        f'<span class="rank-name" title="{label}">{label}</span>{svg(_bar(part, scale, role), "rank-bar")}'
        f"<b>{number}</b></li>"
    )


def _bar(part: Part, scale: Scale, role: Role) -> Figure:
    now, before = part.value.number or 0.0, part.compare.number if part.compare else None
    ticks = [Line(((before, 0.0), (before, 1.0)), "target")] if before is not None else []
    return Figure(*BAR, scale, Scale(0.0, 1.0), (Bar(min(0.0, now), max(0.0, now), 0.8, 0.2, role), *ticks))
