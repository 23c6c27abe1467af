"""Pages: an address becomes one batch of questions and one tree of components.

The same function answers the first request, as HTML, and every later change, through Dash.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import unquote

from dash.development.base_component import Component

from callbacks import acts, alerts, exercises, mine, profile, registers, reports, rooms, screens, trail, workspaces
from callbacks.analysis import analysis
from callbacks.boards import answers
from callbacks.guard import Guard
from callbacks.line import hung_up
from callbacks.press import Press
from callbacks.search import terms
from callbacks.session import Session
from callbacks.sheets import Key, Sheet
from callbacks.views import readable
from data.alerts.events import Events
from data.areas.outline import Outlines
from data.catalogue import Board, Kpi, Source
from data.kpis import inspection
from data.kpis.budget import Budget
from data.kpis.result import KpiResult, Mark, Stamp
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.messages import t
from data.store.reader import NoSnapshot
from layouts import absent
from layouts.address import parse
from layouts.board import board
from layouts.html import render
from layouts.shell import MINE, REGISTERS, Crumb, Frame, Place, board_href, shell
from layouts.view import Notice
from layouts.view import search as address


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page and the words of its tab."""

    title: str
    body: Component
    next: tuple[tuple[str, str], ...] = ()
    kept: bool = False
    personal: bool = False
    status: int = 200


