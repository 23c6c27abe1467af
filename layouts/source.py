"""One source: its rules, its last error, its loads with the way to take one back, its quarantine."""

from __future__ import annotations

from dash import dcc, html

from data.kpis.record import Fault, FaultPage, LoadRecord, SourceRecord, Standing
from data.messages import t
from layouts import format
from layouts.analysis.signs import sign
from layouts.icons import icon
from layouts.markup import Markup
from layouts.sources import (
    LOAD_HEADS,
    WORDS,
    load_cells,
    load_class,
    promise,
    rule,
    share,
    source_href,
    state,
    trouble,
)

UNDO = "lantern snapshots --undo {load}"


def source(record: SourceRecord, faults: FaultPage, size: int, language: str) -> html.Div:
    """The whole page; ``size`` is how many faults a page holds."""
    return html.Div(
        [
            _head(record, language),
            *trouble(record, language),
            html.Section([_word(name, record, language) for name in WORDS], className="src-four"),
            _loads(record, language),
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


# -- loads -----------------------------------------------------------------------------


def _loads(record: SourceRecord, language: str) -> html.Section:
    shown, total = len(record.loads or ()), record.load_count
    count = t(
        language, "sources.loads.count", n=format.number(language, shown), total=format.number(language, total)
    )  # fmt: skip
    head = html.Header([html.H2(t(language, "sources.loads")), html.Small(count)])
    if not record.loads:
        key = "sources.loads.unreadable" if record.loads is None else "sources.loads.none"
        return html.Section([head, html.P(t(language, key), className="reg-quiet")], className="reg-card")
    heads = [("load", "is-number"), *LOAD_HEADS, ("undo", "is-undo")]
    row = [html.Th(t(language, f"sources.load.{name}"), scope="col", className=side) for name, side in heads]
    lines = [_load(load, language) for load in record.loads]
    table = html.Table([html.Thead(html.Tr(row)), html.Tbody(lines)], className="reg-table src-undo-table")
    how = html.P(t(language, "sources.undo.how"), className="reg-text")
    return html.Section([head, how, table], className="reg-card")


def _load(load: LoadRecord, language: str) -> html.Tr:
    number = html.Td(str(load.load), className="is-number", **{"data-head": t(language, "sources.load.load")})
    undo = html.Td(_undo(load, language), className="is-undo")
    return html.Tr([number, *load_cells(load, language), undo], className=load_class(load))


def _undo(load: LoadRecord, language: str) -> html.Div | html.Span:
    """The exact command; of a load that no longer counts, why it does not."""
    if load.standing is Standing.UNDONE:
        return html.Span(t(language, "sources.undone"))
    if load.standing is Standing.REPLACED:
        return html.Span(t(language, "sources.replaced", by=load.by))
    command = UNDO.format(load=load.load)
    said = [
        html.Span(t(language, "sources.copy"), className="copy-ask"),
        html.Span(t(language, "sources.copied"), className="copy-done"),
    ]
    label = t(language, "sources.copy.title", load=load.load)
    button = html.Button(said, type="button", title=label, className="copy", **{"data-copy": command})
    return html.Div([html.Code(command), button], className="src-command")


# -- quarantine ------------------------------------------------------------------------


def _quarantine(record: SourceRecord, page: FaultPage, size: int, language: str) -> html.Section:
    total = t(language, "sources.faults.count", n=format.number(language, page.total))
    head = html.Header(
        [html.H2(t(language, "sources.faults")), html.Small(total), *_pager(record, page, size, language)]
    )
    if not page.readable:
        return html.Section(
            [head, html.P(t(language, "sources.faults.unreadable"), className="reg-quiet")], className="reg-card"
        )
    if not page.faults:
        key = "sources.faults.beyond" if page.total else "sources.faults.none"
        return html.Section([head, html.P(t(language, key), className="reg-quiet")], className="reg-card")
    heads = [
        html.Th(t(language, f"sources.fault.{name}"), scope="col", className=side) for name, side in FAULT_HEADS
    ]
    lines = [_fault(fault, language) for fault in page.faults]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(lines)], className="reg-table src-fault-table")
    return html.Section([head, table], className="reg-card")


FAULT_HEADS = (("file", "is-file"), ("line", "is-number"), ("column", ""), ("value", "is-value"), ("reason", ""))


def _fault(fault: Fault, language: str) -> html.Tr:
    if fault.personal:
        value: str = t(language, "sources.fault.personal")
    else:
        value = t(language, "sources.fault.empty") if fault.value is None else fault.value
    column = t(language, "sources.fault.whole") if fault.reason == "shape" else fault.column.get(language)
    told = (fault.path, str(fault.line), column, value, t(language, f"sources.reason.{fault.reason}"))
    cells = [
        html.Td(text, className=side, **{"data-head": t(language, f"sources.fault.{name}")})
        for text, (name, side) in zip(told, FAULT_HEADS, strict=True)
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
    turns = [_turn("earlier", back, t(language, "analysis.rows.back")), _turn("later", on, t(language, "analysis.rows.on"))]
    return [html.Span([said, *turns], className="reg-pager")]


def _turn(name: str, href: str | None, label: str) -> dcc.Link | html.Span:
    drawn = Markup(html=sign(name), className="an-sign", inline=True)
    if href is None:
        return html.Span(drawn, className="reg-turn is-off", **{"aria-hidden": "true"})
    return dcc.Link([drawn, html.Span(label, className="reg-unseen")], href=href, className="reg-turn", title=label)
