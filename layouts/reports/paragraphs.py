"""Paragraphs: the words of the rules, each to be put right by hand while the paper is a draft."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dash import html
from dash.development.base_component import Component

from data.messages import t
from layouts.documents.blocks import Paragraph
from layouts.markup import Markup
from layouts.reports.asked import Asked, card


def paragraphs(
    asked: Asked, found: Sequence[Paragraph], dropped: Sequence[str], open_: bool, language: str
) -> html.Section:
    """Every paragraph; ``dropped`` are slots whose words no longer hold."""
    lines: list[Component] = [] if open_ else [html.P(t(language, "reports.words.closed"), className="reg-text")]
    if dropped:
        lines.append(html.P(t(language, "reports.dropped", slots=", ".join(dropped)), className="src-error"))
    lines += [Markup(html=_line(asked, block, open_, language), className="rep-words") for block in found]
    return card("words", lines, language)


def _line(asked: Asked, block: Paragraph, open_: bool, language: str) -> str:
    mark = f"<mark>{escape(t(language, 'reports.edited'))}</mark> " if block.edited else ""
    if not open_:
        return f"<p>{mark}{escape(block.text)}</p>"
    area = (
        f'<input type="hidden" name="slot" value="{escape(block.slot)}">'
        f'<textarea name="text" rows="4" maxlength="10000" aria-label="{escape(t(language, "reports.words"))}">'
        f"{escape(block.text)}</textarea>"
    )
    form = asked.act("edit", language, area)
    return f"<details><summary>{mark}{escape(block.text)}</summary>{form}</details>"