OWN = (["board", MINE], ["workspaces"], ["profile"])  # pages of somebody who is signed in


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page of a city, for whoever may see it."""

    service: KpiService
    outlines: Outlines | None = None
    undo: str = "off"
    guard: Guard | None = None
    events: Events | None = None
    press: Press | None = None
    budget: float | None = None

    def at(self, reader: Session, pathname: str, search: str) -> Page:
        """The page at an address as its reader may see it; an unknown address is a page that says so."""
        seen = Sight(self.service, reader.grant.scope, budget=Budget(self.budget, hung_up()))
        return Book(seen, self.outlines, self.undo, self.guard, self.events, self.press).at(reader, pathname, search)

    def canonical(self, path: str, search: str) -> str:
        """What an address asks, spelt the one way equal views are; as given where something cannot be used."""
        kpi = self.service.catalogue.kpi(unquote(path.removeprefix("/kpi/"))) if path.startswith("/kpi/") else None
        if kpi is None:
            return search
        view = parse(search, kpi, self.service.catalogue, self.service.clock.now().date())
        return search if view.notices else address(view)


@dataclass(frozen=True, slots=True)
class Book:
    """Every page of a city as one asker sees it."""

    service: Sight
    outlines: Outlines | None
    undo: str
    guard: Guard | None
    events: Events | None = None
    press: Press | None = None
    address: str = ""

    def at(self, reader: Session, pathname: str, search: str) -> Page:
        """The page at an address; an unknown address is a page that says so."""
        self = replace(self, address=(pathname or "/") + (search or ""))
        parts = [unquote(part) for part in (pathname or "/").split("/") if part]
        catalogue = self.service.catalogue
        if self._demonstration and parts in OWN:
            return self._closed(reader)
        try:
            if not parts:
                return self._front(reader, search or "")
            if len(parts) == 2 and parts[0] == "board" and parts[1] in catalogue.boards:
                return self._board(reader, catalogue.boards[parts[1]], search or "")
            if parts == ["board", MINE]:
                return self._mine(reader)
            if len(parts) == 2 and parts[0] == "kpi" and (kpi := catalogue.kpi(parts[1])):
                return self._analysis(reader, kpi, search or "")
            if len(parts) == 2 and parts[0] == "kpi" and (kpi := catalogue.renamed(parts[1])):
                return self._analysis(reader, kpi, search or "", Notice("view.renamed", parts[1]))
            if parts == ["profile"]:
                return self._profile(reader, search or "")
            if parts == ["alerts"]:
                return self._alerts(reader)
            if parts == ["screens"]:
                return self._screens(reader, search or "")
            if parts == ["rooms"]:
                return self._rooms(reader)
            if parts == ["exercises"]:
                return self._exercises(reader, search or "")
            if parts[0] == "reports":
                return self._reports(reader, parts, search or "")
            if parts == ["workspaces"]:
                return self._workspaces(reader, search or "")
            if parts == ["audit"]:
                return self._trail(reader, search or "")
            if parts[0] in REGISTERS:
                return self._register(reader, parts, search or "")
        except NoSnapshot:
            return self._page(reader, t(reader.language, "absent.waiting"), absent.waiting(reader.language), None, ())
        return self._absent(reader)

    def _absent(self, reader: Session) -> Page:
        """What does not exist, and what its reader may not know of: the same to them."""
        return self._instead(reader, t(reader.language, "absent.title"), absent.page(reader.language), 404)

    def _closed(self, reader: Session) -> Page:
        return self._instead(reader, t(reader.language, "absent.closed"), absent.closed(reader.language), 403)

    def _instead(self, reader: Session, title: str, body: Component, status: int) -> Page:
        page = self._framed(reader, title, body, Place(path=(Crumb(title),)), self._stamp(), False)
        return replace(page, status=status)

    @property
    def _demonstration(self) -> bool:
        return self.guard is None or self.guard.accounts is None

    # -- boards ------------------------------------------------------------------------

    def _front(self, reader: Session, search: str) -> Page:
        """The first board there is; somebody who may see none is told so."""
        first = next(iter(self.service.catalogue.boards.values()), None)
        return self._absent(reader) if first is None else self._board(reader, first, search)

    def _board(self, reader: Session, described: Board, search: str) -> Page:
        filled, results = answers(self.service, described, search, self.outlines)
        filled = replace(filled, remarks=dict(reader.notebook.posted))
        body = board(described, filled, reader.language)
        page = self._page(reader, described.name.get(reader.language), body, described, results)
        path = board_href(described, list(self.service.catalogue.boards.values()))
        places = ["", *(f"?area={area.id}" for area in filled.areas)]
        return replace(page, next=tuple((path, place) for place in places), kept=readable(filled.heard))

    def _mine(self, reader: Session) -> Page:
        found = mine.board(self.service, self.guard, self.events, reader.language)
        if found is None:
            return self._absent(reader)
        (body, results), title = found, t(reader.language, "mine.title")
        simulated = any(Mark.SIMULATED in result.marks for result in results)
        return self._framed(reader, title, body, Place(board=MINE, path=(Crumb(title),)), self._stamp(), simulated)

    # -- analysis ----------------------------------------------------------------------

    def _analysis(self, reader: Session, kpi: Kpi, search: str, *said: Notice) -> Page:
        """The view an address asks for; ``said`` is what else its reader has to know."""
        found = analysis(self.service, self.outlines, self.events, reader, kpi, search, *said)
        boards = self.service.catalogue.boards.values()
        home = next((board for board in boards if kpi.code in board.kpis or kpi.id in board.kpis), None)
        page = self._page(reader, (kpi.short or kpi.name).get(reader.language), found.body, home, found.results, True)
        return replace(page, next=found.near, kept=found.kept, personal=found.personal)

    # -- registers ---------------------------------------------------------------------

    def _register(self, reader: Session, parts: list[str], search: str) -> Page:
        language, register = reader.language, parts[0]
        title, path = t(language, f"shell.{register}.title"), []
        if parts == ["indicators"]:
            body = registers.all_indicators(self.service, search, language)
        elif parts == ["sources"]:
            body = registers.all_sources(self.service, language)
        elif len(parts) == 2 and register == "sources" and (held := self._source(parts[1])):
            body = registers.one_source(self.service, held.id, search, language, acts.allowed(self.undo))
            path, title = [Crumb(title, f"/{register}")], held.name.get(language)
        else:
            return self._absent(reader)
        place = Place(register=register, path=(*path, Crumb(title)), search=search)
        return self._framed(reader, title, body, place, inspection.stamp(self.service), self._simulated())

    def _simulated(self) -> bool:
        return any(s.source.authority == "simulated" for s in self.service.sources())

    def _source(self, name: str) -> Source | None:
        try:
            return inspection.whole(self.service, name)
        except KeyError:
            return None

    def _profile(self, reader: Session, search: str) -> Page:
        body = profile.page(self.service, self.guard, search, reader.language)
        if body is None:
            return self._absent(reader)
        title = t(reader.language, "profile.title")
        return self._framed(reader, title, body, Place(path=(Crumb(title),)), self._stamp(), False)

    def _trail(self, reader: Session, search: str) -> Page:
        known = self.guard is not None and reader.grant.may("manage_users")
        body = trail.page(self.guard, search, reader.language) if known else None
        if body is None:
            return self._absent(reader)
        title = t(reader.language, "trail.title")
        return self._framed(reader, title, body, Place(register="audit", path=(Crumb(title),)), self._stamp(), False)

    def _alerts(self, reader: Session) -> Page:
        body = alerts.page(self.service, self.events, reader.language)
        if body is None:
            return self._absent(reader)
        title, stamp = t(reader.language, "alerts.title"), self._stamp()
        place = Place(register="alerts", path=(Crumb(title),))
        return self._framed(reader, title, body, place, stamp, stamp is not None and self._simulated())

    def _reports(self, reader: Session, parts: list[str], search: str) -> Page:
        press = self.press
        body = reports.page(self.service, press, parts, search, reader.language) if press else None
        if body is None:
            return self._absent(reader)
        title = t(reader.language, "reports.title")
        report = self.service.catalogue.reports.get(parts[1]) if len(parts) > 1 else None
        path = (Crumb(title, "/reports"), Crumb(report.name.get(reader.language))) if report else (Crumb(title),)
        return self._framed(reader, title, body, Place(register="reports", path=path), self._stamp(), self._simulated())

    def _screens(self, reader: Session, search: str) -> Page:
        kept = self.guard is not None and reader.grant.may("manage_screens")
        body = screens.page(self.service, self.guard, terms(search), reader.language) if kept else None
        if body is None:
            return self._absent(reader)
        title, place = t(reader.language, "screens.title"), Place(register="screens", path=())
        return self._framed(reader, title, body, replace(place, path=(Crumb(title),)), self._stamp(), False)

    def _rooms(self, reader: Session) -> Page:
        kept = self.guard is not None and reader.grant.may("manage_screens")
        body = rooms.page(self.service, self.guard, reader.language) if kept else None
        if body is None:
            return self._absent(reader)
        title = t(reader.language, "rooms.title")
        return self._framed(reader, title, body, Place(register="rooms", path=(Crumb(title),)), self._stamp(), False)

    def _exercises(self, reader: Session, search: str) -> Page:
        runs = self.guard is not None and reader.grant.may("run_exercises")
        body = (
            exercises.page(self.service, self.guard, terms(search).get("said", ""), reader.language) if runs else None
        )
        if body is None:
            return self._absent(reader)
        title = t(reader.language, "shell.exercises.title")
        return self._framed(
            reader, title, body, Place(register="exercises", path=(Crumb(title),)), self._stamp(), False
        )

    def _workspaces(self, reader: Session, search: str) -> Page:
        body = workspaces.page(self.service, self.guard, search, reader.language)
        if body is None:
            return self._absent(reader)
        title = t(reader.language, "workspaces.title")
        return self._framed(
            reader, title, body, Place(register="workspaces", path=(Crumb(title),)), self._stamp(), False
        )

    def _stamp(self) -> Stamp | None:
        """The state of the data; None while there is none, which keeps nobody from what is not made of it."""
        try:
            return inspection.stamp(self.service)
        except NoSnapshot:
            return None

    # -- frame -------------------------------------------------------------------------

    def _page(
        self,
        reader: Session,
        title: str,
        body: Component,
        here: Board | None,
        results: list[KpiResult] | tuple,
        footed: bool = False,
    ) -> Page:
        name = here.name.get(reader.language) if here else None
        path = [Crumb(name, board_href(here, list(self.service.catalogue.boards.values())))] if here else []
        steps = (Crumb(title),) if name == title else (*path, Crumb(title))
        place = Place(board=here.id if here else None, path=steps, footed=footed)
        simulated = any(Mark.SIMULATED in result.marks for result in results)
        stamps = [result.stamp for result in results]
        told = max((one.as_of for one in stamps if one.as_of), default=None)
        return self._framed(reader, title, body, place, replace(stamps[0], as_of=told) if stamps else None, simulated)

    def _framed(
        self, reader: Session, title: str, body: Component, place: Place, stamp: Stamp | None, simulated: bool
    ) -> Page:
        catalogue = self.service.catalogue
        frame = Frame(
            city=catalogue.city,
            boards=list(catalogue.boards.values()),
            domains=tuple(dict.fromkeys(kpi.domain for kpi in catalogue.kpis.values())),
            language=reader.language,
            place=place,
            sources=self.service.sources() if stamp else (),
            stamp=stamp,
            simulated=simulated,
            demonstration=self._demonstration,
            partial=self.service.scope.areas is not None,
            watched=self.events is not None,
            keeper=reader.grant.may("manage_users"),
            hangs=self.guard is not None and self.guard.screens is not None and reader.grant.may("manage_screens"),
            rooms=bool(catalogue.rooms),
            drills=self.guard is not None and self.guard.screens is not None and reader.grant.may("run_exercises"),
            address=self.address if workspaces.ours(self.address) else "",
        )
        return Page(f"{title} · {catalogue.city.name.get(reader.language)}", shell(frame, body))


def drawn(pages: Pages, key: Key) -> Sheet:
    """The page of a key as markup."""
    page = pages.at(Session(key.language, key.theme, key.grant, key.notebook), key.path, key.search)
    return Sheet(render(page.body), page.title, page.next, page.kept, page.personal, page.status)
