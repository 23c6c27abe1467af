"""The screens of a city: what each shows and when it last said so; pairing a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue.text import LANGUAGES
from data.messages import t
from layouts.format import moment
from layouts.icons import icon
from layouts.markup import Markup
from layouts.state import ago

GLYPHS = {"live": "ok", "frozen": "watch", "lost": "stale"}
THEMES = ("dark", "light", "daylight")


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen as its operator sees it; ``standing`` is live, frozen or lost, ``place`` the "room/letter" it has."""

    id: int
    name: str
    room: str
    playlist: str
    theme: str
    language: str
    scene: str
    size: str
    standing: str
    seen_at: datetime | None
    frame_at: datetime | None
    paired_at: datetime
    paired_by: str
    place: str = ""


def screens(
    found: Sequence[Shown],
    playlists: Mapping[str, str],
    places: Mapping[str, str],
    now: datetime,
    said: str,
    typed: Mapping[str, str],
    language: str,
) -> html.Div:
    """The whole page; ``playlists`` are names by id, ``places`` of rooms by "room/letter", ``said`` is the key of what
    just happened, ``typed`` what a form of pairing held that was refused."""
    wrong = sum(one.standing != "live" for one in found)
    summed = t(language, "screens.sum" if found else "screens.none", n=len(found), wrong=wrong)
    head: list[Component] = [
        html.H1(t(language, "screens.title")),
        html.P(summed, className="reg-sum", role="status"),
        html.P(t(language, "screens.text"), className="reg-text"),
    ]
    if said:
        glyph = icon("ok" if said.startswith("done") else "error")
        head.append(html.P([glyph, html.Span(t(language, f"screens.said.{said}"))], className="reg-said", role="alert"))
    playing = [html.Li(html.A(name, href=f"/wall/{key}", target="_blank")) for key, name in playlists.items()]
    preview = html.Section(
        [html.Header(html.H2(t(language, "screens.playlists"))), html.Ul(playing, className="sc-lists")],
        className="reg-card",
    )
    parts = [
        html.Header(head, className="reg-head"),
        _pairing(playlists, places, typed, language),
        *(_screen(one, playlists, places, now, language) for one in found),
        preview,
    ]
    return html.Div(parts, className="reg screens")


def _pairing(
    playlists: Mapping[str, str], places: Mapping[str, str], typed: Mapping[str, str], language: str
) -> html.Section:
    said = escape(t(language, "screens.code"))
    code = (
        f'<label>{said}<input name="code" required inputmode="numeric" pattern="[0-9 ]{{6,7}}" maxlength="7" '
        f'autocomplete="off" value="{escape(typed.get("code", ""))}"></label>'
    )
    fields = _fields({"theme": "dark", "language": language} | dict(typed), playlists, places, language)
    form = _form("/screens/pair", code + fields, t(language, "screens.pair"))
    title = html.Header(html.H2(t(language, "screens.new")))
    return html.Section([title, Markup(html=form)], className="reg-card")


def _screen(
    one: Shown, playlists: Mapping[str, str], places: Mapping[str, str], now: datetime, language: str
) -> html.Section:
    head = html.Header(
        [
            icon(GLYPHS[one.standing]),
            html.H2(one.name),
            html.Span(t(language, f"screens.is.{one.standing}"), className=f"sc-{one.standing}"),
        ]
    )
    seen = ago(language, now - one.seen_at) if one.seen_at else t(language, "tile.never")
    frame = ago(language, now - one.frame_at) if one.frame_at else t(language, "tile.never")
    facts = {
        "room": one.room, "shows": one.scene, "place": places.get(one.place, one.place),
        "playlist": playlists.get(one.playlist, one.playlist), "seen": seen,
        "frame": frame, "size": one.size,
        "paired": t(language, "screens.by", at=moment(language, one.paired_at, year=True), who=one.paired_by),
    }  # fmt: skip
    pairs = [
        item for key, text in facts.items() if text for item in (html.Dt(t(language, f"screens.{key}")), html.Dd(text))
    ]
    held = {"name": one.name, "room": one.room, "playlist": one.place or one.playlist, "theme": one.theme,
            "language": one.language}  # fmt: skip
    fields = _fields(held, playlists, places, language)
    change = _form(f"/screens/{one.id}/change", fields, t(language, "screens.change"))
    revoke = _form(f"/screens/{one.id}/revoke", "", t(language, "screens.revoke"))
    more = html.Details([html.Summary(t(language, "screens.edit")), Markup(html=change), Markup(html=revoke)])
    return html.Section([head, html.Dl(pairs, className="sc-facts"), more], className="reg-card", id=f"screen-{one.id}")


def _fields(held: Mapping[str, str], playlists: Mapping[str, str], places: Mapping[str, str], language: str) -> str:
    themes = {key: t(language, f"screens.theme.{key}") for key in THEMES}
    languages = {key: t(language, f"screens.language.{key}") for key in LANGUAGES}
    return "".join(
        [
            _typed("name", held.get("name", ""), "required", language),
            _typed("room", held.get("room", ""), "", language),
            _shows(playlists, places, held.get("playlist", ""), language),
            _select("theme", themes, held["theme"], t(language, "screens.theme")),
            _select("language", languages, held["language"], t(language, "screens.language")),
        ]
    )


def _typed(name: str, value: str, needed: str, language: str) -> str:
    said = escape(t(language, f"screens.{name}"))
    return f'<label>{said}<input name="{name}" {needed} maxlength="64" value="{escape(value)}"></label>'


def _shows(playlists: Mapping[str, str], places: Mapping[str, str], chosen: str, language: str) -> str:
    """A playlist, or a place of a room."""
    if not places:
        return _select("playlist", playlists, chosen, t(language, "screens.playlist"))
    groups = "".join(
        f'<optgroup label="{escape(t(language, f"screens.{name}"))}">{_options(held, chosen)}</optgroup>'
        for name, held in (("playlist", playlists), ("place", places))
    )
    return f'<label>{escape(t(language, "screens.what"))}<select name="playlist">{groups}</select></label>'


def _select(name: str, choices: Mapping[str, str], chosen: str, label: str) -> str:
    return f'<label>{escape(label)}<select name="{name}">{_options(choices, chosen)}</select></label>'


def _options(choices: Mapping[str, str], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(said)}</option>'
        for key, said in choices.items()
    )


def _form(action: str, inside: str, send: str) -> str:
    button = f'<button type="submit">{escape(send)}</button>'
    return f'<form method="post" action="{action}" class="sc-form">{inside}{button}</form>'
