"""The loads of one source: what each brought, whether it counts, and the way to take it back or give it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from dash import html

from data.kpis.record import Act, LoadRecord, SourceRecord, Standing
from data.messages import t
from layouts import format
from layouts.sources import LOAD_HEADS, load_cells, load_class, source_href

COMMAND = "lantern snapshots --{kind} {load}"
PATIENCE = timedelta(minutes=1)


def loads(record: SourceRecord, language: str, now: datetime, acts: bool) -> html.Section:
    """The newest loads; with ``acts`` each can be taken back or given back from here."""
    shown, total = len(record.loads or ()), record.load_count
    count = t(
        language, "sources.loads.count", n=format.number(language, shown), total=format.number(language, total)
    )  # fmt: skip
    head = html.Header([html.H2(t(language, "sources.loads")), html.Small(count)])
    if not record.loads:
        key = "sources.loads.unreadable" if record.loads is None else "sources.loads.none"
        return html.Section([head, html.P(t(language, key), className="reg-quiet")], className="reg-card")
    heads = [("load", "is-number"), *LOAD_HEADS, ("standing", "is-standing"), ("undo", "is-undo")]
    row = [html.Th(t(language, f"sources.load.{name}"), scope="col", className=side) for name, side in heads]
    lines = [_load(load, record, language, now, acts) for load in record.loads]
    table = html.Table([html.Thead(html.Tr(row)), html.Tbody(lines)], className="reg-table src-undo-table")
    how = html.P(t(language, "sources.undo.how" if acts else "sources.undo.command"), className="reg-text")
    return html.Section([head, how, table], className="reg-card")


def _load(load: LoadRecord, record: SourceRecord, language: str, now: datetime, acts: bool) -> html.Tr:
    number = html.Td(str(load.load), className="is-number", **{"data-head": t(language, "sources.load.load")})
    cells = [
        html.Td(_standing(load, language, now), className="is-standing"),
        html.Td(_act(load, record.state.source.id, language, acts), className="is-undo"),
    ]
    return html.Tr([number, *load_cells(load, language), *cells], className=load_class(load))


def _standing(load: LoadRecord, language: str, now: datetime) -> list[html.Span]:
    """Whether it counts, and what was last asked: waiting, refused, or by whom and when it was done."""
    if load.standing is Standing.REPLACED:
        said = t(language, "sources.replaced", by=load.by)
    else:
        said = t(language, "sources.undone" if load.standing is Standing.UNDONE else "sources.counts")
    told = [html.Span(said, className="src-standing")]
    return [*told, *([html.Span(line, className="src-act") for line in [_told(load, language, now)] if line])]


def _told(load: LoadRecord, language: str, now: datetime) -> str:
    act = load.act
    if act is None:
        return ""
    if _met(load, act) and not act.refused:  # published; the note that it is done follows a moment later
        return t(
            language, "sources.act.done", at=format.moment(language, act.done_at or act.asked_at), who=act.asked_by
        )
    if act.done_at is None:
        key = "waiting" if now - act.asked_at < PATIENCE else "stuck"
        return t(language, f"sources.act.{key}", at=format.clock(language, act.asked_at))
    return t(language, f"sources.refused.{act.refused}", by=act.by) if act.refused else ""


def _met(load: LoadRecord, act: Act) -> bool:
    """Whether the load stands as was asked, done or not yet noted as done."""
    return load.standing is (Standing.UNDONE if act.kind == "undo" else Standing.COUNTS)


def _act(load: LoadRecord, source: str, language: str, acts: bool) -> html.Details | html.Div | None:
    """The way to take the load back or to give it back; nothing for one that another replaced or that waits."""
    if load.standing is Standing.REPLACED or (load.act and not load.act.done_at and not _met(load, load.act)):
        return None
    kind = "undo" if load.standing is Standing.COUNTS else "restore"
    return _confirmed(load, source, kind, language) if acts else _command(load, kind, language)


def _confirmed(load: LoadRecord, source: str, kind: str, language: str) -> html.Details:
    """A button that opens the question, and the form that answers it; works without a script."""
    rows = format.number(language, load.loaded)
    sure = html.Form(
        [
            html.P(t(language, f"sources.{kind}.sure", load=load.load, rows=rows)),
            html.Button(t(language, f"sources.{kind}.yes", load=load.load), type="submit", className="copy src-yes"),
        ],
        method="post", action=f"{source_href(source)}/loads/{load.load}/{kind}", className="src-sure",
    )  # fmt: skip
    asked = [
        html.Span(t(language, f"sources.{kind}"), className="when-shut"),
        html.Span(t(language, "sources.keep"), className="when-open"),
    ]
    return html.Details([html.Summary(asked, className="copy"), sure], className="src-confirm")


def _command(load: LoadRecord, kind: str, language: str) -> html.Div:
    """The exact command, for who may not act from here."""
    command = COMMAND.format(kind=kind, load=load.load)
    said = [
        html.Span(t(language, "sources.copy"), className="copy-ask"),
        html.Span(t(language, "sources.copied"), className="copy-done"),
    ]
    label = t(language, "sources.copy.title", load=load.load)
    button = html.Button(said, type="button", title=label, className="copy", **{"data-copy": command})
    return html.Div([html.Code(command), button], className="src-command")
