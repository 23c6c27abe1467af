"""The views of a KPI that its reader has kept or was given, and the way to keep the one that is shown."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html

from data.catalogue import Kpi
from data.messages import t
from data.remarks.remark import Bookmark, Notebook
from layouts.analysis.controls import span
from layouts.icons import icon
from layouts.view import View


def kept(notebook: Notebook, kpi: Kpi, view: View, language: str) -> list[html.Section]:
    """The part of the card for kept views; none for who keeps nothing, as in a demonstration."""
    if not notebook.keeps:
        return []
    title = t(language, "kept.title")
    lines = [_line(one, view) for one in notebook.bookmarks]
    body = [html.H3(title), html.Ul(lines, className="rk-list") if lines else html.P(t(language, "kept.none"))]
    said = t(language, "kept.keep")
    keep = html.A([icon("keep"), html.Span(said)], href=_keep(kpi, view, language), className="an-button",
                    title=f"{said} (K)")  # fmt: skip
    return [html.Section([*body, keep], className="rk rk-kept", **{"aria-label": title})]


def _line(one: Bookmark, view: View) -> html.Li:
    here = {"aria-current": "true"} if one.address == view.href else {}
    mark = [icon("grid")] if one.pinned else []
    link = html.A([*mark, html.Span(one.title)], href=one.address, className="rk-link", **here)
    return html.Li([link, html.Small(one.owner)] if one.owner else link)


def _keep(kpi: Kpi, view: View, language: str) -> str:
    """Where the view is given a name: the form of the workspaces, with what it could be called."""
    title = f"{(kpi.short or kpi.name).get(language)} · {span(language, view.first, view.last)}"
    return f"/workspaces?{urlencode({'save': view.href, 'title': title})}"
