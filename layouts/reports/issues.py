"""Issues: two papers of a report side by side, figure by figure and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue.kpi import Kpi
from data.catalogue.report import Report
from data.messages import t
from data.reports.pairs import Pair
from data.reports.record import Record
from layouts.documents.blocks import Paper, Paragraph
from layouts.format import difference, finer, moment, phrase, signed
from layouts.markup import Markup
from layouts.reports.asked import card
from layouts.reports.preview import BLANK, Preview, preview
from layouts.reports.words import period_of

WORDS = re.compile(r"\s+|[^\s]+")
NONE = "–"


@dataclass(frozen=True, slots=True)
class Issues:
    """All the page shows: ``records`` to choose from, the two chosen, their figures and papers; or why not."""

    report: Report
    records: Sequence[Record]
    old: Record | None
    new: Record | None
    figures: Sequence[Pair] = ()
    before: Paper | None = None
    after: Paper | None = None
    refused: str = ""
    pages: Preview = BLANK


def issues(shown: Issues, language: str) -> html.Div:
    """The whole page."""
    title = t(language, "reports.compare.title", report=shown.report.name.get(language))
    head = html.Header([html.H1(title)], className="reg-head")
    parts: list[Component] = [head, Markup(html=_chooser(shown, language), className="reg-card rep-choose")]
    if shown.pages.making is not None:
        parts.append(preview(shown.pages, False, language))
        return html.Div(parts, className="reg reports")
    if shown.refused or shown.before is None or shown.after is None:
        parts.append(html.P(shown.refused or t(language, "reports.compare.few"), className="reg-quiet", role="status"))
        return html.Div(parts, className="reg reports")
    parts += [_figures(shown.figures, language), _texts(shown.before, shown.after, language)]
    return html.Div(parts, className="reg reports")


def words(old: str, new: str) -> str:
    """A text with what went struck and what came marked, as markup."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = escape("".join(before[a:b])), escape("".join(after[c:d]))
        if kind == "equal":
            parts.append(come)
        else:
            parts += [f"<del>{gone}</del>"] if gone else []
            parts += [f"<ins>{come}</ins>"] if come else []
    return "".join(parts)


def _chooser(shown: Issues, language: str) -> str:
    fields = "".join(_select(name, shown, language) for name in ("old", "new"))
    button = f'<button class="copy">{escape(t(language, "reports.show"))}</button>'
    return (
        f'<form method="get" action="/reports/{shown.report.id}/compare" class="ws-form">{fields}{button}'
        f'<a href="/reports/{shown.report.id}">{escape(t(language, "reports.compare.back"))}</a></form>'
    )


def _select(name: str, shown: Issues, language: str) -> str:
    chosen = shown.old if name == "old" else shown.new
    options = "".join(
        f'<option value="{one.id}"{" selected" if chosen and one.id == chosen.id else ""}>'
        f"{escape(_named(shown.report, one, language))}</option>"
        for one in shown.records
    )
    said = escape(t(language, f"reports.compare.{name}"))
    return f'<label><span>{said}</span><select name="{name}">{options}</select></label>'


def _named(report: Report, record: Record, language: str) -> str:
    signed = record.issued or record.checked or record.made
    standing = t(language, f"reports.standing.{record.standing}")
    period = period_of(report, record.period, language)
    return f"{period} · {record.language} · {standing} · {moment(language, signed.at, year=True)}"


def _figures(found: Sequence[Pair], language: str) -> html.Section:
    moved = [one for one in found if not one.same]
    said = html.P(t(language, "reports.compare.count", moved=len(moved), total=len(found)), className="reg-text")
    names = ("figure", "compare.old", "compare.new", "compare.moved")
    heads = html.Thead(
        html.Tr(
            [
                html.Th(t(language, f"reports.{name}"), scope="col", className="" if place == 0 else "is-number")
                for place, name in enumerate(names)
            ]
        )
    )
    rows = [html.Tr(_figure(one, language)) for one in moved]
    table = html.Table([heads, html.Tbody(rows)], className="reg-table")
    return card("compare.figures", [said, *([table] if rows else [])], language)


def _figure(one: Pair, language: str) -> list[html.Td]:
    old, new = (None if held is None else held.value.number for held in (one.old, one.new))
    kpi = finer(one.kpi, old, new)
    numbers = [
        NONE if held is None else phrase(language, kpi, number) for held, number in ((one.old, old), (one.new, new))
    ]
    moved = NONE if old is None or new is None else _moved(kpi, difference(kpi, new, old), language)
    name = html.Td(html.A(kpi.name.get(language), href=f"/kpi/{kpi.code}"))
    return [name, *(html.Td(told, className="is-number") for told in (*numbers, moved))]


def _moved(kpi: Kpi, moved: Decimal, language: str) -> str:
    """A difference in the unit of the numbers; points for a percent."""
    number = signed(language, moved, kpi.decimals)
    if kpi.unit == "percent":
        return t(language, "format.points", number=number)
    return t(language, "format.unit", number=number, unit=kpi.unit.get(language))


def _texts(before: Paper, after: Paper, language: str) -> html.Section:
    lines = list(_changed(before, after))
    if not lines:
        return card("compare.words", [html.P(t(language, "reports.compare.same"), className="reg-quiet")], language)
    return card("compare.words", [Markup(html="".join(lines), className="rep-words rep-diff")], language)


def _changed(before: Paper, after: Paper) -> Iterator[str]:
    """Every paragraph that says something else, by its slot; what only one has is gone, or came, whole."""
    old, new = ({b.slot: b.text for b in p.blocks if isinstance(b, Paragraph) and b.slot} for p in (before, after))
    for slot in dict.fromkeys((*new, *old)):
        if old.get(slot) != new.get(slot):
            yield f"<p>{words(old.get(slot, ''), new.get(slot, ''))}</p>"
