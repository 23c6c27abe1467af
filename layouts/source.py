"""One source: its rules, its last error, what hangs on it, its loads with the way to take one back, its quarantine."""

from __future__ import annotations

from datetime import datetime

from dash import html

from data.kpis.record import Fault, FaultPage, SourceRecord
from data.messages import t
from layouts import format
from layouts.analysis.signs import sign
from layouts.icons import icon
from layouts.loads import loads
from layouts.markup import Markup
from layouts.sources import FAULT_HEADS, WORDS, fault_texts, promise, rule, share, source_href, state, trouble


def source(
    record: SourceRecord, faults: FaultPage, size: int, language: str, now: datetime, acts: bool = False
) -> html.Div:
    """The whole page; ``size`` is how many faults a page holds. The reader may take loads back if ``acts``."""
    return html.Div(
        [
            _head(record, language),
            *trouble(record, language),
            html.Section([_word(name, record, language) for name in WORDS], className="src-four"),
            _dependants(record, language),
            loads(record, language, now, acts),
            _quarantine(record, faults, size, language),
        ],
        className="reg",
    )


def _head(record: SourceRecord, language: str) -> html.Header:
    described = record.state.source
    facts = [
        t(language, "sources.owner", owner=described.owner.get(language)),
        t(language, "sources.dataset", name=record.dataset.name.get(language)),
        t(language, "sources.path", path=described.path),
        t(language, f"sources.deliver.{described.deliver}"),
        t(language, f"sources.authority.{described.authority}"),
    ]
    if described.contact:
        facts.insert(1, t(language, "sources.contact", contact=described.contact.get(language)))
    title = [
        icon(record.state.freshness.value, "src-lamp"),
        html.H1(described.name.get(language)),
        state(record, language),
    ]
    return html.Header(
        [
            html.Div(title, className="src-title"),
            html.P(promise(record, language), className="reg-sum"),
            html.Ul([html.Li(fact) for fact in facts], className="src-facts"),
        ],
        className="reg-head",
    )


def _word(name: str, record: SourceRecord, language: str) -> html.Div:
    return html.Div(
        [
            html.H2(t(language, f"analysis.word.{name}")),
            html.P(share(getattr(record.quality, name), language), className="src-value"),
            html.P(rule(name, record, language), className="src-rule"),
        ]
    )


# -- what hangs on it ------------------------------------------------------------------


def _dependants(record: SourceRecord, language: str) -> html.Section:
    """The boards and KPIs that read its dataset: what goes dark with it, and nothing else does."""
    count = html.Small(t(language, "sources.kpis.count", n=len(record.kpis), boards=len(record.boards)))
    head = html.Header([html.H2(t(language, "sources.kpis")), count])
    if not record.kpis:
        return html.Section(
            [head, html.P(t(language, "sources.kpis.none"), className="reg-quiet")], className="reg-card"
        )
    boards = [
        html.Li(html.A([icon("grid"), board.name.get(language)], href=f"/board/{board.id}"))
        for board in record.boards
    ]  # fmt: skip
    kpis = [
        html.Li(html.A([html.Span(kpi.code, className="code"), kpi.name.get(language)], href=f"/kpi/{kpi.code}"))
        for kpi in record.kpis
    ]  # fmt: skip
    lists = [html.Ul(boards, className="src-boards"), html.Ul(kpis, className="src-kpis")]
    return html.Section([head, *lists], className="reg-card")


# -- quarantine ------------------------------------------------------------------------


def _quarantine(record: SourceRecord, page: FaultPage, size: int, language: str) -> html.Section:
    total = t(language, "sources.faults.count", n=format.number(language, page.total))
    head = html.Header(
        [
            html.H2(t(language, "sources.faults")), html.Small(total), *_pager(record, page, size, language),
            *([_export(record, language)] if page.total and page.readable else []),
        ]
    )  # fmt: skip
    if not page.readable:
        return html.Section(
            [head, html.P(t(language, "sources.faults.unreadable"), className="reg-quiet")], className="reg-card"
        )
    if not page.faults:
        key = "sources.faults.beyond" if page.total else "sources.faults.none"
        return html.Section([head, html.P(t(language, key), className="reg-quiet")], className="reg-card")
    heads = [html.Th(t(language, f"sources.fault.{name}"), scope="col", className=side) for name, side in FAULT_HEADS]
    lines = [_fault(fault, language) for fault in page.faults]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(lines)], className="reg-table src-fault-table")
    return html.Section([head, table], className="reg-card")


def _fault(fault: Fault, language: str) -> html.Tr:
    cells = [
        html.Td(text, className=side, **{"data-head": t(language, f"sources.fault.{name}")})
        for text, (name, side) in zip(fault_texts(fault, language), FAULT_HEADS, strict=True)
    ]
    return html.Tr(cells)


def _pager(record: SourceRecord, page: FaultPage, size: int, language: str) -> list:
    """Where in the list this page lies, and the ways on; nothing when one page holds all."""
    if page.total <= size:
        return []
    here, last = page.offset // size + 1, -(-page.total // size)
    said = html.Small(
        t(language, "sources.faults.page", page=format.number(language, here), last=format.number(language, last))
    )
    href = source_href(record.state.source.id)
    back = f"{href}?page={min(here - 1, last)}" if here > 1 else None
    on = f"{href}?page={here + 1}" if here < last else None
    turns = [
        _turn("earlier", back, t(language, "analysis.rows.back")),
        _turn("later", on, t(language, "analysis.rows.on")),
    ]
    return [html.Span([said, *turns], className="reg-pager")]


def _export(record: SourceRecord, language: str) -> html.A:
    drawn = Markup(html=sign("export"), className="an-sign", tag="span")
    href, title = f"{source_href(record.state.source.id)}/quarantine.csv", t(language, "sources.faults.csv")
    return html.A([drawn, html.Span("CSV")], href=href, className="copy reg-csv", title=title, download="")


def _turn(name: str, href: str | None, label: str) -> html.A | html.Span:
    drawn = Markup(html=sign(name), className="an-sign", tag="span")
    if href is None:
        return html.Span(drawn, className="reg-turn is-off", **{"aria-hidden": "true"})
    return html.A([drawn, html.Span(label, className="reg-unseen")], href=href, className="reg-turn", title=label)
