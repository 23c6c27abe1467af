"""The register of sources: each with its lantern, its promise, the four words and its last loads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dash import html

from data.kpis.record import Fault, LoadRecord, SourceRecord
from data.kpis.result import Freshness
from data.messages import t
from layouts import format
from layouts.icons import icon
from layouts.lanterns import summary
from layouts.markup import emphasis

FOR_GOOD = timedelta(days=3650)  # nobody promises in ten years: it is an archive
WORDS = ("right", "complete", "clean", "live")


def sources(records: Sequence[SourceRecord], language: str) -> html.Div:
    """The whole page, what needs somebody first; a city without sources says so."""
    states = [record.state for record in records]
    head = html.Header(
        [
            html.H1(t(language, "sources.title")),
            html.P(emphasis(summary(states, language)), className="reg-sum"),
            html.P(t(language, "sources.text"), className="reg-text"),
        ],
        className="reg-head",
    )
    order = list(Freshness)
    urgent = sorted(records, key=lambda r: (not r.state.error, -order.index(r.state.freshness)))
    cards = [_card(record, language) for record in urgent]
    return html.Div([head, html.Div(cards, className="src-grid")], className="reg")


def source_href(source: str) -> str:
    """Address of one source."""
    return f"/sources/{source}"


def _card(record: SourceRecord, language: str) -> html.Article:
    source = record.state.source
    name = html.H2(html.A(source.name.get(language), href=source_href(source.id)))
    body = [
        html.Header([icon(record.state.freshness.value, "src-lamp"), name, state(record, language)]),
        html.P(_owner(record, language), className="src-owner"),
        html.P(promise(record, language), className="src-age"),
        *trouble(record, language),
        html.Dl([word(name, record, language) for name in WORDS], className="src-words"),
        html.Details(
            [html.Summary(t(language, "sources.rules")), html.Dl([_rule_entry(n, record, language) for n in WORDS])],
            className="src-rules",
        ),
        _last_loads(record, language),
        _more(record, language),
    ]
    return html.Article(body, className="src-card", **{"data-freshness": record.state.freshness.value})


def _owner(record: SourceRecord, language: str) -> str:
    source = record.state.source
    said = t(language, "sources.owner", owner=source.owner.get(language))
    contact = t(language, "sources.contact", contact=source.contact.get(language)) if source.contact else ""
    return f"{said} · {contact}" if contact else said


def _more(record: SourceRecord, language: str) -> html.Footer:
    """What hangs on it and what was set aside, each a step further."""
    href = source_href(record.state.source.id)
    kpis = t(language, "sources.kpis.count", n=len(record.kpis), boards=len(record.boards))
    faults = t(language, "sources.faults.aside", n=format.number(language, record.quarantined))
    return html.Footer([html.A(kpis, href=href), html.A(faults, href=href)], className="src-more")


def state(record: SourceRecord, language: str) -> html.Span:
    """Lit, half lit or out, in a word."""
    kind = record.state.freshness
    return html.Span(t(language, f"sources.state.{kind.value}"), className=f"src-state is-{kind.value}")


def promise(record: SourceRecord, language: str) -> list:
    """Age against the promise, as children with the age in strong."""
    promised = span(language, record.promise)
    if record.state.age is None:
        return emphasis(t(language, "sources.age.never", promise=promised))
    if record.promise >= FOR_GOOD:
        return emphasis(t(language, "sources.age.archive", age=span(language, record.state.age)))
    key = "sources.age.kept" if record.state.freshness is Freshness.ON_TIME else "sources.age.broken"
    return emphasis(t(language, key, age=span(language, record.state.age), promise=promised))


def span(language: str, length: timedelta) -> str:
    """A length of time; below a minute it is called one."""
    return format.age(language, max(length, timedelta(minutes=1)))


def trouble(record: SourceRecord, language: str) -> list[html.Div]:
    """Why the newest delivery could not be read, nothing when it could."""
    if not record.state.error:
        return []
    said = [html.B(t(language, "sources.error")), html.Span(record.state.error, lang="en")]
    return [html.Div([icon("error"), html.P(said)], className="src-error")]


def word(name: str, record: SourceRecord, language: str) -> html.Div:
    """One of the four words and its value."""
    shown = share(getattr(record.quality, name), language)
    return html.Div([html.Dt(t(language, f"analysis.word.{name}")), html.Dd(shown)])


def share(value: float | None, language: str) -> str:
    """A share as percent; what is not whole is never rounded up to it."""
    if value is None:
        return t(language, "analysis.unmeasured")
    percent = value * 100
    shown = min(percent, 99.9) if percent < 100 else percent
    return t(language, "format.percent", number=format.number(language, shown, 0 if percent in (0, 100) else 1))


def rule(name: str, record: SourceRecord, language: str) -> str:
    """The rule behind one of the four words, with the counts it was computed from."""
    delivered = format.number(language, record.delivered)
    if name == "right":
        rules, aside = len(record.dataset.rules), format.number(language, record.misruled)
        return t(language, "sources.rule.right", aside=aside, delivered=delivered, rules=rules)
    if name == "clean":
        aside = format.number(language, record.misformed)
        return t(language, "sources.rule.clean", aside=aside, delivered=delivered)
    if name == "live" and record.promise >= FOR_GOOD:
        return t(language, "sources.rule.live.archive")
    if name == "live":
        return t(language, "sources.rule.live", promise=span(language, record.promise))
    return _complete_rule(record, language)


def _complete_rule(record: SourceRecord, language: str) -> str:
    expected = record.dataset.expect
    if expected is None:
        return t(language, "sources.rule.complete.none")
    if record.span is None:
        return t(language, "sources.rule.complete.unknown")
    start, end = record.span
    return t(
        language, f"sources.rule.complete.{expected.on}",
        keys=format.number(language, expected.keys), every=span(language, timedelta(seconds=expected.every)),
        came=format.number(language, record.came), wanted=format.number(language, record.wanted),
        start=format.moment(language, start), end=format.moment(language, end),
    )  # fmt: skip


def _rule_entry(name: str, record: SourceRecord, language: str) -> html.Div:
    return html.Div([html.Dt(t(language, f"analysis.word.{name}")), html.Dd(rule(name, record, language))])


def _last_loads(record: SourceRecord, language: str) -> html.Div:
    heading = html.H3(t(language, "sources.loads"))
    if not record.loads:
        key = "sources.loads.unreadable" if record.loads is None else "sources.loads.none"
        return html.Div([heading, html.P(t(language, key), className="reg-quiet")], className="src-loads")
    lines = [html.Tr(load_cells(load, language), className=load_class(load)) for load in record.loads]
    heads = [html.Th(t(language, f"sources.load.{name}"), scope="col", className=side) for name, side in LOAD_HEADS]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(lines)], className="reg-table")
    return html.Div([heading, table], className="src-loads")


LOAD_HEADS = (
    ("at", "is-time"), ("file", "is-file"), ("delivered", "is-number"), ("loaded", "is-number"),
    ("quarantined", "is-number"),
)  # fmt: skip


def load_class(load: LoadRecord) -> str:
    """Class of a load's line: what no longer counts is dimmed."""
    return f"is-{load.standing.value}"


def load_cells(load: LoadRecord, language: str) -> list[html.Td]:
    """Time, file, delivered, loaded, quarantined; each told by its heading where the table is narrow."""
    told = (
        format.moment(language, load.loaded_at), load.path, format.number(language, load.delivered),
        format.number(language, load.loaded), format.number(language, load.quarantined),
    )  # fmt: skip
    return [
        html.Td(text, className=side, **{"data-head": t(language, f"sources.load.{name}")})
        for text, (name, side) in zip(told, LOAD_HEADS, strict=True)
    ]


FAULT_HEADS = (("file", "is-file"), ("line", "is-number"), ("column", ""), ("value", "is-value"), ("reason", ""))


def fault_texts(fault: Fault, language: str) -> tuple[str, ...]:
    """File, line, column, value and reason of a row in quarantine; personal values are never told."""
    if fault.personal:
        value: str = t(language, "sources.fault.personal")
    else:
        value = t(language, "sources.fault.empty") if fault.value is None else fault.value
    column = t(language, "sources.fault.whole") if fault.reason == "shape" else fault.column.get(language)
    return fault.path, str(fault.line), column, value, t(language, f"sources.reason.{fault.reason}")
