"""Marks to pick: a press filters to one, with Shift it joins those picked, again it goes; nothing else is asked."""

from __future__ import annotations

from html import escape

from dash import html

from data.messages import t
from layouts.view import View, escaped


def link(view: View, name: str, key: str, label: str, language: str) -> str:
    """Attributes of a link that picks value ``key`` of dimension ``name``; ``assets/analysis.js`` hears of Shift."""
    return " ".join(f'{word}="{escape(value)}"' for word, value in _wired(view, name, key, label, language).items())


def named(view: View, name: str, key: str, label: str, language: str) -> html.A:
    """The same link as the name of a line in a table."""
    return html.A(label, **_wired(view, name, key, label, language))


def _wired(view: View, name: str, key: str, label: str, language: str) -> dict[str, str]:
    here = key in view.chosen(name)
    act = t(language, "analysis.drop" if here else "analysis.filter", filter=label)
    current = {"aria-current": "true"} if here else {}
    return {"href": view.picked(name, key).href, "title": act, **current, "data-pick": pick(name, key)}


def pick(name: str, key: str) -> str:
    """A value of a dimension as the address says it."""
    return f"{name}:{escaped(key)}"
