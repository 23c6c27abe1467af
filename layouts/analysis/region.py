"""The region below the chart: one figure of several, and the switch between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from data.areas.outline import Outlines
from data.catalogue import Catalogue
from data.kpis.contribution import Contribution
from data.kpis.result import KpiResult
from data.messages import t
from layouts.analysis import why
from layouts.analysis.areas import areas
from layouts.analysis.breakdown import breakdown
from layouts.analysis.hours import hours
from layouts.analysis.map import atlas
from layouts.analysis.ranking import ranking
from layouts.analysis.switch import switch
from layouts.view import Show, View

Reasons = Sequence[Contribution | None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a figure draws besides an answer and its breakdowns.

    ``hours`` is the answer hour by hour, ``lines`` that of every area, ``beside`` those of other KPIs; ``own`` is that
    of the KPI's own period where the view holds it among others.
    """

    hours: KpiResult | None = None
    lines: tuple[KpiResult, ...] = ()
    beside: tuple[KpiResult, ...] = ()
    own: KpiResult | None = None

    @property
    def every(self) -> tuple[KpiResult, ...]:
        """All of them."""
        alone = (one for one in (self.hours, self.own) if one is not None)
        return (*alone, *self.lines, *self.beside)


NOTHING = Drawn()


@dataclass(frozen=True, slots=True)
class Region:
    """The answers of a view and all that its figures are drawn with."""

    whole: KpiResult
    parts: tuple[KpiResult, ...]
    reasons: Reasons
    drawn: Drawn
    view: View
    catalogue: Catalogue
    language: str
    outlines: Outlines | None = None


def region(held: Region, beside: Component | None = None) -> html.Section:
    """The switch and the figure that is shown; ``beside`` is that of other KPIs over the same time."""
    mapped = held.outlines is not None and bool(held.outlines.areas)
    choice = switch(held.whole.kpi, held.view, held.catalogue, mapped, held.language)
    figure = [beside] if beside is not None else _figure(held)
    return html.Section([choice, *figure], className="an-region", **{"data-show": held.view.show.value})


def tall(held: Region) -> bool:
    """Whether its figure needs more of the height of the page."""
    explains = held.view.why and held.view.show is Show.PARTS
    return held.view.show is Show.MAP or len(held.drawn.beside) > 1 or explains


def _figure(held: Region) -> list[Component]:
    show, view, language = held.view.show, held.view, held.language
    if show is Show.HOURS and held.drawn.hours is not None:
        cards = [breakdown(one, view, held.catalogue, language) for one in held.parts]
        return [_row([*cards, hours(held.drawn.hours, language)])]
    if show is Show.RANKING:
        return [_row([ranking(one, view, held.catalogue, language) for one in held.parts])]
    if show is Show.MAP and held.parts:
        return [atlas(held.parts[0], view, held.catalogue, held.outlines, language)]
    if show is Show.AREAS and held.parts:
        return [areas(held.parts[0], held.drawn.lines, view, language)]
    return _reasons(held) if view.why else [_row(_cards(held))]


def _row(cards: list[html.Article]) -> html.Div:
    return html.Div(cards, className="an-two")


def _cards(held: Region) -> list[html.Article]:
    return [breakdown(one, held.view, held.catalogue, held.language, held.outlines) for one in held.parts]


def _reasons(held: Region) -> list[Component]:
    """What each of the parts did to the change, and that in a sentence."""
    found, language = [reason for reason in held.reasons if reason is not None], held.language
    said = why.sentence(held.whole, found, held.catalogue, language) if found else t(language, "analysis.why.none")
    cards = [
        breakdown(one, held.view, held.catalogue, language)
        if reason is None
        else why.card(held.whole, reason, held.view, held.catalogue, language)
        for one, reason in zip(held.parts, held.reasons, strict=True)
    ]
    return [html.P(said, className="an-why", role="status"), _row(cards)]
