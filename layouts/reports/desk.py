"""The page of one report: choose, look at its pages, see what lacks, put words right, check, issue, take it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue.area import Area
from data.messages import t
from data.reports.change import Change
from data.reports.draft import Draft
from data.reports.finding import Lack, lacking
from data.reports.order import Order
from data.reports.period import EXAMPLES, ReportPeriod
from data.reports.record import Record
from layouts.format import finer, moment, phrase
from layouts.markup import Markup
from layouts.reports.asked import Asked, card
from layouts.reports.files import files
from layouts.reports.paragraphs import paragraphs
from layouts.reports.preview import BLANK, Preview, preview
from layouts.reports.shelf import history
from layouts.reports.standing import standing
from layouts.reports.words import owners, period_name, subject, until, why

LANGUAGE_NAMES = {"vi": "shell.vi", "en": "shell.en"}


@dataclass(frozen=True, slots=True)
class Desk:
    """All the page shows. ``made`` is None where nothing could be drafted, and ``refused`` says why.

    ``next`` is the period after this one, ``open`` while the data do not reach its end; ``bases`` are the words of the
    rules by slot, ``dropped`` slots whose words no longer hold. ``keeps`` says whether the reader may draft,
    ``approves`` issue, ``exports`` take files away; ``kinds`` are those there can be, ``orders`` what was asked for.
    """

    asked: Asked
    areas: Sequence[Area]
    made: Draft | None = None
    refused: str = ""
    pages: Preview = BLANK
    bases: Mapping[str, str] = field(default_factory=dict)
    dropped: Sequence[str] = ()
    record: Record | None = None
    changed: Sequence[Change] = ()
    records: Sequence[Record] = ()
    revised: Mapping[int, int] | None = None
    kinds: Sequence[str] = ()
    orders: Sequence[Order] = ()
    newer: bool = False
    next: ReportPeriod | None = None
    open: bool = False
    keeps: bool = False
    approves: bool = False
    exports: bool = False
    said: str = ""


def desk(shown: Desk, language: str) -> html.Div:
    """The whole page."""
    asked, made = shown.asked, shown.made
    name = asked.report.name.get(language)
    about = [html.P(subject(made, made.edition.language), className="reg-sum")] if made else []
    parts: list[Component] = [
        html.Header([html.H1(name), *about], className="reg-head"),
        Markup(html=_chooser(shown, language), className="reg-card rep-choose"),
    ]
    if shown.said:
        parts.append(html.P(t(language, f"reports.said.{shown.said}"), className="ws-said", role="status"))
    if made is None and shown.pages.making is not None:
        parts.append(preview(shown.pages, shown.exports, language))
    elif made is None:
        parts.append(html.P(shown.refused, className="reg-quiet", role="status"))
    else:
        pages = preview(shown.pages, shown.exports, language)
        parts.append(html.Div([pages, _side(shown, made, language)], className="rep-desk"))
    if shown.changed:
        parts.append(_changed(shown.changed, language))
    if shown.records:
        parts.append(history(shown.records, {asked.report.id: asked.report}, language, shown.revised))
    return html.Div(parts, className="reg reports")


def _side(shown: Desk, made: Draft, language: str) -> html.Div:
    asked, record = shown.asked, shown.record
    issuing = any(one.open and one.act == "issue" for one in shown.orders)
    drafting = shown.keeps and record is not None and record.standing == "draft"
    dropped = [record.edits[slot].text for slot in shown.dropped] if record else []
    return html.Div(
        [
            standing(asked, record, shown.newer, shown.keeps, shown.approves, issuing, language),
            files(asked, shown.kinds, shown.orders, record, shown.exports, drafting, made.id, language),
            _lacks(made, language),
            paragraphs(asked, shown.bases, made.edits, dropped, drafting, language),
        ],
        className="rep-side",
    )


def _chooser(shown: Desk, language: str) -> str:
    asked = shown.asked
    areas = "".join(
        f'<option value="{escape(area.id)}"{" selected" if area.id == asked.area else ""}>'
        f"{escape(area.name.get(language))}</option>"
        for area in shown.areas
    )
    spoken = "".join(
        f'<option value="{code}"{" selected" if code == asked.language else ""}>{escape(t(language, key))}</option>'
        for code, key in LANGUAGE_NAMES.items()
    )
    fields = (
        _field("period", f'<input name="period" required value="{escape(asked.period)}" maxlength="16" '
               f'placeholder="{EXAMPLES[asked.report.kind]}">', language),
        _field("area", f'<select name="area"><option value="">{escape(t(language, "reports.city"))}</option>{areas}'
               "</select>", language),
        _field("language", f'<select name="language">{spoken}</select>', language),
    )  # fmt: skip
    button = f'<button class="copy">{escape(t(language, "reports.show"))}</button>'
    form = f'<form method="get" action="/reports/{asked.report.id}" class="ws-form">{"".join(fields)}{button}</form>'
    return form + _following(shown, language)


def _following(shown: Desk, language: str) -> str:
    """The same report for the next period: drafted at once by who may, shown to everybody else; or when it can be."""
    if shown.next is None:
        return ""
    name = period_name(shown.next, language)
    if shown.open:
        said = t(language, "reports.next.open", period=name, until=until(shown.next.span.end, language))
        return f'<p class="reg-text">{escape(said)}</p>'
    there = shown.asked.of(shown.next.name)
    if shown.keeps:
        return there.act("draft", language, word="next", period=name)
    return f'<a href="{escape(there.href())}">{escape(t(language, "reports.act.next", period=name))}</a>'


def _field(name: str, control: str, language: str) -> str:
    return f"<label><span>{escape(t(language, f'reports.{name}'))}</span>{control}</label>"


def _lacks(made: Draft, language: str) -> html.Section:
    found = lacking(made)
    if not found:
        return card("lacks", [html.P(t(language, "reports.whole"), className="reg-quiet")], language)
    lines = [html.Li(_lack(one, language)) for one in found]
    return card("lacks", [html.Ul(lines, className="rep-lacks")], language)


def _lack(one: Lack, language: str) -> list[Component]:
    reminded = t(language, "reports.told", at=moment(language, one.told_at)) if one.told_at else ""
    told = [why(one, language), owners(one, language), reminded or t(language, "reports.untold")]
    kpi = one.result.kpi
    return [html.A(kpi.name.get(language), href=f"/kpi/{kpi.code}"), html.Small(" · ".join(told))]


def _changed(found: Sequence[Change], language: str) -> html.Section:
    heads = html.Thead(
        html.Tr(
            [
                html.Th(t(language, f"reports.{name}"), scope="col", className="" if name == "figure" else "is-number")
                for name in ("figure", "then", "now")
            ]
        )
    )
    rows = [html.Tr(_change(one, language)) for one in found]
    return card("changed", [html.Table([heads, html.Tbody(rows)], className="reg-table")], language)


def _change(one: Change, language: str) -> list[html.Td]:
    kpi, numbers = one.then.kpi, (one.then.value.number, one.now.value.number)
    told = [html.Td(phrase(language, finer(kpi, *numbers), number), className="is-number") for number in numbers]
    return [html.Td(html.A(kpi.name.get(language), href=f"/kpi/{kpi.code}")), *told]
