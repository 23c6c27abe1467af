"""Paragraphs: the words of the rules, all to be put right by hand in one form while the paper is a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from html import escape

from dash import html
from dash.development.base_component import Component

from data.messages import t
from layouts.markup import Markup
from layouts.reports.asked import WORDS, Asked, card


def paragraphs(
    asked: Asked, bases: Mapping[str, str], edits: Mapping[str, str], dropped: Sequence[str], open_: bool, language: str
) -> html.Section:
    """Every paragraph of the rules by slot, with staff's words over it; ``dropped`` are words that no longer hold."""
    how = t(language, f"reports.words.{'open' if open_ else 'closed'}")
    lines: list[Component] = [html.P(how, className="reg-text")]
    if dropped:
        lines.append(html.P(t(language, "reports.dropped"), className="src-error"))
        told = [html.Li(text or t(language, "reports.left_out")) for text in dropped]
        lines.append(html.Ul(told, className="rep-lacks"))
    made = "".join(_line(slot, base, edits.get(slot), open_, language) for slot, base in bases.items())
    if open_:
        save = f'<p><button class="copy">{escape(t(language, "reports.act.edit"))}</button></p>'
        made = asked.form("edit", made + save, WORDS)
    return card("words", [*lines, Markup(html=made, className="rep-words")], language)


def mark(text: str) -> str:
    """By what a text is known to be the one that was shown."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def _line(slot: str, base: str, edit: str | None, open_: bool, language: str) -> str:
    text = base if edit is None else edit
    said = told = escape(text)
    if edit is not None:
        key, told = ("edited", said) if edit else ("left_out", f"<s>{escape(base)}</s>")
        told = f"<mark>{escape(t(language, f'reports.{key}'))}</mark> {told}"
    if not open_:
        return f"<p>{told}</p>"
    name, label = escape(slot), escape(t(language, "reports.words"))
    back = f'<button class="copy" name="back" value="{name}">{escape(t(language, "reports.act.back"))}</button>'
    return (
        f'<details><summary>{told}</summary><input type="hidden" name="shown.{name}" value="{mark(text)}">'
        f'<textarea name="text.{name}" rows="4" maxlength="10000" aria-label="{label}">{said}</textarea>'
        f"{'' if edit is None else back}</details>"
    )
