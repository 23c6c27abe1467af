"""The page of one report: choose, look at its pages, see what lacks, put words right, check, issue, take it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.area import Area
from data.catalogue.report import Report
from data.messages import t
from data.reports.change import Change
from data.reports.draft import Draft
from data.reports.finding import Lack, lacking
from data.reports.period import EXAMPLES
from data.reports.record import Record, Signed
from layouts.documents.blocks import Paragraph
from layouts.format import moment, phrase
from layouts.markup import Markup
from layouts.reports.rendering import KINDS
from layouts.reports.shelf import history
from layouts.reports.words import owners, subject, why

LANGUAGE_NAMES = {"vi": "shell.vi", "en": "shell.en"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: spelt as it was, whether or not there is such a period."""

    report: Report
    period: str
    area: str = ""
    language: str = "vi"

    def href(self, kind: str = "", **more: object) -> str:
        """The same edition at another address: of the page, a file, or a picture of a page."""
        told = {"period": self.period, "area": self.area, "language": self.language} | more
        return f"/reports/{self.report.id}{kind}?{urlencode({k: v for k, v in told.items() if v})}"


@dataclass(frozen=True, slots=True)
class Desk:
    """All the page shows. ``made`` is None where nothing could be drafted, and ``refused`` says why.

    ``dropped`` are slots whose words no longer hold. ``keeps`` says whether the reader may draft, ``approves`` issue.
    """

    asked: Asked
    areas: Sequence[Area]
    made: Draft | None = None
    refused: str = ""
    pages: int = 0
    paragraphs: Sequence[Paragraph] = ()
    dropped: Sequence[str] = ()
    record: Record | None = None
    changed: Sequence[Change] = ()
    records: Sequence[Record] = ()
    newer: bool = False
    next: str = ""
    keeps: bool = False
    approves: bool = False
    said: str = ""
    names: dict[str, str] = field(default_factory=dict)


def desk(shown: Desk, language: str) -> html.Div:
    """The whole page."""
    report, made = shown.asked.report, shown.made
    head = html.Header([html.H1(report.name.get(language)), *_subject(shown)], className="reg-head")
    parts: list[Component] = [head, Markup(html=_chooser(shown, language), className="reg-card rep-choose")]
    if shown.said:
        parts.append(html.P(t(language, f"reports.said.{shown.said}"), className="ws-said", role="status"))
    if made is None:
        parts.append(html.P(shown.refused, className="reg-quiet", role="status"))
    else:
        side = [_standing(shown, language), _files(shown, language), _lacks(made, language), _words(shown, language)]
        parts.append(html.Div([_preview(shown, language), html.Div(side, className="rep-side")], className="rep-desk"))
    if shown.changed:
        parts.append(_changed(shown.changed, language))
    if shown.records:
        parts.append(history(shown.records, shown.names, language))
    return html.Div(parts, className="reg reports")


def _subject(shown: Desk) -> list[Component]:
    made = shown.made
    if made is None:
        return []
    language = made.edition.language
    return [html.P(subject(made, language), className="reg-sum")]


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
    following = ""
    if shown.next:
        href = Asked(asked.report, shown.next, asked.area, asked.language).href()
        following = f'<a href="{escape(href)}">{escape(t(language, "reports.next", period=shown.next))}</a>'
    button = f'<button class="copy">{escape(t(language, "reports.show"))}</button>'
    body = f"{''.join(fields)}{button}{following}"
    return f'<form method="get" action="/reports/{asked.report.id}" class="ws-form">{body}</form>'


def _field(name: str, control: str, language: str) -> str:
    return f"<label><span>{escape(t(language, f'reports.{name}'))}</span>{control}</label>"


def _standing(shown: Desk, language: str) -> html.Section:
    record = shown.record
    now = record.standing if record else "none"
    steps = [html.Li(_step(name, record, language), **_reached(name, record)) for name in ("made", "checked", "issued")]
    acts = {"none": ["draft"], "draft": ["check"], "checked": ["reopen", "issue"], "issued": ["draft"]}[now]
    if now == "draft" and shown.newer:
        acts = ["renew", *acts]
    may = [act for act in acts if shown.approves or (shown.keeps and act not in ("check", "issue"))]
    word = "anew" if now == "issued" else ""
    forms = "".join(_act(shown.asked, act, language, word=word) for act in may if shown.keeps)
    body: list[Component] = [html.Ol(steps, className="rep-steps")]
    if shown.newer and now == "draft":
        body.append(html.P(t(language, "reports.newer"), className="reg-text"))
    if forms:
        body.append(Markup(html=forms, className="ws-acts"))
    return _card("standing", body, language)


def _step(name: str, record: Record | None, language: str) -> list[Component]:
    signed: Signed | None = getattr(record, name) if record else None
    told = t(language, "reports.signed", by=signed.by, at=moment(language, signed.at, year=True)) if signed else "–"
    return [html.B(t(language, f"reports.step.{name}")), html.Small(told)]


