"""The preview of a report: its pages as they were set last, set anew where a draft says something else by now.

The page never waits for the typesetter: what it lacks it orders, as it orders files.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import flask

from callbacks.asker import asker
from callbacks.orders import mine
from callbacks.press import Found, Press
from data.kpis.sight import Sight
from data.reports.draft import Edition
from data.reports.drafting import published
from data.reports.order import Order
from data.reports.orders import FOLDER
from data.reports.record import Record
from layouts.reports.preview import BLANK, Preview

PAGES = ("pages",)
RESTS = timedelta(minutes=10)  # after which what failed is tried again by itself


def preview(press: Press, seen: Sight, found: Found, keeps: bool) -> Preview:
    """The pages at hand of an edition, and the order that sets those of ``found`` where they are not these."""
    orders, now = press.orders, seen.clock.now()
    if orders is None or press.papers is None:
        return BLANK
    newest, made = orders.previews(found.made.edition, None if keeps else asker().name)
    count = 0 if made is None else len(list((press.papers.folder / FOLDER / made.folder).glob("*.png")))
    made = made if count else None
    if made is not None and made.name == found.mark:
        return Preview(made, count, issued=bool(found.issued))
    if newest is not None and _failed(newest, seen) and newest.name in ("", found.mark):
        return Preview(made, count, newest)
    paper = found.record.id if found.record else None
    return Preview(made, count, orders.place("preview", found.made.edition, PAGES, asker().name, now, paper))


def opening(press: Press, seen: Sight, meant: Edition, record: Record | None) -> Order | None:
    """The order that opens the snapshot a paper is of, and sets its pages; None where it opens at once, as a page needs
    it to: to make it again from the lake takes a while."""
    if record is None or press.orders is None or seen.reader.at_hand(record.snapshot):
        return None
    newest, _ = press.orders.previews(meant, None)
    if newest is not None and _failed(newest, seen):
        return newest
    return press.orders.place("preview", meant, PAGES, asker().name, seen.clock.now(), record.id)


def _failed(order: Order, seen: Sight) -> bool:
    """Whether an order failed just now."""
    ended = order.ended_at
    return order.standing == "failed" and ended is not None and seen.clock.now() - ended < RESTS


def page(press: Press, number: int, place: int) -> flask.Response:
    """A page that was set, as PNG: 404 for one of somebody else, and for what is not kept any more."""
    order, seen = mine(press, number), published(press.service, asker().grant.scope)
    if order.act != "preview" or order.standing != "done" or order.report not in seen.catalogue.reports:
        flask.abort(404)
    assert press.papers is not None  # nosec B101: who has orders keeps papers
    try:
        content = (press.papers.folder / FOLDER / order.folder / f"{place}.png").read_bytes()
    except FileNotFoundError:
        flask.abort(404)
    answer = flask.Response(content, mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


def register(server: flask.Flask, press: Press) -> None:
    """Serve pages as pictures."""
    server.add_url_rule("/orders/<int:number>/pages/<int:place>.png", "order_page", partial(page, press))
