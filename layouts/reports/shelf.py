"""The shelf: every report of the city with its newest period, and the papers there have been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.report import Report
from data.messages import t
from data.reports.period import ReportPeriod
from data.reports.record import Record
from layouts.format import moment
from layouts.icons import icon
from layouts.markup import Markup
from layouts.reports.words import period_name


def shelf(
    reports: Sequence[tuple[Report, ReportPeriod]], records: Sequence[Record], words: str, kept: bool, language: str
) -> html.Div:
    """The page: ``reports`` with the newest period that is over; ``records`` found by ``words`` where any are kept."""
    head = html.Header(
        [html.H1(t(language, "reports.title")), html.P(t(language, "reports.text"), className="reg-text")],
        className="reg-head",
    )
    cards = html.Ul([_report(*one, language) for one in reports], className="rep-shelf")
    empty = [] if reports else [html.P(t(language, "reports.nothing"), className="reg-quiet")]
    names = {report.id: report.name.get(language) for report, _ in reports}
    past = [Markup(html=_find(words, language)), history(records, names, language)] if kept else []
    return html.Div([head, cards, *empty, *past], className="reg reports")


def history(records: Sequence[Record], names: Mapping[str, str], language: str) -> html.Section:
    """Papers as lines, the newest first."""
    title = html.Header(html.H2(t(language, "reports.history")))
    if not records:
        none = html.P(t(language, "reports.history.none"), className="reg-quiet")
        return html.Section([title, none], className="reg-card")
    columns = ("report", "period", "standing", "by", "files")
    heads = html.Thead(html.Tr([html.Th(t(language, f"reports.column.{name}"), scope="col") for name in columns]))
    table = html.Table([heads, html.Tbody([_line(one, names, language) for one in records])], className="reg-table")
    return html.Section([title, html.Div(table, className="trail-scroll", tabIndex="0")], className="reg-card")


def _report(report: Report, period: ReportPeriod, language: str) -> html.Li:
    link = dcc.Link(
        [icon("file"), html.Span([html.B(report.name.get(language)), html.Small(period_name(period, language))])],
        href=f"/reports/{report.id}?period={period.name}",
    )
    return html.Li(link)


def _line(record: Record, names: Mapping[str, str], language: str) -> html.Tr:
    signed = record.issued or record.checked or record.made
    area = f"&area={record.area}" if record.area else ""
    href = f"/reports/{record.report}?period={record.period}{area}&language={record.language}"
    files: list[Component] = [html.A(kind.upper(), href=f"/papers/{record.id}.{kind}") for kind in record.files]
    return html.Tr([
        html.Td(dcc.Link(names.get(record.report, record.report), href=href)),
        html.Td(record.period, className="is-time"),
        html.Td(t(language, f"reports.standing.{record.standing}")),
        html.Td(t(language, "reports.signed", by=signed.by, at=moment(language, signed.at, year=True))),
        html.Td(files, className="rep-links"),
    ])  # fmt: skip


def _find(words: str, language: str) -> str:
    said = escape(t(language, "reports.find"))
    return (
        f'<form method="get" action="/reports" class="ws-form" role="search"><label><span>{said}</span>'
        f'<input type="search" name="q" value="{escape(words)}" maxlength="100"></label>'
        f'<button class="copy">{said}</button></form>'
    )
