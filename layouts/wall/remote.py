"""The remote of a room, for a phone: what stands and what comes, who leads, and the few buttons that do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from data.messages import t
from layouts.format import clock
from layouts.icons import icon
from layouts.rooms import Hung, places


@dataclass(frozen=True, slots=True)
class Pick:
    """A scene that can be gone to; ``here`` is the one that stands."""

    id: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class Remote:
    """What a remote shows. ``at`` and ``turns_at`` are milliseconds of the city's clock: now, and when what stands
    changes by itself. ``still`` is "pin" or "pause" while a hand holds the room, ``who`` (None: nobody) whose until
    ``ends``; ``alarm`` what has its walls, ``over`` that it has just ended. ``pause`` and ``pin`` are minutes."""

    room: str
    name: str
    at: int
    scene: str
    after: str
    picks: Sequence[Pick]
    still: str
    turns_at: int
    who: str | None
    mine: bool
    ends: datetime | None
    alarm: str
    over: bool
    may: bool
    said: str
    places: Sequence[Hung]
    pause: int
    pin: int


def remote(shown: Remote, language: str) -> html.Main:
    """The whole page."""
    return html.Main(
        [
            html.Header(
                [
                    html.A(icon("back"), href="/rooms", className="rc-back", title=t(language, "rooms.title")),
                    html.Div([html.H1(shown.name), html.P(t(language, "remote.title"))]),
                ],
                className="rc-head",
            ),
            html.P([icon("stale"), html.Span(t(language, "remote.lost"))], className="rc-lost", role="alert"),
            html.Div(held(shown, language), id="held"),
        ],
        className="rc",
    )


def held(shown: Remote, language: str) -> list[Component]:
    """What changes of it."""
    return [*_said(shown, language), _stands(shown, language), *_buttons(shown, language), _screens(shown, language)]


def _said(shown: Remote, language: str) -> list[Component]:
    if not shown.said:
        return []
    return [
        html.P([icon("error"), html.Span(t(language, f"remote.said.{shown.said}"))], className="rc-said", role="alert")
    ]


def _stands(shown: Remote, language: str) -> html.Section:
    if shown.alarm:
        word = t(language, "remote.over" if shown.over else "remote.alert")
        said = [html.P([icon("ok" if shown.over else "alert"), html.Span(word)], className="rc-word"),
                html.H2(shown.alarm), html.P(t(language, "remote.back"), className="rc-next")]  # fmt: skip
        return html.Section(said, className="rc-stands is-alert", **{"aria-live": "polite"}, **_times(shown))
    key = f"remote.{shown.still}" if shown.still else "remote.here"
    left = html.Span(_left(shown), className="rc-left")
    said = [html.P([html.Span(t(language, key)), left], className="rc-word"), html.H2(shown.scene)]
    if shown.after and not shown.still:
        said.append(html.P([t(language, "remote.after"), " ", html.B(shown.after)], className="rc-next"))
    said.append(html.P([icon("person"), html.Span(_who(shown, language))], className="rc-who"))
    return html.Section(said, className="rc-stands" + (" is-still" if shown.still else ""), **_times(shown))


def _times(shown: Remote) -> dict[str, int]:
    return {"data-at": shown.at, "data-turns": shown.turns_at}


def _left(shown: Remote) -> str:
    """Minutes and seconds, as the page's script goes on to say."""
    seconds = -(-max(0, shown.turns_at - shown.at) // 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


def _who(shown: Remote, language: str) -> str:
    if shown.who is None or shown.ends is None:
        return t(language, "remote.nobody")
    name, at = shown.who or t(language, "remote.demonstration"), clock(language, shown.ends)
    return t(language, "remote.you", at=at) if shown.mine else t(language, "remote.who", name=name, at=at)


def _buttons(shown: Remote, language: str) -> list[Component]:
    if not shown.may:
        return [html.P(t(language, "remote.elsewhere"), className="rc-note")]
    off = bool(shown.alarm)
    lead = [_button(shown, act, language, off) for act in ("previous", "next")]
    hold = [
        _button(shown, "pin", language, off, shown.still == "pin"),
        _button(shown, "pause", language, off, shown.still == "pause"),
        _button(shown, "release", language, shown.who is None),
    ]
    picks = [html.Li(_pick(shown, one, off)) for one in shown.picks]
    return [
        html.Div(lead, className="rc-lead"),
        html.Div(hold, className="rc-hold"),
        *([html.H3(t(language, "remote.picks")), html.Ul(picks, className="rc-picks")] if picks else []),
    ]


def _button(shown: Remote, act: str, language: str, off: bool, pressed: bool | None = None) -> html.Form:
    words = [html.Span(t(language, f"remote.act.{act}"))]
    minutes = {"pin": shown.pin, "pause": shown.pause}.get(act)
    words += [html.Small(t(language, "remote.minutes", n=minutes))] if minutes else []
    words += [html.Small(t(language, "remote.clock"))] if act == "release" else []
    marks = {} if pressed is None else {"aria-pressed": "true" if pressed else "false"}
    drawn = {"previous": "back", "next": "chevron", "release": "out"}.get(act, act)
    inside = [icon(drawn), html.Div(words)] if act != "next" else [html.Div(words), icon(drawn)]
    button = html.Button(inside, type="submit", disabled=off, className=f"rc-{act}", **marks)
    return html.Form(button, method="post", action=f"/rooms/{shown.room}/{act}")


def _pick(shown: Remote, one: Pick, off: bool) -> html.Form:
    mark = {"aria-current": "true"} if one.here else {}
    button = html.Button(html.Span(one.name), type="submit", disabled=off, **mark)
    return html.Form(button, method="post", action=f"/rooms/{shown.room}/pick?scene={one.id}")


def _screens(shown: Remote, language: str) -> html.Section:
    return html.Section(
        [html.H3(t(language, "remote.screens")), places(shown.places, language)], className="rc-screens"
    )
