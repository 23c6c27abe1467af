"""Marks to pick: a press filters to one, with Shift it joins those picked, again it goes; nothing else is asked."""

from __future__ import annotations

from html import escape

from data.messages import t
from layouts.view import View, escaped


def link(view: View, name: str, key: str, label: str, language: str) -> str:
    """Attributes of a link that picks value ``key`` of dimension ``name``; ``assets/analysis.js`` hears of Shift."""
    here = key in view.chosen(name)
    act = t(language, "analysis.drop" if here else "analysis.filter", filter=label)
    current = ' aria-current="true"' if here else ""
    there = view.picked(name, key).href
    return f'href="{escape(there)}" title="{escape(act)}"{current} data-pick="{escape(pick(name, key))}"'


def pick(name: str, key: str) -> str:
    """A value of a dimension as the address says it."""
    return f"{name}:{escaped(key)}"
