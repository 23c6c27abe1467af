"""The entrance: the form one signs in with."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from dash import html

from data.catalogue.city import City
from data.catalogue.provider import Provider
from data.messages import t
from layouts.icons import icon
from layouts.markup import Markup


def entrance(
    city: City,
    language: str,
    there: str,
    name: str = "",
    waits: int | None = None,
    first: bool = False,
    others: tuple[Provider, ...] = (),
    wrong: str = "",
) -> html.Main:
    """The form that leads ``there``. ``waits`` is None before a try, else the seconds until the next one counts;
    ``wrong`` is the key of what else went wrong. ``others`` are providers that may vouch for somebody.

    In a city that has no user yet (``first``) it says how the first one is made.
    """
    said = [html.P(t(language, "entrance.first"), className="entrance-note")] if first else []
    if waits is not None:
        wrong = "entrance.wait" if waits else "entrance.wrong"
    if wrong:
        words = [icon("alert"), html.Span(t(language, wrong, n=waits))]
        said.append(html.P(words, className="entrance-wrong", role="alert"))
    form = html.Form(
        [
            html.Label([html.Span(t(language, "entrance.name")), _field("name", "username", name)]),
            html.Label([html.Span(t(language, "entrance.password")), _field("password", "current-password")]),
            html.Button(t(language, "entrance.go"), type="submit", className="entrance-go"),
        ],
        method="post",
        action=f"/sign-in?next={quote(there, safe='/')}" if there != "/" else "/sign-in",
        className="entrance-form",
    )
    head = html.Header(
        [icon("mark"), html.H1([html.B(t(language, "shell.product")), html.Small(city.name.get(language))])],
        className="entrance-head",
    )
    foot = html.P(city.operator.get(language), className="entrance-foot")
    return html.Main([head, *said, form, *_others(others, there, language), foot], className="entrance", lang=language)


def _others(others: tuple[Provider, ...], there: str, language: str) -> list[html.Nav]:
    """Ways in by another sign-in."""
    after = f"?next={quote(there, safe='/')}" if there != "/" else ""
    links = [
        html.A(t(language, "entrance.with", name=other.name.get(language)), href=f"/sign-in/{other.id}{after}")
        for other in others
    ]
    return (
        [html.Nav(links, className="entrance-others", **{"aria-label": t(language, "entrance.others")})]
        if links
        else []
    )


def _field(name: str, remembered: str, value: str = "") -> Markup:
    """A field a browser may fill in; the first empty one has the cursor."""
    kind = "password" if name == "password" else "text"
    focus = " autofocus" if (name == "name") != bool(value) else ""
    return Markup(
        html=f'<input name="{name}" type="{kind}" value="{escape(value)}" autocomplete="{remembered}" '
        f'autocapitalize="none" spellcheck="false" required{focus}>',
        tag="span",
    )
