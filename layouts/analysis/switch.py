"""The switch of figures: what is drawn below the chart, of what fits the KPI."""

from __future__ import annotations

from dash import html

from data.catalogue import Catalogue, Kpi
from data.messages import t
from layouts.view import Show, View, shows


def switch(kpi: Kpi, view: View, catalogue: Catalogue, mapped: bool, language: str) -> html.Nav:
    """Links to the view with each figure; S goes to the next, the one shown leads back to the parts.

    A map is offered of areas that are ``mapped``.
    """
    offered = [show for show in shows(kpi, catalogue) if mapped or show is not Show.MAP]
    place = offered.index(view.show) + 1 if view.show in offered else 0
    following = offered[place % len(offered)] if offered else None
    links = [_link(show, show is following, view, language) for show in offered]
    label = t(language, "analysis.key.figure.long")
    return html.Nav(links, className="an-tabs", title=f"{label} (S)", **{"aria-label": label})


def _link(show: Show, following: bool, view: View, language: str) -> html.A:
    here = show is view.show
    wired = {"aria-current": "true"} if here else {}
    keys = ["s"] * following + ["b"] * (show is Show.BESIDE)
    wired |= {"data-shortcut": " ".join(keys)} if keys and not here else {}
    href = view.with_(show=Show.PARTS if here else show, why=False).href
    return html.A(t(language, f"analysis.figure.{show.value}"), href=href, **wired)
