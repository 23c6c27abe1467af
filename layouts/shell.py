"""The frame of every page: navigation, path, switches, lantern string, stamp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from dash import html
from dash.development.base_component import Component

from data.catalogue.board import Board
from data.catalogue.city import City
from data.kpis.result import Freshness, SourceState, Stamp
from data.messages import t
from layouts import ids, palette
from layouts.format import moment
from layouts.icons import SIGNS, icon
from layouts.lanterns import lanterns

OTHER = {"vi": "en", "en": "vi"}
REGISTERS = {"indicators": "list", "sources": "sources", "reports": "file"}
WATCHED = {"alerts": "bell"}  # where rules are looked at
OWN = {"workspaces": "keep"}  # for who is signed in
HUNG = {"screens": "screen"}  # for who manages screens
LED = {"rooms": "remote"}  # and leads rooms, where there are any
DRILLED = {"exercises": "flag"}  # for who runs exercises
KEPT = {"audit": "list"}  # for who manages users
DOMAIN_ICONS = {
    "infrastructure": "infrastructure", "egov": "file", "tourism": "tourism", "environment": "leaf",
    "culture": "culture",
}  # fmt: skip
IN_BAR = 3
MINE = "mine"  # the board of the views a reader has pinned


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path; the last has no address because it is here."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: its board or register in the navigation, the path to it, what the address asks.

    One that is ``footed`` tells the state of its data in a foot of its own.
    """

    board: str | None = None
    register: str | None = None
    path: Sequence[Crumb] = ()
    search: str = ""
    footed: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame shows besides the page itself: ``boards`` and ``domains`` in their order.

    In a ``demonstration`` nobody is signed in, and of a ``partial`` city only some areas are seen: every page says so.
    A ``keeper`` manages users, and sees the audit trail; who ``hangs`` screens, those,
    and the ``rooms`` they are in if there are any; who ``drills``, exercises.
    ``address`` is what would be saved of this page, "" nothing.
    It is ``watched`` where alerts are made.
    """

    city: City
    boards: Sequence[Board]
    language: str
    domains: Sequence[str] = ()
    place: Place = field(default_factory=Place)
    sources: Sequence[SourceState] = ()
    stamp: Stamp | None = None
    simulated: bool = False
    demonstration: bool = False
    partial: bool = False
    keeper: bool = False
    hangs: bool = False
    rooms: bool = False
    drills: bool = False
    address: str = ""
    watched: bool = False


def shell(frame: Frame, content: Component | Sequence[Component]) -> html.Div:
    """The whole page: skip link, navigation, bar, main, status."""
    language = frame.language
    return html.Div(
        [
            html.A(t(language, "shell.skip"), href=f"#{ids.MAIN}", className="skip"),
            html.P([icon("stale"), t(language, "shell.offline")], id=ids.NOTICE, className="offline", role="alert"),
            _wait(language),
            navigation(frame),
            _bar(frame),
            html.Main(content, id=ids.MAIN, className="main", tabIndex=-1),
            *([] if frame.place.footed else [status(frame)]),
        ],
        className="app has-foot" if frame.place.footed else "app",
        lang=language,
    )


def _wait(language: str) -> html.Div:
    """What is said of an answer that takes long, and the way out; `assets/wait.js` shows it."""
    cancel = html.Button(t(language, "shell.cancel"), type="button", **{"data-cancel": ""})
    return html.Div([html.Span(t(language, "shell.wait")), cancel], className="wait", role="status")


def board_href(board: Board, boards: Sequence[Board]) -> str:
    """Address of a board; the first one is the front page."""
    return "/" if boards and board.id == boards[0].id else f"/board/{board.id}"


def navigation(frame: Frame) -> html.Nav:
    """Boards, domains and registers in groups, then the state of the sources.

    On a phone only the first boards stand in the bar; its last button opens all groups.
    """
    language = frame.language
    city = frame.city.name.get(language)
    brand = html.A(
        [icon("mark"), html.Span([html.B(t(language, "shell.product")), html.Small(city)])],
        href="/", className="brand",
    )  # fmt: skip
    groups = [
        _group("boards", _boards(frame), language),
        _group("domains", _domains(frame), language),
        _group("registers", _registers(frame), language),
    ]
    more = html.Button(
        [icon("menu"), html.Span(t(language, "shell.more"))], type="button", className="nav-more",
        **{"data-menu": "", "aria-expanded": "false", "aria-controls": ids.GROUPS},
    )  # fmt: skip
    bar = html.Ul(_boards(frame)[:IN_BAR], className="nav-bar")
    foot = html.Div(lanterns(frame.sources, language), className="nav-foot")
    listed = html.Div(groups, id=ids.GROUPS, className="nav-groups")
    return html.Nav(
        [brand, bar, more, listed, foot], className="nav", **{"aria-label": t(language, "shell.nav")}
    )  # fmt: skip


def _boards(frame: Frame) -> list[html.Li]:
    listed = [
        _item(
            board.icon if board.icon in SIGNS else "grid", board.name.get(frame.language),
            board.title.get(frame.language), board_href(board, frame.boards), board.id == frame.place.board,
        )
        for board in frame.boards
    ]  # fmt: skip
    if frame.demonstration:
        return listed
    name, title = t(frame.language, "shell.mine"), t(frame.language, "mine.text")
    return [*listed, _item("grid", name, title, f"/board/{MINE}", frame.place.board == MINE)]


def _domains(frame: Frame) -> list[html.Li]:
    """Every domain leads to its own part of the catalogue."""
    asked = parse_qs(frame.place.search.removeprefix("?")).get("domain", [""])[0]
    rows = []
    for name in frame.domains:
        said = t(frame.language, f"indicators.domain.{name}")
        here = frame.place.register == "indicators" and asked == name
        rows.append(_item(DOMAIN_ICONS.get(name, "goal"), said, said, f"/indicators?domain={name}", here))
    return rows


def _registers(frame: Frame) -> list[html.Li]:
    language, place = frame.language, frame.place
    shown = (
        (WATCHED if frame.watched else {})
        | REGISTERS
        | (HUNG | (LED if frame.rooms else {}) if frame.hangs else {})
        | (DRILLED if frame.drills else {})
        | ({} if frame.demonstration else OWN | (KEPT if frame.keeper else {}))
    )
    return [
        _item(
            drawn, t(language, f"shell.{name}"), t(language, f"shell.{name}.title"), f"/{name}",
            name == place.register and "domain=" not in place.search,
        )
        for name, drawn in shown.items()
    ]  # fmt: skip


def _group(name: str, items: list[html.Li], language: str) -> html.Section:
    said = t(language, f"shell.group.{name}")
    return html.Section(
        [html.H2(said), html.Ul(items)], className=f"nav-group nav-{name}", **{"aria-label": said}
    )  # fmt: skip


def _item(drawn: str, name: str, title: str, href: str, here: bool) -> html.Li:
    mark = {"aria-current": "page"} if here else {}
    link = html.A([icon(drawn), html.Span(name)], href=href, className="is-here" if here else "", title=title)
    return html.Li(link, className="nav-item", **mark)


def _bar(frame: Frame) -> html.Header:
    language = frame.language
    steps: list[Component] = []
    for crumb in frame.place.path:
        if steps:
            steps.append(icon("chevron"))
        steps.append(html.A(crumb.text, href=crumb.href) if crumb.href else html.B(crumb.text))
    path = html.Nav(steps, className="crumbs", **{"aria-label": t(language, "shell.path")})
    own = [] if frame.demonstration else [*_save(frame), _own(language)]
    return html.Header([path, palette.field(language), _languages(language), _theme(language), *own], className="bar")


def _languages(language: str) -> html.Div:
    buttons = [
        html.Button(
            code.upper(), type="button", lang=code, title=t(language, f"shell.{code}"),
            **{"data-switch": code, "aria-pressed": "true" if code == language else "false"},
        )
        for code in OTHER
    ]  # fmt: skip
    return html.Div(buttons, className="segments", role="group", **{"aria-label": t(language, "shell.language")})


def _save(frame: Frame) -> list[Component]:
    """A link that leads to where this page is kept under a name."""
    if not frame.address:
        return []
    said = t(frame.language, "shell.save")
    name = " · ".join(crumb.text for crumb in frame.place.path)
    href = f"/workspaces?{urlencode({'save': frame.address, 'title': name})}"
    return [html.A(icon("keep"), href=href, className="square", title=said)]


def _own(language: str) -> html.Div:
    said = t(language, "shell.sign_out")
    button = html.Button(icon("out"), type="submit", className="square", title=said, **{"aria-label": said})
    own = t(language, "shell.profile")
    link = html.A(icon("person"), href="/profile", className="square", title=own)
    return html.Div([link, html.Form(button, method="post", action="/sign-out")], className="bar-own")


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
    said += [html.Span(t(language, "shell.partial"), className="status-late")] if frame.partial else []
    demo = [html.Span(t(language, "shell.demonstration"))] if frame.demonstration else []
    demo += [html.Span(t(language, "shell.simulated"), className="demo")] if frame.simulated else []
    return html.Footer([html.Div(said, id=ids.STAMP, className="stamp"), *demo], className="status-bar")
