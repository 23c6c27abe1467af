"""The frame of every page: navigation, path, switches, lantern string, stamp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.board import Board
from data.catalogue.city import City
from data.kpis.result import Freshness, SourceState, Stamp
from data.messages import t
from layouts import ids
from layouts.format import moment
from layouts.icons import SIGNS, icon
from layouts.lanterns import lanterns

OTHER = {"vi": "en", "en": "vi"}
REGISTERS = {"sources": "sources", "indicators": "list"}


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path; the last has no address because it is here."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame shows besides the page itself. ``current`` is the board id in the navigation, ``register`` the register."""

    city: City
    boards: Sequence[Board]
    language: str
    current: str | None = None
    register: str | None = None
    path: Sequence[Crumb] = field(default_factory=tuple)
    sources: Sequence[SourceState] = ()
    stamp: Stamp | None = None
    simulated: bool = False


def shell(frame: Frame, content: Component | Sequence[Component]) -> html.Div:
    """The whole page: skip link, navigation, bar, main, status."""
    language = frame.language
    return html.Div(
        [
            html.A(t(language, "shell.skip"), href=f"#{ids.MAIN}", className="skip"),
            html.P([icon("stale"), t(language, "shell.offline")], id=ids.NOTICE, className="offline", role="alert"),
            navigation(frame),
            _bar(frame),
            html.Main(content, id=ids.MAIN, className="main", tabIndex=-1),
            status(frame),
        ],
        className="app",
        lang=language,
    )


def board_href(board: Board, boards: Sequence[Board]) -> str:
    """Address of a board; the first one is the front page."""
    return "/" if boards and board.id == boards[0].id else f"/board/{board.id}"


def navigation(frame: Frame) -> html.Nav:
    """Boards that exist, the registers of sources and indicators, then the state of the sources."""
    language = frame.language
    rows = [
        _nav_item(
            board.icon if board.icon in SIGNS else "grid", board.name.get(language), board.title.get(language),
            board_href(board, frame.boards), board.id == frame.current,
        )
        for board in frame.boards
    ]  # fmt: skip
    rows += [
        _nav_item(
            drawn, t(language, f"shell.{name}"), t(language, f"shell.{name}.title"), f"/{name}", name == frame.register,
            "nav-register",
        )
        for name, drawn in REGISTERS.items()
    ]  # fmt: skip
    city = frame.city.name.get(language)
    brand = dcc.Link(
        [icon("mark"), html.Span([html.B(t(language, "shell.product")), html.Small(city)])],
        href="/", className="brand",
    )  # fmt: skip
    foot = html.Div(lanterns(frame.sources, language), className="nav-foot")
    return html.Nav([brand, html.Ul(rows), foot], className="nav", **{"aria-label": t(language, "shell.nav")})


def _nav_item(drawn: str, name: str, title: str, href: str, here: bool, kind: str = "") -> html.Li:
    mark = {"aria-current": "page"} if here else {}
    link = dcc.Link([icon(drawn), html.Span(name)], href=href, className="is-here" if here else "", title=title)
    return html.Li(link, className=f"nav-item {kind}".strip(), **mark)


def _bar(frame: Frame) -> html.Header:
    language = frame.language
    steps: list[Component] = []
    for crumb in frame.path:
        if steps:
            steps.append(icon("chevron"))
        steps.append(dcc.Link(crumb.text, href=crumb.href) if crumb.href else html.B(crumb.text))
    path = html.Nav(steps, className="crumbs", **{"aria-label": t(language, "shell.path")})
    return html.Header([path, _languages(language), _theme(language)], className="bar")


def _languages(language: str) -> html.Div:
    buttons = [
        html.Button(
            code.upper(), type="button", lang=code, title=t(language, f"shell.{code}"),
            **{"data-switch": code, "aria-pressed": "true" if code == language else "false"},
        )
        for code in OTHER
    ]  # fmt: skip
    return html.Div(buttons, className="segments", role="group", **{"aria-label": t(language, "shell.language")})


def _theme(language: str) -> html.Button:
    said = t(language, "shell.theme")
    return html.Button(
        [icon("sun", "when-dark"), icon("moon", "when-light")], type="button", className="square", title=said,
        **{"data-switch": "theme", "aria-label": said},
    )  # fmt: skip


def status(frame: Frame) -> html.Footer:
    """Which state of the data is shown, and that it is simulated when it is."""
    language, stamp = frame.language, frame.stamp
    if stamp is None:
        said = [html.Span(t(language, "shell.no_stamp"))]
    else:
        until = moment(language, stamp.as_of, year=True) if stamp.as_of else t(language, "format.missing")
        said = [
            html.Span(t(language, "shell.as_of", at=until)),
            html.Span(t(language, "shell.snapshot", n=stamp.snapshot)),
        ]
        said += [html.Span(t(language, "shell.recomputed"))] if stamp.recomputed else []
    late = sum(state.freshness is not Freshness.ON_TIME for state in frame.sources)
    if late:
        said.append(html.Span(t(language, "shell.late", n=late), className="status-late"))
    demo = [html.Span(t(language, "shell.simulated"), className="demo")] if frame.simulated else []
    return html.Footer([html.Div(said, id=ids.STAMP, className="stamp"), *demo], className="status-bar")
