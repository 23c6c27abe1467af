"""Remarks: what a reader sees and writes beside the numbers of a KPI, by native forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import flask

from callbacks import acts, returned
from callbacks.asker import Asker, asker
from callbacks.guard import Guard, inside
from callbacks.search import terms
from callbacks.workspaces import member
from data.calendar.comparison import named_period
from data.catalogue import Kpi
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.remarks.remark import BLANK, FAULTS, Audience, Bookmark, Notebook, Wording
from data.remarks.remarks import Author, Remarks
from data.workspaces import Workspaces

FAULT = "remark"  # the key of an address that says why a form was not taken


@dataclass(frozen=True, slots=True)
class Remarking:
    """Remarks as whoever sends the current request has them; nobody has any where there is no state.

    In a demonstration nobody has a name: what is written is seen by all of it, and taken from where LANTERN_UNDO says.
    """

    service: KpiService
    guard: Guard
    remarks: Remarks | None = None
    undo: str = "off"

    def notebook(self, path: str, search: str = "") -> Notebook:
        """The remarks of the KPI whose page is at ``path``, or what is posted on the board there; else blank. With
        what a form said that ``search`` tells was not kept."""
        found = asker()
        if path == "/" or path.startswith("/board/"):
            return self._board(found, path.removeprefix("/board/").strip("/"))
        kpi = self._kpi(found, unquote(path.removeprefix("/kpi/").strip("/"))) if path.startswith("/kpi/") else None
        if kpi is None or self.remarks is None or found.screen is not None:
            return BLANK
        author = _author(found)
        held = self.remarks.of(author, kpi.id, self.guard.clock.now())
        views = self._bookmarks(found, f"/kpi/{quote(kpi.code)}")
        fault = terms(search).get(FAULT, "")
        form = returned.taken(_whose(found, kpi), fault) if fault in FAULTS else None
        whom, keeps = self._audiences(found, author), found.session is not None
        return Notebook(held, whom, author.organisation, views, keeps, form=form if whom else None)

    def _board(self, found: Asker, name: str) -> Notebook:
        """What is posted on the KPIs of a board within the periods they are shown of, asked at once."""
        seen = Sight(self.service, found.grant.scope)
        boards, now = seen.catalogue.boards, self.guard.clock.now()
        board = boards.get(unquote(name)) if name else next(iter(boards.values()), None)
        if board is None or self.remarks is None or found.screen is not None:
            return BLANK
        kpis = [kpi for code in board.kpis if (kpi := seen.catalogue.kpi(code)) is not None]
        first = min((named_period(kpi.period, now).start.date() for kpi in kpis), default=now.date())
        known = self.remarks.public(seen.scope, found.session is not None, [kpi.id for kpi in kpis], first, now.date())
        return Notebook(posted=tuple(known.items()))

    def _bookmarks(self, found: Asker, page: str) -> tuple[Bookmark, ...]:
        """The views of a page that the asker has kept or was given."""
        if found.session is None or self.remarks is None:
            return ()
        seen = Workspaces(self.remarks.state).visible(member(found))
        return tuple(
            Bookmark(one.title, one.address, "" if one.mine and not one.whole else one.owner, one.pinned)
            for one in seen
            if urlsplit(one.address).path == page
        )

    def write(self, code: str) -> flask.Response:
        """Keep what a form says and show the page it was sent from again."""
        return self._done(code, lambda kept, author, kpi, now: kept.write(author, kpi, self._wording(), now), "write")

    def act(self, code: str, remark: int, name: str) -> flask.Response:
        """Change a remark, take it away or take that back: 404 for one the asker does not see or may not change."""
        does = {
            "change": lambda kept, author, kpi, now: kept.change(author, kpi, remark, self._wording(), now),
            "remove": lambda kept, author, kpi, now: kept.remove(author, kpi, remark, now),
            "undo": lambda kept, author, kpi, now: kept.undo(author, kpi, remark, now),
        }
        if name not in does:
            flask.abort(404)
        return self._done(code, does[name], name, remark)

    def _done(self, code: str, do: Any, name: str, remark: int | None = None) -> flask.Response:
        found = asker()
        kpi = self._kpi(found, code)
        if kpi is None or self.remarks is None:
            flask.abort(404)
        author = _author(found)
        if not self._audiences(found, author):
            flask.abort(403)
        try:
            number = do(self.remarks, author, kpi.id, self.guard.clock.now())
        except KeyError:
            flask.abort(404)
        except ValueError as error:
            answer = _back(kpi, str(error))
            returned.give(answer, _whose(found, kpi), remark or 0)
            return answer
        self.guard.note(found.name, "edit", f"/kpi/{kpi.code}/remarks/{remark or number}", what=name)
        answer = _back(kpi)
        answer.delete_cookie(returned.COOKIE, path="/")
        return answer

    def _kpi(self, found: Asker, code: str) -> Kpi | None:
        """A KPI of the asker's catalogue, by code."""
        kpi = self.service.catalogue.kpi(code) or self.service.catalogue.renamed(code)
        return Sight(self.service, found.grant.scope).catalogue.kpi(kpi.id) if kpi else None

    def _wording(self) -> Wording:
        """What the form of the current request says; ValueError with one of ``FAULTS`` for what cannot be kept,
        KeyError for an area there is none of."""
        form, areas = flask.request.form, self.service.catalogue.areas
        try:
            first = date.fromisoformat(form.get("first", ""))
            last = date.fromisoformat(form.get("last") or form["first"])
        except ValueError as error:
            raise ValueError("dates") from error
        area = areas[form["area"]].id if form.get("area") else None
        return Wording(form.get("text", ""), first, last, area, form.get("audience", ""))  # type: ignore[arg-type]

    def _audiences(self, found: Asker, author: Author) -> tuple[Audience, ...]:
        """For whom the asker may write; for nobody if they may not."""
        if not found.grant.may("annotate"):
            return ()
        if author.user is None:
            here = self.undo == "on" or (self.undo == "local" and acts.at_this_machine())
            return ("everybody",) if here else ()
        return ("own", "organisation", "everybody") if author.organisation else ("own", "everybody")


def _author(found: Asker) -> Author:
    user = found.session.user if found.session else None
    return Author(user, found.grant.scope, found.grant.may("manage_users"))


def _whose(found: Asker, kpi: Kpi) -> str:
    return f"{found.name} {kpi.id}"


def _back(kpi: Kpi, fault: str = "") -> flask.Response:
    """The view the form was sent from; a form that was not taken is said there."""
    page = f"/kpi/{quote(kpi.code)}"
    given = flask.request.form.get("back", "")
    ours = inside(given) and urlsplit(given).path == page
    asked = urlsplit(given).query if ours else ""
    asked = "&".join(part for part in (asked, f"{FAULT}={fault}" if fault else "") if part)
    return flask.redirect(f"{page}{'?' if asked else ''}{asked}", 303)


def register(server: flask.Flask, remarking: Remarking) -> None:
    """Serve the forms."""
    server.add_url_rule("/kpi/<code>/remarks", "remark_write", remarking.write, methods=["POST"])
    server.add_url_rule("/kpi/<code>/remarks/<int:remark>/<name>", "remark_act", remarking.act, methods=["POST"])
