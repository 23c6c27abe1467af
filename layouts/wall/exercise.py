"""The mark of an exercise: over all of a scene and to the edges of the screen, so that no picture of it goes without.

It is part of the markup of the scene and not of the page around it: a scene of an exercise cannot be laid without.
"""

from __future__ import annotations

from datetime import datetime
from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue.exercise import Exercise
from data.messages import t
from layouts.format import clock, moment, number
from layouts.icons import icon
from layouts.markup import Markup

WIDE, HIGH = 1920, 1080  # the screen in px, as tokens.css has it
ACROSS, DOWN, BASELINE = 400, 150, 60  # of one word of the pattern
AGAIN = 9  # words in the band at the foot


def marked(scene: Component, exercise: Exercise, at: datetime, speed: int, name: str, language: str) -> html.Div:
    """A scene of an exercise, at a moment of its script; ``name`` is the scene's own among those of a page."""
    word = t(language, "exercise.word")
    fast = (
        t(language, "exercise.fast", n=number(language, speed, 0)) if speed > 1 else t(language, "exercise.real_time")
    )
    said = t(
        language, "exercise.band", name=exercise.name.get(language), at=moment(language, at, year=True), speed=fast
    )
    band = [icon("flag"), html.Strong(word), html.Span(said)]
    return html.Div(
        [
            scene,
            Markup(html=_pattern(word, name), className="exercise-mark"),
            html.P(band, className="exercise-band", role="status"),
            html.P([html.Span(word)] * AGAIN, className="exercise-band is-foot", **{"aria-hidden": "true"}),
        ],
        className="exercised",
    )


def _pattern(word: str, name: str) -> str:
    """The word again and again on a slant, every other line half a word on."""
    said, key = escape(word), escape(f"mark-{name}")
    lines = "".join(
        f'<text x="{x}" y="{y}">{said}</text>'
        for x, y in ((0, BASELINE), (-ACROSS // 2, BASELINE + DOWN), (ACROSS // 2, BASELINE + DOWN))
    )
    return (
        f'<svg aria-hidden="true" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="xMidYMid slice"><defs>'
        f'<pattern id="{key}" width="{ACROSS}" height="{2 * DOWN}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(-20)">{lines}</pattern></defs>'
        f'<rect width="{WIDE}" height="{HIGH}" fill="url(#{key})"></rect></svg>'
    )


def ceased(at: datetime, why: str, language: str) -> str:
    """That an exercise is over, and that what is shown is real from here on."""
    return t(language, f"exercise.ceased.{why}", at=clock(language, at))
