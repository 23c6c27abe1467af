"""Pages: an address becomes one batch of questions and one tree of components.

The same function answers the first request, as HTML, and every later change, through Dash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.boards import answers
from callbacks.session import Session, session
from data.areas.outline import Outlines
from data.catalogue import Board, Kpi
from data.kpis.result import KpiResult, Mark
from data.kpis.service import KpiService
from data.messages import t
from data.store.reader import NoSnapshot
from layouts import absent, ids
from layouts.analysis.ids import CHART
from layouts.analysis.page import page as analysis_page
from layouts.board import board
from layouts.shell import Crumb, Frame, board_href, shell
from layouts.view import parse

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page and the words of its tab."""

    title: str
    body: Component


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page of a city."""

    service: KpiService
    outlines: Outlines | None = None

    def at(self, reader: Session, pathname: str, search: str) -> Page:
        """The page at an address; an unknown address is a page that says so."""
        parts = [unquote(part) for part in (pathname or "/").split("/") if part]
        catalogue = self.service.catalogue
        try:
            if not parts:
                return self._board(reader, next(iter(catalogue.boards.values())), search or "")
            if len(parts) == 2 and parts[0] == "board" and parts[1] in catalogue.boards:
                return self._board(reader, catalogue.boards[parts[1]], search or "")
            if len(parts) == 2 and parts[0] == "kpi" and (kpi := catalogue.kpi(parts[1])):
                return self._analysis(reader, kpi, search or "")
        except NoSnapshot:
            return self._page(reader, t(reader.language, "absent.waiting"), absent.waiting(reader.language), None, ())
        return self._page(reader, t(reader.language, "absent.title"), absent.page(reader.language), None, ())

    # -- boards ------------------------------------------------------------------------

    def _board(self, reader: Session, described: Board, search: str) -> Page:
        filled, results = answers(self.service, described, search, self.outlines)
        body = board(described, filled, reader.language)
        return self._page(reader, described.name.get(reader.language), body, described, results)

    # -- analysis ----------------------------------------------------------------------

    def _analysis(self, reader: Session, kpi: Kpi, search: str) -> Page:
        catalogue, clock = self.service.catalogue, self.service.clock
        today = clock.now().date()
        view = parse(search, kpi, catalogue, today)
        began = clock.monotonic()
        asked = [view.query(), *(view.query(by) for by in view.splits(kpi))]
        result, *breakdowns = self.service.ask(asked)
        listed = self.service.rows(view.query(), sort=view.sort, offset=(view.page - 1) * PAGE_ROWS, limit=PAGE_ROWS)
        took = (clock.monotonic() - began) * 1000
        body = analysis_page(
            kpi,
            view,
            result,
            tuple(breakdowns),
            listed,
            catalogue,
            reader.language,
            reader.theme,
            today,
            took,
        )
        name = (kpi.short or kpi.name).get(reader.language)
        home = next((b for b in catalogue.boards.values() if kpi.code in b.kpis or kpi.id in b.kpis), None)
        return self._page(reader, name, body, home, [result])

    def _page(
        self,
        reader: Session,
        title: str,
        body: Component,
        here: Board | None,
        results: list[KpiResult] | tuple,
    ) -> Page:
        catalogue = self.service.catalogue
        boards = list(catalogue.boards.values())
        path = [Crumb(here.name.get(reader.language), board_href(here, boards))] if here else []
        if not here or title != here.name.get(reader.language):
            path.append(Crumb(title))
        else:
            path = [Crumb(title)]
        frame = Frame(
            city=catalogue.city,
            boards=boards,
            language=reader.language,
            current=here.id if here else None,
            path=path,
            sources=self.service.sources() if results else (),
            stamp=results[0].stamp if results else None,
            simulated=any(Mark.SIMULATED in result.marks for result in results),
        )
        return Page(f"{title} · {catalogue.city.name.get(reader.language)}", shell(frame, body))


def navigate(
    pages: Pages, reader: Callable[[], Session], pathname: str, search: str, mark: str | None
) -> tuple[Component, str]:
    """One change of address or of data is one request: the page and the words of its tab."""
    page = pages.at(reader(), pathname, search)
    return page.body, page.title


def register(app: Dash, pages: Pages) -> None:
    """Bind the one callback that draws pages."""
    reader = partial(session, pages.service.catalogue.city.language)
    app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.TITLE, "data"),
        Input(ids.LOCATION, "pathname"),
        Input(ids.LOCATION, "search"),
        Input(ids.PUSH, "data"),
    )(partial(navigate, pages, reader))
    app.clientside_callback(
        ClientsideFunction("lantern_view", "drag"),
        Output(ids.LOCATION, "search"),
        Input(CHART, "relayoutData"),
        State(ids.LOCATION, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        "function(title) { document.title = title || document.title; return window.dash_clientside.no_update; }",
        Output(ids.TITLE, "id"),
        Input(ids.TITLE, "data"),
        prevent_initial_call=True,
    )
