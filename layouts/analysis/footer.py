"""The bar at the bottom: how fast, how new, which snapshot, which address; and the keys."""

from __future__ import annotations

from html import escape

from dash import html

from data.kpis.result import KpiResult, Mark
from data.messages import t
from data.remarks.remark import BLANK, Notebook
from layouts import format
from layouts.markup import Markup
from layouts.view import View

KEYS = (
    ("[ ]", "period"),
    ("G", "grain"),
    ("C", "compare"),
    ("W", "why"),
    ("S", "figure"),
    ("B", "beside"),
    ("T", "table"),
    ("Enter", "walk"),
    ("E", "export"),
    ("F", "filter"),
    ("N", "remark"),
    ("K", "keep"),
    ("Z", "undo"),
    ("Shift Z", "redo"),
    ("?", "help"),
    ("Esc", "escape"),
)
SAID = frozenset(Mark) - {Mark.OFFICIAL}
SHOWN = ("F", "Z", "T", "C")


def footer(result: KpiResult, view: View, language: str, took: float | None) -> html.Footer:
    """Status of the answer; ``took`` is how long the question took, in milliseconds."""
    stamp = result.stamp
    told = [html.Span(t(language, "analysis.took", ms=format.number(language, took)))] if took is not None else []
    if stamp.as_of:
        told.append(html.Span(t(language, "analysis.as_of", at=format.moment(language, stamp.as_of, year=True))))
    key = "analysis.recomputed" if stamp.recomputed else "analysis.snapshot"
    told.append(_pin(t(language, key, number=stamp.snapshot), stamp.snapshot, view, language))
    told += [
        html.Span(t(language, f"tile.{mark.value}"), className="an-mark")
        for mark in Mark
        if mark in result.marks & SAID
    ]
    told.append(html.Code(view.href, className="an-url", title=view.href))
    keys = [
        html.Span([html.Kbd(key), t(language, f"analysis.key.{name}")], className="an-key")
        for key, name in KEYS
        if key in SHOWN
    ]
    label = t(language, "analysis.key.help")
    more = html.Button([html.Kbd("?"), label], type="button", className="an-key an-help-open", **{"data-act": "help"})
    return html.Footer([*told, html.Span(className="an-space"), *keys, more], className="an-footer")


def _pin(said: str, snapshot: int, view: View, language: str) -> html.A:
    """The snapshot, a link to the same view that stays with it, or that follows the newest again."""
    held = view.snapshot is not None
    act = t(language, "analysis.unpin" if held else "analysis.pin")
    wired = {"aria-current": "true"} if held else {}
    return html.A(
        f"{said} · {t(language, 'analysis.pinned')}" if held else said, className="an-pin", title=act,
        href=view.with_(snapshot=None if held else snapshot).href, **wired,
    )  # fmt: skip


def overlay(language: str, notebook: Notebook = BLANK) -> Markup:
    """The keys there is something behind, in a native dialog that Esc closes."""
    idle = {name for name, used in (("remark", notebook.audiences), ("keep", notebook.keeps)) if not used}
    rows = "".join(
        f"<div><dt>{''.join(f'<kbd>{escape(part)}</kbd>' for part in key.split(' '))}</dt>"
        f"<dd>{escape(t(language, f'analysis.key.{name}.long'))}</dd></div>"
        for key, name in KEYS
        if name not in idle
    )
    title, close = escape(t(language, "analysis.help")), escape(t(language, "analysis.help.close"))
    return Markup(
        html=f'<dialog class="an-help" aria-label="{title}"><h2>{title}</h2><dl>{rows}</dl>'
        f'<form method="dialog"><button class="an-button">{close}</button></form></dialog>',
        className="an-help-box",
    )
