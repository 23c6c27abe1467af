"""What an index is made of: its parts, what each brings, and the one that decides."""

from __future__ import annotations

from dash import html

from data.kpis.result import Composition, IndexPart, KpiResult, Presence
from data.messages import t
from layouts.format import number
from layouts.marks import Bar, Figure, Scale
from layouts.markup import Markup
from layouts.svg import svg

FULL = {"vn_aqi": 500.0, "hhi": 1.0}


def decides(result: KpiResult, language: str) -> str | None:
    """The part that decided, in a few words: "PM2.5 decides"; None if the number is no index or none did."""
    made = result.composition
    if made is None or made.decides is None or result.value.number is None:
        return None
    part = next(part for part in made.parts if part.key == made.decides)
    return t(language, f"index.decides.{made.kind}", part=_name(made, part, language))


def parts(result: KpiResult, language: str) -> list | None:
    """Every part with its weight and what it brings, for the indicator card; None if the number is no index."""
    made = result.composition
    if made is None or not made.parts:
        return None
    said = decides(result, language)
    notes = [html.Small(said, className="an-part-decides")] if said else []
    notes += [html.Small(t(language, "index.rescaled"))] if made.rescaled else []
    return [html.Ul([_row(made, part, language) for part in made.parts], className="an-parts"), *notes]


def _row(made: Composition, part: IndexPart, language: str) -> html.Li:
    wired = {"data-decides": "true"} if part.key == made.decides else {}
    marks = [html.Small(t(language, "index.ours"), className="an-part-ours")] if part.ours else []
    name = html.Span([_name(made, part, language), *marks], className="an-part-name")
    return html.Li([name, html.B(_brings(made, part, language)), *_bar(made, part)], **wired)


def _name(made: Composition, part: IndexPart, language: str) -> str:
    if part.name:
        return part.name.get(language)
    return t(language, f"index.{part.key}") if made.kind == "vn_aqi" else part.key.replace("_", " ")


def _brings(made: Composition, part: IndexPart, language: str) -> str:
    """Its sub-index, points of points, or share; else why it brings nothing."""
    if part.points is None:
        absent = part.value.presence is Presence.NOT_APPLICABLE
        return t(language, "index.na" if absent else "index.missing")
    if made.kind == "score":
        points, weight = (number(language, held, 1) for held in (part.points, part.weight or 0.0))
        return t(language, "index.points", points=points, weight=weight)
    if made.kind == "hhi":
        return t(language, "format.percent", number=number(language, part.points * 100, 1))
    return number(language, part.points)


def _bar(made: Composition, part: IndexPart) -> list[Markup]:
    """How much of what it could bring a part brings."""
    full = FULL.get(made.kind, part.weight)
    if part.points is None or not full:
        return []
    track, held = Bar(0.0, full, 1.0, 0.0, "mute"), Bar(0.0, min(part.points, full), 1.0)
    drawn = Figure(240, 4, Scale(0.0, full), Scale(0.0, 1.0), (track, held))
    return [Markup(html=svg(drawn, "an-part-bar"), className="an-part-box")]
