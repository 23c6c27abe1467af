"""The shelf: every report of the city with its newest period, and the papers there have been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from dash import html
from dash.development.base_component import Component

from data.catalogue.report import Report
from data.messages import t
from data.reports.order import Order
from data.reports.period import ReportPeriod
from data.reports.record import Record
from layouts.format import moment
from layouts.icons import icon
from layouts.markup import Markup
from layouts.reports.files import fault
from layouts.reports.who import told
from layouts.reports.words import period_name, period_of


@dataclass(frozen=True, slots=True)
class Run:
    """When a report is made by itself next, and what became of the last time; None where it never was."""

    next: datetime
    last: Order | None


def shelf(
    reports: Sequence[tuple[Report, ReportPeriod]],
    runs: Mapping[str, Run],
    records: Sequence[Record],
    words: str,
    kept: bool,
    language: str,
    revised: Mapping[int, int] | None = None,
) -> html.Div:
    """The page: ``reports`` with the newest period that is over; ``records`` found by ``words`` where any are kept.

    ``runs`` are by report, of those that are made by themselves; ``revised`` counts by paper the loads that changed its
    period since it was issued.
    """
    head = html.Header(
        [html.H1(t(language, "reports.title")), html.P(t(language, "reports.text"), className="reg-text")],
        className="reg-head",
    )
    cards = html.Ul([_report(*one, runs.get(one[0].id), language) for one in reports], className="rep-shelf")
    empty = [] if reports else [html.P(t(language, "reports.nothing"), className="reg-quiet")]
    known = {report.id: report for report, _ in reports}
    past = [Markup(html=_find(words, language)), history(records, known, language, revised)] if kept else []
    return html.Div([head, cards, *empty, *past], className="reg reports")


def history(
    records: Sequence[Record], known: Mapping[str, Report], language: str, revised: Mapping[int, int] | None = None
) -> html.Section:
    """Papers as lines, the newest first."""
    title = html.Header(html.H2(t(language, "reports.history")))
    if not records:
        none = html.P(t(language, "reports.history.none"), className="reg-quiet")
        return html.Section([title, none], className="reg-card")
    columns = ("report", "period", "standing", "by", "files")
    heads = html.Thead(html.Tr([html.Th(t(language, f"reports.column.{name}"), scope="col") for name in columns]))
    table = html.Table(
        [
            heads,
            html.Tbody([_line(one, known[one.report], (revised or {}).get(one.id, 0), language) for one in records]),
        ],
        className="reg-table",
    )
    return html.Section([title, html.Div(table, className="trail-scroll", tabIndex="0")], className="reg-card")


def _report(report: Report, period: ReportPeriod, run: Run | None, language: str) -> html.Li:
    link = html.A(
        [icon("file"), html.Span([html.B(report.name.get(language)), html.Small(period_name(period, language))])],
        href=f"/reports/{report.id}?period={period.name}",
    )
    return html.Li([link, *([] if run is None else _run(report, run, language))])


def _run(report: Report, run: Run, language: str) -> list[Component]:
    """When it comes by itself next, and what became of the last time, a failure with its reason."""
    key = "reports.run.during" if report.schedule and report.schedule.during else "reports.run.next"
    following = t(language, key, at=moment(language, run.next, year=True))
    lines: list[Component] = [html.Small(following, className="rep-run")]
    last = run.last
    if last is not None:
        at, why = moment(language, last.ended_at or last.not_before), fault(last, language)
        key = "later" if last.standing == "waiting" and why else last.standing
        said = t(language, f"reports.run.{key}", period=period_of(report, last.period, language), at=at, why=why)
        there = f"/reports/{report.id}?period={last.period}"
        lines.append(html.A(said, href=there, className=f"rep-run is-{'failed' if why else last.standing}"))
    return lines


def _line(record: Record, report: Report, revised: int, language: str) -> html.Tr:
    signed = record.issued or record.checked or record.made
    area = f"&area={record.area}" if record.area else ""
    href = f"/reports/{record.report}?period={record.period}{area}&language={record.language}"
    files: list[Component] = [html.A(kind.upper(), href=f"/papers/{record.id}.{kind}") for kind in record.files]
    standing: list[Component] = [html.Span(t(language, f"reports.standing.{record.standing}"))]
    if record.deviations:
        said = t(language, "reports.deviations", count=len(record.deviations))
        standing.append(html.Span(said, className="rep-deviates", title=", ".join(record.deviations)))
    if revised:
        standing.append(html.Span(t(language, "reports.revised", count=revised), className="rep-deviates"))
    beside = html.A(
        t(language, "reports.compare"), href=f"/reports/{record.report}/compare?new={record.id}", className="rep-beside"
    )
    return html.Tr([
        html.Td(html.A(report.name.get(language), href=href)),
        html.Td(period_of(report, record.period, language)),
        html.Td(standing),
        html.Td(told(signed, language)),
        html.Td([*files, beside], className="rep-links"),
    ])  # fmt: skip


def _find(words: str, language: str) -> str:
    said, which = escape(t(language, "reports.find")), escape(t(language, "reports.find.which"))
    return (
        f'<form method="get" action="/reports" class="ws-form" role="search"><label><span>{which}</span>'
        f'<input type="search" name="q" value="{escape(words)}" maxlength="100"></label>'
        f'<button class="copy">{said}</button></form>'
    )
