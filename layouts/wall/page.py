"""The wall as a page: its clock, its scenes, the string of lanterns and where the playlist is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from data.calendar.lunar import moon_age
from data.catalogue.city import City
from data.kpis.result import SourceState
from data.messages import t
from layouts.format import clock, long_day, lunar_date
from layouts.icons import drawing, icon
from layouts.lanterns import string, summary
from layouts.markup import Markup, emphasis
from layouts.moon import moon

SPOKEN = (
    "format.age.seconds", "format.age.minutes", "format.age.hours", "format.age.days", "tile.late", "tile.silent",
    "tile.last", "state.stale", "format.missing", "wall.next", "wall.held", "wall.paused", "wall.pinned", "wall.lost",
    "wall.room.paused", "wall.room.pinned",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wall:
    """What a wall is told when it is opened: the scene that stands and its name; in a room, letter and name of its
    place; ``ceased`` that an exercise did."""

    city: City
    now: datetime
    language: str
    scene: str
    markup: str
    simulated: bool
    place: tuple[str, str] = ("", "")
    ceased: str = ""


def wall(told: Wall, sources: Sequence[SourceState]) -> html.Main:
    """The whole page."""
    language = told.language
    first = Markup(html=told.markup, className="scene is-here", id=f"scene-{told.scene}")
    return html.Main(
        [
            html.H1(t(language, "wall.title"), className="unseen"),
            html.Div(first, id="scenes"),
            html.P([icon("stale"), html.Span(t(language, "wall.lost"), id="lost-since")], id="lost", role="alert"),
            html.P(told.ceased, id="ceased", role="status"),
            html.Div(times(told.city, told.now, language), id="times"),
            html.Footer(
                [
                    html.Div(lamps(sources, language), id="lamps"),
                    html.Div(
                        [
                            *_letter(*told.place),
                            *([html.Span(t(language, "wall.simulated"), className="demo")] if told.simulated else []),
                            html.Ol(id="turns", **{"aria-hidden": "true"}),
                            html.Span(id="next"),
                        ],
                        className="playing",
                    ),
                ],
                className="wall-foot",
            ),
        ],
        className="wall",
    )


def _letter(letter: str, name: str) -> list[html.B]:
    return [html.B(letter, className="wall-place", title=name)] if letter else []


def times(city: City, now: datetime, language: str) -> list[Component]:
    """Date, lunar date with its moon, and the clock with its seconds."""
    dates: list[Component] = [html.Span(long_day(language, now))]
    if city.lunar:
        said = lunar_date(language, now.date())
        dates.append(html.Span([said, moon(moon_age(now.date()) + now.hour / 24)], className="lunar"))
    shown = html.Time(
        [html.Span(clock(language, now), id="minutes"), html.Sup(f"{now:%S}", id="seconds")], className="clock"
    )
    return [html.Div(dates, className="wall-date"), shown]


def lamps(sources: Sequence[SourceState], language: str) -> list[Component]:
    """The lantern string with its summary."""
    return [
        Markup(html=string(sources, language), className="lantern-string"),
        html.P(emphasis(summary(sources, language)), className="lantern-summary"),
    ]


def words(language: str) -> Mapping[str, str]:
    """The sentences a screen says by itself when the server has left it, with their places still open."""
    return {key: t(language, key) for key in SPOKEN}


def glyphs() -> Mapping[str, str]:
    """The drawings such a screen needs."""
    return {name: drawing(name) for name in ("late", "lost", "stale")}
