"""The audit trail on a page and as a file, for who may manage users."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

import flask
from dash.development.base_component import Component

from callbacks.guard import Guard
from callbacks.search import terms
from data.audit import ACTS, Audit, Entry
from data.audit.audit import Search
from data.formula import disarmed
from layouts import trail as layout

EACH = 50
HEADS = ("number", "at", "who", "address", "act", "subject", "outcome", "detail", "digest")
LAST_PAGE = 10**6


def page(guard: Guard, search: str, language: str) -> Component | None:
    """The page at ``?who=&act=&since=&until=&text=&page=``; None in a demonstration, which has no trail."""
    if guard.accounts is None:
        return None
    told = terms(search)
    number = told.get("page", "1")
    here = min(int(number[:7]), LAST_PAGE) if number.isascii() and number.isdigit() and int(number[:7]) else 1
    audit = Audit(guard.accounts.state)
    entries, total = audit.page(_search(told), (here - 1) * EACH, EACH)
    words = tuple((name, told[name]) for name in layout.FIELDS if told.get(name))
    lines = [layout.Line(e.number, e.at, e.who, e.address, e.act, e.subject, e.outcome, _told(e)) for e in entries]
    broken = audit.verify()
    asked = layout.Asked(words, here)
    return layout.trail(lines, total, EACH, asked, ACTS, broken.number if broken else None, language)


def _told(entry: Entry) -> str:
    """What an entry tells besides, in words: what there is none of is left out."""
    held = {name: ", ".join(map(str, v)) if isinstance(v, list) else v for name, v in entry.details.items()}
    return "; ".join(f"{name}: {value}" for name, value in held.items() if value not in (None, "", 0, False))


def file(guard: Guard) -> flask.Response:
    """Every entry that matches as CSV, sent as it is read."""
    if guard.accounts is None:
        flask.abort(404)
    asked = _search(flask.request.args)
    entries = Audit(guard.accounts.state).all(asked)
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"}
    return flask.Response(_lines(entries), mimetype="text/csv", headers=headers)


def _lines(entries: Iterator[Entry]) -> Iterator[str]:
    yield "\ufeff" + _line(HEADS)
    for entry in entries:
        yield _line([disarmed(str(getattr(entry, name))) for name in HEADS])


def _line(cells: object) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _search(told: Mapping[str, str]) -> Search:
    """What is looked for; a day or an act there is none of counts as not asked."""
    since, until = _day(told.get("since", "")), _day(told.get("until", ""))
    return Search(
        who=told.get("who", "").strip().casefold()[:64],
        act=told.get("act", "") if told.get("act") in ACTS else "",
        since=datetime.combine(since, time()) if since else None,
        until=datetime.combine(until + timedelta(days=1), time()) if until and until < date.max else None,
        text=told.get("text", "").strip()[:200],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def register(server: flask.Flask, guard: Guard) -> None:
    """Serve the file; the page is one of the pages."""
    server.add_url_rule("/audit.csv", "audit_csv", partial(file, guard))
