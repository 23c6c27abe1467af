"""The rooms of a city: their places with the screens that hang there, and the way to each remote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from data.messages import t
from layouts.icons import icon

WORST = ("lost", "frozen", "live")
GLYPHS = {"live": "ok", "frozen": "watch", "lost": "stale", "none": "nodata"}


@dataclass(frozen=True, slots=True)
class Hung:
    """A place of a room: its letter, name, what it shows, its address, and the standing of each screen that hangs
    there."""

    letter: str
    name: str
    show: str
    href: str
    screens: Sequence[str] = ()

    @property
    def standing(self) -> str:
        """The worst of its screens, "none" without one."""
        return next((one for one in WORST if one in self.screens), "none")


@dataclass(frozen=True, slots=True)
class Shown:
    """A room of the list."""

    id: str
    name: str
    playlist: str
    places: Sequence[Hung]


def rooms(found: Sequence[Shown], language: str) -> html.Div:
    """The whole page."""
    head = html.Header(
        [
            html.H1(t(language, "rooms.title")),
            html.P(t(language, "rooms.sum" if found else "rooms.none", n=len(found)), className="reg-sum"),
            html.P(t(language, "rooms.text"), className="reg-text"),
        ],
        className="reg-head",
    )
    return html.Div([head, *(_room(one, language) for one in found)], className="reg rooms")


def _room(one: Shown, language: str) -> html.Section:
    named = [html.H2(one.name), html.Small(t(language, "rooms.plays", name=one.playlist))]
    go = html.A([icon("remote"), html.Span(t(language, "rooms.lead"))], href=f"/rooms/{one.id}", className="room-lead")
    return html.Section(
        [html.Header(named), places(one.places, language), html.P(go)], className="reg-card", id=f"room-{one.id}"
    )


def places(found: Sequence[Hung], language: str) -> html.Ul:
    """Each place by its letter: what it shows, and whether a screen is there."""
    return html.Ul([_place(one, language) for one in found], className="room-places")


def _place(one: Hung, language: str) -> html.Li:
    said = t(language, "rooms.empty" if one.standing == "none" else f"screens.is.{one.standing}")
    shows = html.Small(t(language, f"rooms.show.{one.show}"))
    return html.Li(
        [
            html.B(one.letter.upper(), className="room-letter"),
            html.A([html.Span(one.name), shows], href=one.href, target="_blank"),
            html.P([icon(GLYPHS[one.standing]), html.Span(said)], className=f"room-is sc-{one.standing}"),
        ]
    )
