"""The agenda of a wall: what needs somebody now, and what the next days bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dash import html
from dash.development.base_component import Component

from data.calendar.upcoming import Coming
from data.messages import t
from layouts.attention import Matter, counted, row
from layouts.format import lunar_month, short_day, weekday
from layouts.icons import icon

MOST, MOST_WITH_AHEAD, MOST_COMING = 4, 3, 3


def agenda(
    found: Sequence[Matter], coming: Sequence[Coming], today: date, language: str, fits: tuple[int, int] | None = None
) -> html.Section:
    """The list as a tile; what does not fit is counted, never cut. ``fits`` are how many matters and how many days
    there is room for, where it has more of it than on a board."""
    most, days = fits or (MOST_WITH_AHEAD if coming else MOST, MOST_COMING)
    title, count = t(language, "attention.title"), counted(found, language)
    head = [html.H2(title, className="tile-title"), html.P(count, className="status is-quiet")]
    rest = len(found) - most
    more = [html.P(t(language, "attention.more", n=rest), className="attention-more")] if rest > 0 else []
    listed = (
        html.Ul([row(matter) for matter in found[:most]], className="attention")
        if found
        else html.P([icon("ok"), html.Span(t(language, "attention.none"))], className="attention-none")
    )
    body: list[Component] = [html.Div(head, className="tile-head"), listed, *more]
    body += _coming(coming[:days], today, language)
    inside = html.Div(body, className="tile-body")
    return html.Section(inside, className="tile tile-list", **{"data-state": "ok"})


def _coming(coming: Sequence[Coming], today: date, language: str) -> list[Component]:
    if not coming:
        return []
    lines = [html.Li([html.B(_when(one.on, today, language)), html.Span(_what(one, language))]) for one in coming]
    title = html.H3(t(language, "wall.coming"))
    return [html.Div([title, html.Ul(lines)], className="coming")]


def _when(on: date, today: date, language: str) -> str:
    if on == today:
        return t(language, "wall.today")
    if on == today + timedelta(days=1):
        return t(language, "wall.tomorrow")
    return t(language, "wall.on", weekday=weekday(language, on), day=short_day(language, on))


def _what(one: Coming, language: str) -> str:
    if one.name is not None:
        return one.name.get(language)
    return t(language, f"wall.coming.{one.kind}", month=lunar_month(language, one.on))
