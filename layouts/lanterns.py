"""The lantern string: one lantern per data source, lit, half lit or out. It is data, not ornament."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from dash import html

from data.kpis.result import Freshness, SourceState
from data.messages import t
from layouts.format import age
from layouts.icons import drawing
from layouts.markup import Markup, emphasis


def lanterns(sources: Sequence[SourceState], language: str) -> html.Div:
    """The string with its summary in words."""
    return html.Div(
        [
            Markup(html=string(sources, language), className="lantern-string"),
            html.P(emphasis(summary(sources, language)), className="lantern-summary"),
        ],
        className="lanterns",
    )


def string(sources: Sequence[SourceState], language: str) -> str:
    """One glyph a source, each with its name and age for the pointer; the words stand beside it."""
    return "".join(
        f'<span class="lantern is-{state.freshness.value}" title="{escape(_said(state, language))}">'
        f"{drawing(state.freshness.value)}</span>"
        for state in sources
    )


def summary(sources: Sequence[SourceState], language: str) -> str:
    """ "*43 sources:* 41 on time, 1 late, 1 lost"; what there is none of is left out."""
    counts = Counter(state.freshness for state in sources)
    said = [t(language, f"lantern.{kind.value}", n=counts[kind]) for kind in Freshness if counts[kind]]
    if not said:
        return t(language, "lantern.none")
    return t(language, "lantern.summary", n=len(sources), states=", ".join(said))


def _said(state: SourceState, language: str) -> str:
    name = state.source.name.get(language)
    return f"{name}: {age(language, state.age) if state.age is not None else t(language, 'tile.never')}"
