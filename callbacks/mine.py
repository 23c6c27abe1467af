"""A reader's own board: the views they have pinned, asked as one batch."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from dash.development.base_component import Component

from callbacks.alerts import almanac
from callbacks.asker import asker
from callbacks.guard import Guard
from callbacks.posted import posted
from callbacks.views import pinned as held
from callbacks.workspaces import member
from data.alerts.events import Events
from data.kpis.result import KpiResult
from data.kpis.sight import Sight
from data.workspaces import Workspaces
from layouts.address import parse
from layouts.mine import Pinned, mine
from layouts.view import View

MOST = 24


def board(
    sight: Sight, guard: Guard | None, events: Events | None, language: str
) -> tuple[Component, list[KpiResult]] | None:
    """The board and the answers on it; None in a demonstration, where nobody keeps anything."""
    if guard is None or guard.accounts is None:
        return None
    saved = Workspaces(guard.accounts.state).visible(member(asker()))
    own = [one for one in saved if one.pinned and (one.mine or one.whole)]
    views = [(one.title, view) for one in own if (view := _view(sight, events, one.address)) is not None][:MOST]
    results = _answers(sight, [view for _, view in views])
    said = posted(guard.accounts.state, sight, True, results)
    tiles = [
        Pinned(title, view, result, said.get(result.kpi.id, ()))
        for (title, view), result in zip(views, results, strict=True)
    ]
    return mine(tiles, sight.catalogue, language), results


def _view(sight: Sight, events: Events | None, address: str) -> View | None:
    """The view at an address; None for one of another page, or of a KPI its reader does not have."""
    parts = urlsplit(address)
    code = unquote(parts.path.removeprefix("/kpi/"))
    kpi = sight.catalogue.kpi(code) or sight.catalogue.renamed(code)
    if kpi is None or not parts.path.startswith("/kpi/"):
        return None
    return parse(parts.query, kpi, sight.catalogue, sight.clock.now().date(), almanac(sight, events, parts.query))


def _answers(sight: Sight, views: list[View]) -> list[KpiResult]:
    """The answers in order: of the newest data as one batch, of a snapshot that is kept one by one."""
    newest = iter(sight.ask([view.query() for view in views if view.snapshot is None]))
    return [next(newest) if view.snapshot is None else _alone(sight, view) for view in views]


def _alone(sight: Sight, view: View) -> KpiResult:
    there, shown = held(sight, view)
    return there.ask([shown.query()])[0]
