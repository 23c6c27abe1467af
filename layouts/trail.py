"""The audit trail: who did what, when and from where, found by who, act, days and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlencode

from dash import html

from data.messages import t
from layouts.format import moment, number
from layouts.icons import icon
from layouts.markup import Markup

FIELDS = ("who", "act", "since", "until", "text")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown."""

    number: int
    at: datetime
    who: str
    address: str
    act: str
    subject: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: words as they stand in it, and the page from 1."""

    words: tuple[tuple[str, str], ...]
    page: int = 1

    def href(self, path: str, page: int | None = None) -> str:
        """The same question of another page, or of the file."""
        asked = [*self.words, *([("page", str(page))] if page else [])]
        return f"{path}?{urlencode(asked)}" if asked else path


def trail(
    lines: Sequence[Line], total: int, each: int, asked: Asked, acts: Sequence[str], broken: int | None, language: str
) -> html.Div:
    """The page: ``lines`` of ``total`` entries, ``each`` a page. ``broken`` is the first that was changed."""
    head = html.Header(
        [
            html.H1(t(language, "trail.title")),
            html.P(t(language, "trail.count", n=number(language, total)), className="reg-sum", role="status"),
            html.P(t(language, "trail.text"), className="reg-text"),
        ],
        className="reg-head",
    )
    whole = "trail.whole" if broken is None else "trail.broken"
    mark = html.P(
        [icon("ok" if broken is None else "alert"), t(language, whole, n=broken)],
        className="trail-whole" if broken is None else "trail-broken",
    )
    body = [_table(lines, language)] if lines else [html.P(t(language, "trail.nothing"), className="reg-quiet")]
    foot = [*_pager(total, each, asked, language), html.A(t(language, "trail.file"), href=asked.href("/audit.csv"))]
    card = html.Section([*body, html.Footer(foot, className="trail-foot")], className="reg-card")
    return html.Div([head, mark, _form(asked, acts, language), card], className="reg trail")


def _form(asked: Asked, acts: Sequence[str], language: str) -> Markup:
    held = dict(asked.words)

    def field(name: str, kind: str) -> str:
        value = escape(held.get(name, ""))
        label = escape(t(language, "trail.words" if name == "text" else f"trail.{name}"))
        return f'<label><span>{label}</span><input type="{kind}" name="{name}" value="{value}"></label>'

    options = "".join(
        f'<option value="{escape(act)}"{" selected" if held.get("act") == act else ""}>'
        f"{escape(t(language, f'trail.act.{act}') if act else t(language, 'trail.every'))}</option>"
        for act in ("", *acts)
    )
    chosen = f'<label><span>{escape(t(language, "trail.act"))}</span><select name="act">{options}</select></label>'
    fields = field("who", "text") + chosen + field("since", "date") + field("until", "date") + field("text", "search")
    send = f'<button type="submit" class="copy">{escape(t(language, "trail.find"))}</button>'
    clear = f'<a href="/audit">{escape(t(language, "trail.clear"))}</a>' if asked.words else ""
    return Markup(html=f'<form method="get" action="/audit" class="trail-form">{fields}{send}{clear}</form>')


def _table(lines: Sequence[Line], language: str) -> html.Div:
    names = ("number", "at", "who", "act", "subject", "outcome", "address")
    heads = html.Thead(
        html.Tr([html.Th(t(language, f"trail.{name}"), scope="col", className=f"trail-{name}") for name in names])
    )
    table = html.Table([heads, html.Tbody([_line(line, language) for line in lines])], className="reg-table")
    return html.Div(table, className="trail-scroll", tabIndex="0")


def _line(line: Line, language: str) -> html.Tr:
    said = " · ".join(text for text in (line.subject, line.detail) if text)
    cells = [
        html.Td(number(language, line.number), className="is-number"),
        html.Td(moment(language, line.at, year=True), className="is-time"),
        html.Td(line.who),
        html.Td(t(language, f"trail.act.{line.act}")),
        html.Td(said, className="is-file"),
        html.Td(t(language, f"trail.outcome.{line.outcome}")),
        html.Td(line.address),
    ]
    return html.Tr(cells, **{"data-outcome": line.outcome})


def _pager(total: int, each: int, asked: Asked, language: str) -> list:
    last = max(1, -(-total // each))
    if last == 1:
        return []
    here = html.Span(t(language, "trail.page", page=asked.page, last=last))
    newer = [html.A(t(language, "trail.newer"), href=asked.href("/audit", asked.page - 1))] if asked.page > 1 else []
    older = [html.A(t(language, "trail.older"), href=asked.href("/audit", asked.page + 1))] if asked.page < last else []
    return [*newer, here, *older]
