"""Files: those that were issued, the kinds to ask for, and how far what was asked for has come."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dash import html
from dash.development.base_component import Component

from data.messages import t
from data.reports.order import Order
from data.reports.record import Record
from layouts.format import moment
from layouts.markup import Markup
from layouts.reports.asked import Asked, card
from layouts.reports.who import who


def files(
    asked: Asked,
    kinds: Sequence[str],
    orders: Sequence[Order],
    record: Record | None,
    exports: bool,
    drafting: bool,
    name: str,
    language: str,
) -> html.Section:
    """The card; ``exports`` says whether the reader may take files away, ``drafting`` whether words may be typed.

    ``name`` is that of a file made now: one of another name was made before words or figures changed.
    """
    body: list[Component] = []
    if record is not None and record.standing == "issued":
        links = [html.Li(html.A(kind.upper(), href=f"/papers/{record.id}.{kind}")) for kind in record.files]
        text = html.P(t(language, "reports.files.issued"), className="reg-text")
        body += [text, html.Ul(links, className="src-boards")]
    if exports and kinds:
        sends = asked.sends("export") if drafting else ""
        buttons = "".join(
            f'<button class="copy"{sends} name="kind" value="{kind}" '
            f'title="{escape(t(language, f"reports.kind.{kind}"))}">{kind.upper()}</button>'
            for kind in kinds
        )
        body.append(html.P(t(language, "reports.files.draft"), className="reg-text"))
        body.append(Markup(html=buttons if drafting else asked.form("export", buttons), className="ws-acts rep-kinds"))
    if orders:
        body.append(
            Markup(html=f"<ul>{''.join(_line(one, name, language) for one in orders)}</ul>", className="rep-orders")
        )
    return card("files", body or [html.P(t(language, "reports.files.none"), className="reg-quiet")], language)


def _line(order: Order, name: str, language: str) -> str:
    """One order: what it is, how far it has come, its files or what became of it, and what can be done."""
    what = t(language, f"reports.order.{order.act}", kinds=", ".join(kind.upper() for kind in order.kinds))
    at = moment(language, order.ended_at or order.asked_at)
    links = _links(order)
    told = f"<b>{escape(what)}</b><small>{escape(_said(order, at, language))}</small>{links}"
    if links and order.name != name:
        told += f'<small class="is-former">{escape(t(language, "reports.order.former"))}</small>'
    watched = f' data-order="{order.id}" data-standing="{order.standing}"' if order.open else ""
    if order.open:
        state = f' value="{order.done}"' if order.standing == "working" else ""
        told += f'<progress max="{len(order.kinds)}"{state}></progress>' + act(order, "cancel", language)
    elif order.standing == "failed":
        told += act(order, "again", language)
    return f'<li class="is-{order.standing}"{watched}>{told}</li>'


def _said(order: Order, at: str, language: str) -> str:
    why = fault(order, language)
    if order.standing == "waiting" and why:
        return t(language, "reports.order.later", why=why, at=moment(language, order.not_before))
    return t(language, f"reports.order.{order.standing}", at=at, why=why, by=who(order.who, language))


def fault(order: Order, language: str) -> str:
    """Why it failed, or last did, and what to do about it; empty where it did not."""
    return t(language, f"reports.fault.{order.fault}") if order.fault else ""


def _links(order: Order) -> str:
    if order.standing != "done" or order.act == "issue" or not order.name:
        return ""
    links = (f'<a href="/orders/{order.id}.{kind}" download>{kind.upper()}</a>' for kind in order.kinds)
    return f'<span class="rep-links">{"".join(links)}</span>'


def act(order: Order, what: str, language: str) -> str:
    """A form that does ``what`` to an order."""
    said = escape(t(language, f"reports.act.{what}"))
    return f'<form method="post" action="/orders/{order.id}/{what}"><button class="copy">{said}</button></form>'
