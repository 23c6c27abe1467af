"""Workspaces: the page of a reader's views, and the forms that change them."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode, urlsplit

import flask
from dash.development.base_component import Component

from callbacks.asker import Asker, asker
from callbacks.guard import Guard, inside
from callbacks.search import terms
from data.kpis.sight import Sight
from data.workspaces import KINDS, Member, SavedView, Share, Workspaces
from layouts import workspaces as layout

SAID = ("saved", "renamed", "removed", "restored", "shared", "unshared", "copied", "proposed", "accepted", "refused",
        "nobody", "bad", "full")  # fmt: skip
PATHS = ("", "board", "kpi", "indicators", "sources")
EDITS = ("annotate", "approve")


def page(sight: Sight, guard: Guard | None, search: str, language: str) -> Component | None:
    """The page at ``?save=&title=``, ``?q=`` or after an act; None in a demonstration, where nobody keeps anything."""
    if guard is None or guard.accounts is None:
        return None
    told = terms(search)
    reader, kept = member(asker()), Workspaces(guard.accounts.state)
    undo = told.get("undo", "")
    desk = layout.Desk(
        views=[_shown(view) for view in kept.visible(reader)],
        proposals=[(_shown(view), original.title) for view, original in kept.proposals(reader)],
        save=(told["save"], told.get("title", "")[:200]) if ours(told.get("save", "")) else None,
        said=told.get("said", "") if told.get("said") in SAID else "",
        undo=int(undo) if undo.isascii() and undo.isdigit() and len(undo) < 10 else None,
        edits=reader.edits,
        organisation=reader.user.organisation,
        asked=told.get("q", "").strip()[:100],
        roles={role.id: role.name.get(language) for role in sight.catalogue.roles.values()},
    )
    return layout.workspaces(desk, language)


def ours(address: str) -> bool:
    """Whether an address is that of a page a view can be of."""
    return inside(address) and urlsplit(address).path.split("/")[1] in PATHS


def save(guard: Guard) -> flask.Response:
    """Keep the address of a form under its title."""
    reader, kept = member(asker()), _kept(guard)
    form = flask.request.form
    if not ours(form.get("address", "")):
        return _back("bad")
    try:
        view = kept.save(reader, form.get("title", ""), form["address"], guard.clock.now(), form.get("whole") == "1")
        if form.get("pinned") == "1":
            kept.pin(reader, view, True)
    except ValueError as error:
        return _back("full" if error.args == ("full",) else "bad")
    except KeyError:
        flask.abort(404)
    return _back("saved")


def act(guard: Guard, view: int, name: str) -> flask.Response:
    """Do what a form asks with a view: 404 for one the asker does not see or may not change, whichever it is."""
    reader, kept, now = member(asker()), _kept(guard), guard.clock.now()
    form = flask.request.form
    try:
        said = _done(kept, reader, view, name, form, now)
    except KeyError:
        flask.abort(404)
    except ValueError:
        return _back("nobody" if name == "share" else "bad")
    if name in ("share", "unshare", "accept"):
        guard.note(reader.user.name, "edit", f"/workspaces/{view}", what=name, whom=form.get("name", "")[:64])
    return _back(said, view if name == "remove" else None)


def _done(kept: Workspaces, reader: Member, view: int, name: str, form, now) -> str:
    """One act; KeyError for one there is none of."""
    share = Share(form.get("kind"), form.get("name", "").strip()[:64]) if form.get("kind") in KINDS else None
    if name in ("share", "unshare") and (share is None or not share.name):
        raise ValueError(name)
    acts = {
        "rename": ("renamed", lambda: kept.rename(reader, view, form.get("title", ""), now)),
        "remove": ("removed", lambda: kept.remove(reader, view, now)),
        "restore": ("restored", lambda: kept.restore(reader, view)),
        "pin": ("saved", lambda: kept.pin(reader, view, True)),
        "unpin": ("saved", lambda: kept.pin(reader, view, False)),
        "share": ("shared", lambda: kept.share(reader, view, share)),
        "unshare": ("unshared", lambda: kept.unshare(reader, view, share)),
        "copy": ("copied", lambda: kept.copy(reader, view, now)),
        "propose": ("proposed", lambda: kept.propose(reader, view)),
        "accept": ("accepted", lambda: kept.decide(reader, view, True, now)),
        "refuse": ("refused", lambda: kept.decide(reader, view, False, now)),
    }
    said, do = acts[name]
    do()
    return said


def member(found: Asker) -> Member:
    """Whoever asks, as workspaces know them; there are none for who is not signed in."""
    if found.session is None:
        flask.abort(404)
    return Member(found.session.user, any(map(found.grant.may, EDITS)))


def _kept(guard: Guard) -> Workspaces:
    if guard.accounts is None:
        flask.abort(404)
    return Workspaces(guard.accounts.state)


def _back(said: str, undo: int | None = None) -> flask.Response:
    asked = {"said": said} | ({"undo": str(undo)} if undo is not None else {})
    return flask.redirect(f"/workspaces?{urlencode(asked)}", 303)


def _shown(view: SavedView) -> layout.Kept:
    shares = tuple((share.kind, share.name) for share in view.shares)
    return layout.Kept(
        view.id, view.owner, view.whole, view.title, view.address, view.pinned, view.changed_at, view.mine,
        view.origin is not None, view.proposed, shares,
    )  # fmt: skip


def register(server: flask.Flask, guard: Guard) -> None:
    """Serve the forms."""
    server.add_url_rule("/workspaces/save", "view_save", partial(save, guard), methods=["POST"])
    server.add_url_rule("/workspaces/<int:view>/<name>", "view_act", partial(act, guard), methods=["POST"])