def _reached(name: str, record: Record | None) -> dict[str, str]:
    return {"data-done": "true"} if record and getattr(record, name) else {}


def _act(asked: Asked, act: str, language: str, inside: str = "", word: str = "") -> str:
    held = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (("period", asked.period), ("area", asked.area), ("language", asked.language))
    )
    button = f'<button class="copy">{escape(t(language, f"reports.act.{word or act}"))}</button>'
    return f'<form method="post" action="/reports/{asked.report.id}/{act}">{held}{inside}{button}</form>'


def _files(shown: Desk, language: str) -> html.Section:
    record = shown.record
    issued = record is not None and record.standing == "issued"
    kinds = [kind for kind in KINDS if not issued or (record and kind in record.files)]
    links = [
        html.Li(
            html.A(
                kind.upper(), href=f"/papers/{record.id}.{kind}" if issued and record else shown.asked.href(f".{kind}")
            )
        )
        for kind in kinds
    ]
    text = t(language, "reports.files.issued" if issued else "reports.files.draft")
    return _card("files", [html.P(text, className="reg-text"), html.Ul(links, className="src-boards")], language)


def _lacks(made: Draft, language: str) -> html.Section:
    found = lacking(made)
    if not found:
        return _card("lacks", [html.P(t(language, "reports.whole"), className="reg-quiet")], language)
    lines = [html.Li(_lack(one, language)) for one in found]
    return _card("lacks", [html.Ul(lines, className="rep-lacks")], language)


def _lack(one: Lack, language: str) -> list[Component]:
    told = [why(one, language), owners(one, language)]
    if one.told_at:
        told.append(f"{t(language, 'report.column.told')} {moment(language, one.told_at)}")
    kpi = one.result.kpi
    return [dcc.Link(kpi.name.get(language), href=f"/kpi/{kpi.code}"), html.Small(" · ".join(told))]


def _words(shown: Desk, language: str) -> html.Section:
    """Every paragraph of the rules, each to be put right while it is a draft."""
    open_ = shown.keeps and shown.record is not None and shown.record.standing == "draft"
    lines: list[Component] = []
    if shown.dropped:
        lines.append(html.P(t(language, "reports.dropped", slots=", ".join(shown.dropped)), className="src-error"))
    for block in shown.paragraphs:
        mark = f"<mark>{escape(t(language, 'reports.edited'))}</mark> " if block.edited else ""
        if not open_:
            lines.append(Markup(html=f"<p>{mark}{escape(block.text)}</p>", className="rep-words"))
            continue
        area = (
            f'<input type="hidden" name="slot" value="{escape(block.slot)}">'
            f'<textarea name="text" rows="4" maxlength="10000" aria-label="{escape(t(language, "reports.words"))}">'
            f"{escape(block.text)}</textarea>"
        )
        form = _act(shown.asked, "edit", language, area)
        lines.append(
            Markup(
                html=f"<details><summary>{mark}{escape(block.text)}</summary>{form}</details>", className="rep-words"
            )
        )
    hint = [] if open_ else [html.P(t(language, "reports.words.closed"), className="reg-text")]
    return _card("words", [*hint, *lines], language)


def _preview(shown: Desk, language: str) -> Markup:
    name, pages = shown.made.id if shown.made else "", range(1, shown.pages + 1)
    drawn = "".join(
        f'<img src="{escape(shown.asked.href(f"/pages/{place}.png", of=name))}" loading="lazy" width="794" '
        f'height="1123" class="rep-page" alt="{escape(t(language, "reports.page", page=place, pages=shown.pages))}">'
        for place in pages
    )
    said = escape(t(language, "reports.preview"))
    return Markup(html=f'<section class="rep-pages" aria-label="{said}" tabindex="0">{drawn}</section>')


def _changed(found: Sequence[Change], language: str) -> html.Section:
    heads = html.Thead(
        html.Tr([html.Th(t(language, f"reports.{name}"), scope="col") for name in ("figure", "then", "now")])
    )
    rows = [
        html.Tr([
            html.Td(dcc.Link(one.then.kpi.name.get(language), href=f"/kpi/{one.then.kpi.code}")),
            html.Td(phrase(language, one.then.kpi, one.then.value.number), className="is-number"),
            html.Td(phrase(language, one.now.kpi, one.now.value.number), className="is-number"),
        ])
        for one in found
    ]  # fmt: skip
    return _card("changed", [html.Table([heads, html.Tbody(rows)], className="reg-table")], language)


def _card(name: str, body: list[Component], language: str) -> html.Section:
    return html.Section([html.Header(html.H2(t(language, f"reports.{name}"))), *body], className="reg-card")
