"""The profile: who is signed in, what they may do, what they prefer, and where else they are signed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue import Board, Catalogue
from data.messages import t
from layouts.format import moment
from layouts.markup import Markup
from layouts.passport import Passport, Stay
from layouts.state import ago


def profile(
    held: Passport, catalogue: Catalogue, boards: Mapping[str, Board], language: str, now: datetime, said: str = ""
) -> html.Div:
    """The page of one reader; ``said`` is the key of what just happened to it."""
    head = html.Header(
        [html.H1(held.display), html.P(_roles(held, catalogue, language), className="reg-sum")], className="reg-head"
    )
    told = [html.P(t(language, f"profile.{said}"), className="profile-said", role="status")] if said else []
    cards = [
        _card("may", [_access(held, catalogue, language)], language),
        _card("prefer", [_preferences(held, boards, language)], language),
        _card("password", [_password(language)], language),
        _card("stays", [_stays(held.stays, language, now)], language),
    ]
    return html.Div([head, *told, html.Div(cards, className="profile-cards")], className="reg profile")


def _card(name: str, body: list[Component], language: str) -> html.Section:
    return html.Section([html.Header(html.H2(t(language, f"profile.{name}"))), *body], className="reg-card")


def _roles(held: Passport, catalogue: Catalogue, language: str) -> str:
    known = [catalogue.roles[name].name.get(language) for name in held.roles if name in catalogue.roles]
    return t(language, "profile.as", name=held.name, roles=", ".join(known) or t(language, "profile.nobody"))


def _access(held: Passport, catalogue: Catalogue, language: str) -> html.Dl:
    areas = [catalogue.areas[name].name.get(language) for name in held.areas or () if name in catalogue.areas]
    rows = [
        ("actions", ", ".join(t(language, f"profile.action.{name}") for name in held.actions)),
        ("areas", ", ".join(areas) or t(language, "profile.everywhere")),
        ("personal", t(language, "profile.shown" if held.personal else "profile.masked")),
    ]
    pairs = [item for key, text in rows for item in (html.Dt(t(language, f"profile.{key}")), html.Dd(text))]
    return html.Dl(pairs, className="profile-facts")


def _preferences(held: Passport, boards: Mapping[str, Board], language: str) -> Markup:
    """A native form: language, theme, and the board one begins at."""
    languages = [(code, t(language, f"shell.{code}")) for code in ("vi", "en")]
    themes = [(name, t(language, f"profile.theme.{name}")) for name in ("light", "dark")]
    begins = [(key, board.name.get(language)) for key, board in boards.items()]
    fields = (
        _select("language", languages, held.language, language)
        + _select("theme", themes, held.theme, language)
        + _select("landing", begins, held.landing, language)
    )
    send = escape(t(language, "profile.keep"))
    return Markup(
        html=f'<form method="post" action="/profile/preferences" class="profile-form">{fields}'
        f'<button type="submit" class="copy">{send}</button></form>'
    )


def _select(name: str, options: Sequence[tuple[str, str]], chosen: str | None, language: str) -> str:
    rows = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(said)}</option>'
        for value, said in [("", t(language, "profile.default")), *options]
    )
    return f'<label><span>{escape(t(language, f"profile.{name}"))}</span><select name="{name}">{rows}</select></label>'


def _password(language: str) -> Markup:
    fields = "".join(
        f"<label><span>{escape(t(language, f'profile.{name}'))}</span>"
        f'<input type="password" name="{name}" autocomplete="{kind}" required></label>'
        for name, kind in (("old", "current-password"), ("new", "new-password"), ("again", "new-password"))
    )
    send = escape(t(language, "profile.change"))
    return Markup(
        html=f'<form method="post" action="/profile/password" class="profile-form">{fields}'
        f'<button type="submit" class="copy">{send}</button></form>'
    )


def _stays(stays: Sequence[Stay], language: str, now: datetime) -> html.Table:
    names = ("began", "seen", "address", "agent", "end")
    heads = html.Thead(html.Tr([html.Th(t(language, f"profile.{name}"), scope="col") for name in names]))
    return html.Table([heads, html.Tbody([_stay(stay, language, now) for stay in stays])], className="reg-table")


def _stay(stay: Stay, language: str, now: datetime) -> html.Tr:
    end = escape(t(language, "profile.end_it"))
    button = Markup(
        html=f'<form method="post" action="/profile/sessions/{stay.id}/end">'
        f'<button type="submit" class="copy">{end}</button></form>'
    )
    last: Component = html.Span(t(language, "profile.this")) if stay.here else button
    seen = ago(language, now - stay.seen_at)
    cells = [moment(language, stay.began_at), seen, stay.address or "", stay.agent, last]
    return html.Tr([html.Td(cell) for cell in cells])
