"""The page of exercises: what plays, what can be played, and what was; and the record of a run as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from dash import html
from dash.development.base_component import Component

from data.alerts.event import Event
from data.catalogue.alert import Alert
from data.catalogue.text import Text
from data.formula import disarmed
from data.messages import t
from layouts.alerts import WORDS
from layouts.format import age, moment, number
from layouts.icons import icon
from layouts.markup import Markup
from layouts.state import LEVEL_NAMES

FILE = {"vi": "dien_tap", "en": "exercise"}
HEADS = ("mark", "exercise", "run", "rule", "part", "began", "peak", "number", "ended")
DONE = ("started", "stopped")


@dataclass(frozen=True, slots=True)
class Script:
    """An exercise that can be played; ``takes`` is how long at its own speed."""

    id: str
    name: Text
    text: Text
    start: datetime
    end: datetime
    speed: int
    playlist: str
    takes: timedelta


@dataclass(frozen=True, slots=True)
class Played:
    """A run; ``end`` is since when and why it is over, ``recorded`` whether its record is still there."""

    id: int
    name: Text | None
    exercise: str
    playlist: str
    speed: int
    began_at: datetime
    began_by: str
    until: datetime
    end: tuple[datetime, str] | None
    ended_by: str
    recorded: bool

    def called(self, language: str) -> str:
        """Its name, or the id of an exercise there is no more."""
        return self.name.get(language) if self.name else self.exercise


def exercises(
    scripts: Sequence[Script],
    playing: Played | None,
    past: Sequence[Played],
    playlists: Mapping[str, str],
    said: str,
    speeds: tuple[int, int],
    language: str,
) -> html.Div:
    """The whole page; ``playlists`` are names by id, ``said`` is the key of what just happened."""
    now = t(language, "exercises.quiet")
    if playing is not None:
        began = moment(language, playing.began_at)
        now = t(language, "exercises.playing", name=playing.called(language), at=began)
    head: list[Component] = [
        html.H1(t(language, "shell.exercises.title")),
        html.P(now, className="reg-sum", role="status"),
        html.P(t(language, "exercises.text"), className="reg-text"),
    ]
    if said:
        told = t(language, f"exercises.said.{said}", slowest=speeds[0], fastest=speeds[1])
        head.append(
            html.P([icon("ok" if said in DONE else "error"), html.Span(told)], className="reg-said", role="alert")
        )
    cards = [_script(one, playlists, playing is None, speeds, language) for one in scripts]
    parts: list[Component] = [html.Header(head, className="reg-head")]
    if playing is not None:
        parts.append(_playing(playing, playlists, language))
    parts += cards or [html.P(t(language, "exercises.none"), className="reg-text")]
    return html.Div([*parts, _past(past, playlists, language)], className="reg screens")


def _playing(one: Played, playlists: Mapping[str, str], language: str) -> html.Section:
    title = html.Header([icon("flag"), html.H2(one.called(language))])
    facts = {
        "walls": playlists.get(one.playlist, one.playlist),
        "speed": number(language, one.speed),
        "began": t(language, "exercises.by", at=moment(language, one.began_at, year=True), who=one.began_by),
    }
    pairs = [item for key, text in facts.items() for item in (html.Dt(t(language, f"exercises.{key}")), html.Dd(text))]
    stop = _form(f"/exercises/{one.id}/stop", "", t(language, "exercises.stop"))
    return html.Section([title, html.Dl(pairs, className="sc-facts"), Markup(html=stop)], className="reg-card")


def _script(
    one: Script, playlists: Mapping[str, str], free: bool, speeds: tuple[int, int], language: str
) -> html.Section:
    title = html.Header([icon("flag"), html.H2(one.name.get(language))])
    span = t(
        language, "exercises.from_to", start=moment(language, one.start, year=True),
        end=moment(language, one.end, year=True),
    )  # fmt: skip
    facts = {"span": span, "lasts": age(language, one.takes)}
    pairs = [item for key, text in facts.items() for item in (html.Dt(t(language, f"exercises.{key}")), html.Dd(text))]
    body: list[Component] = [title, html.P(one.text.get(language)), html.Dl(pairs, className="sc-facts")]
    if free:
        body.append(Markup(html=_start(one, playlists, speeds, language)))
    return html.Section(body, className="reg-card", id=f"exercise-{one.id}")


def _start(one: Script, playlists: Mapping[str, str], speeds: tuple[int, int], language: str) -> str:
    options = "".join(
        f'<option value="{escape(key)}"{" selected" if key == one.playlist else ""}>{escape(name)}</option>'
        for key, name in playlists.items()
    )
    walls, fast = (escape(t(language, f"exercises.{key}")) for key in ("playlist", "speed"))
    fields = (
        f'<label>{walls}<select name="playlist">{options}</select></label>'
        f'<label>{fast}<input name="speed" type="number" required min="{speeds[0]}" max="{speeds[1]}" '
        f'value="{one.speed}"></label>'
    )
    return _form(f"/exercises/{one.id}/start", fields, t(language, "exercises.start"))


def _past(past: Sequence[Played], playlists: Mapping[str, str], language: str) -> html.Section:
    lines = [_line(one, playlists, language) for one in past]
    listed = html.Ul(lines, className="ex-past") if lines else html.P(t(language, "exercises.past.none"))
    return html.Section([html.Header(html.H2(t(language, "exercises.past"))), listed], className="reg-card")


def _line(one: Played, playlists: Mapping[str, str], language: str) -> html.Li:
    began = t(language, "exercises.by", at=moment(language, one.began_at, year=True), who=one.began_by)
    told = [html.B(one.called(language)), f" · {playlists.get(one.playlist, one.playlist)} · {began}"]
    if one.end is not None:
        at, why = one.end
        said = t(language, f"exercises.ended.{why}", at=moment(language, at), who=one.ended_by)
        told.append(f" · {said}")
    if one.recorded:
        told += [" · ", html.A(t(language, "exercises.record"), href=f"/exercises/{one.id}/events.csv")]
    return html.Li(told)


def _form(action: str, inside: str, send: str) -> str:
    button = f'<button type="submit">{escape(send)}</button>'
    return f'<form method="post" action="{escape(action)}" class="sc-form">{inside}{button}</form>'


def record(events: Iterable[Event], rules: Mapping[str, Alert], name: str, run: int, language: str) -> str:
    """Events of a run as a file; every line begins with the mark, so that none can be taken out without it."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([t(language, f"exercises.record.{head}") for head in HEADS])
    for event in events:
        rule = rules.get(event.rule)
        level = t(language, f"level.{LEVEL_NAMES[WORDS[event.peak]]}")
        cells = [
            t(language, "exercise.word"), name, run, rule.name.get(language) if rule else event.rule, event.part,
            event.began_at.isoformat(" ", "minutes"), level, "" if event.number is None else event.number,
            event.ended_at.isoformat(" ", "minutes") if event.ended_at else "",
        ]  # fmt: skip
        lines.writerow([disarmed(cell) for cell in cells])
    return out.getvalue()
