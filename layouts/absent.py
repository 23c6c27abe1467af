"""Pages for when there is nothing to show: an unknown address, one that needs a sign-in, a store still being built."""

from __future__ import annotations

from dash import html

from data.messages import t


def page(language: str) -> html.Div:
    """An address that leads nowhere, and the way back."""
    return _away(t(language, "absent.title"), t(language, "absent.text"), language)


def closed(language: str) -> html.Div:
    """A page of somebody who is signed in, where nobody can be."""
    return _away(t(language, "absent.closed"), t(language, "absent.closed_text"), language)


def _away(title: str, text: str, language: str) -> html.Div:
    home = html.A(t(language, "absent.home"), href="/", className="absent-link")
    return html.Div([html.H1(title), html.P(text), home], className="absent")


def waiting(language: str) -> html.Div:
    """No snapshot has been published yet; the page fills itself when one is."""
    return html.Div(
        [html.H1(t(language, "absent.waiting")), html.P(t(language, "absent.waiting_text"))],
        className="absent",
        **{"aria-busy": "true"},
    )
