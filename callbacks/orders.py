"""Orders: files that were asked for, how far they have come, and the files themselves once they are made."""

from __future__ import annotations

from functools import partial

import flask

from callbacks.asker import asker
from callbacks.download import TYPES
from callbacks.edition import asked_of, meant
from callbacks.press import Press, whole
from callbacks.words import keep, typed
from data.kpis.sight import Sight
from data.reports.drafting import DraftError, published
from data.reports.order import Order
from data.reports.orders import FOLDER
from data.reports.papers import PaperError
from data.reports.period import PeriodError
from data.store.reader import NoSnapshot
from layouts.reports.rendering import KINDS, suffix

FILES = {
    **TYPES, "pdf": "application/pdf", "png": "application/zip", "svg": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip
MOST_ASKED = 20


def export(press: Press, name: str) -> flask.Response:
    """Ask for the files of an edition as a form names them, with the words typed into it: 404 for what there is none
    of."""
    seen, form = published(press.service, asker().grant.scope), flask.request.form
    kinds = [kind for kind in dict.fromkeys(form.getlist("kind")) if kind in KINDS]
    if name not in seen.catalogue.reports or not kinds or press.orders is None:
        flask.abort(404)
    asked = asked_of(seen, name, form)
    try:
        edition = meant(seen, asked)
    except (DraftError, PeriodError):
        flask.abort(404)
    keeps, said = press.keeps(seen.scope), ""
    if keeps and typed(form):
        try:
            keep(press, press.found(seen, edition, keeps), form)
        except (DraftError, PaperError, NoSnapshot):
            return flask.redirect(asked.href(said="standing"), 303)
        said = "edit"
        if press.guard is not None:
            press.guard.note(asker().name, "edit", asked.href(), what="edit")
    record = press.record(edition, keeps)
    press.orders.place("export", edition, kinds, asker().name, seen.clock.now(), record.id if record else None)
    return flask.redirect(asked.href(said=said), 303)


def act(press: Press, number: int, what: str) -> flask.Response:
    """Cancel an order, or try anew what failed: 404 for one that is none of the asker's."""
    order, seen = mine(press, number), published(press.service, asker().grant.scope)
    if what not in ("cancel", "again") or order.report not in seen.catalogue.reports or press.orders is None:
        flask.abort(404)
    now = seen.clock.now()
    (press.orders.cancel if what == "cancel" else press.orders.again)(order.id, now)
    told = {"period": order.period, "area": order.area or "", "language": order.language}
    return flask.redirect(asked_of(seen, order.report, told).href(), 303)


def standing(press: Press) -> flask.Response:
    """How far orders have come, at /orders.json?of=1,2: number -> standing and files made."""
    numbers = [int(n) for n in flask.request.args.get("of", "").split(",")[:MOST_ASKED] if n.isascii() and n.isdigit()]
    told = {}
    for number in numbers:
        if (order := _known(press, number)) is not None:
            told[str(number)] = [order.standing, order.done]
    answer = flask.jsonify(told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def file(press: Press, number: int, kind: str) -> flask.Response:
    """A file that was made: 404 for one of somebody else, and for what is not made yet or not kept any more."""
    order = mine(press, number)
    if order.standing != "done" or kind not in order.kinds or press.papers is None:
        flask.abort(404)
    path = press.papers.folder / FOLDER / order.folder / f"{order.name}.{suffix(kind)}"
    try:
        return sent(path.name, kind, path.read_bytes())
    except FileNotFoundError:
        flask.abort(404)


def sent(name: str, kind: str, content: bytes) -> flask.Response:
    """A file as an answer."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return flask.Response(content, mimetype=FILES[kind], headers=headers)


def visible(press: Press, seen: Sight, order: Order) -> bool:
    """Whether an asker may see an order: their own, and all of them who keeps the papers of the city."""
    return order.who == asker().name or (whole(seen.scope) and press.keeps(seen.scope))


def mine(press: Press, number: int) -> Order:
    """An order the asker may see, else 404."""
    return _known(press, number) or flask.abort(404)


def _known(press: Press, number: int) -> Order | None:
    if press.orders is None:
        return None
    try:
        order = press.orders.order(number)
    except (KeyError, OverflowError):
        return None
    return order if visible(press, published(press.service, asker().grant.scope), order) else None


def register(server: flask.Flask, press: Press) -> None:
    """Serve what is ordered."""
    server.add_url_rule("/reports/<name>/export", "order_place", partial(export, press), methods=["POST"])
    server.add_url_rule("/orders.json", "order_standing", partial(standing, press))
    server.add_url_rule("/orders/<int:number>/<what>", "order_act", partial(act, press), methods=["POST"])
    server.add_url_rule("/orders/<int:number>.<kind>", "order_file", partial(file, press))
