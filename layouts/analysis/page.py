"""The analysis page of one KPI: filters, four numbers, one large figure, one of several below it, rows, card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html

from data.areas.outline import Outlines
from data.calendar.almanac import Almanac
from data.calendar.period import Grain
from data.catalogue import Catalogue, Kpi
from data.kpis.contribution import contribution
from data.kpis.result import KpiResult
from data.kpis.rows import RowPage
from data.kpis.sieve import Sieve
from data.messages import t
from data.remarks.remark import BLANK, Notebook
from layouts import format
from layouts.analysis.beside import beside, panels
from layouts.analysis.card import card
from layouts.analysis.chart import chart, plot, sentence, still
from layouts.analysis.controls import controls, picks
from layouts.analysis.empty import empty
from layouts.analysis.footer import footer, overlay
from layouts.analysis.frame import turn
from layouts.analysis.ids import CHART
from layouts.analysis.kept import kept
from layouts.analysis.record import Record, record
from layouts.analysis.region import NOTHING, Drawn, Region, region, tall
from layouts.analysis.remarks import Numbered, numbered, remarks
from layouts.analysis.rows import points, rows
from layouts.analysis.strip import strip, told
from layouts.plotly import graph
from layouts.tokens import Theme
from layouts.view import Notice, Show, View, grains


def page(
    kpi: Kpi,
    view: View,
    result: KpiResult,
    breakdowns: tuple[KpiResult, ...],
    listed: RowPage,
    catalogue: Catalogue,
    language: str,
    theme: Theme,
    today: date,
    took: float | None = None,
    outlines: Outlines | None = None,
    opened: Record | None = None,
    drawn: Drawn = NOTHING,
    notebook: Notebook = BLANK,
    beyond: tuple[KpiResult, ...] = (),
    sql: str = "",
    almanac: Almanac | None = None,
    stuck: Sequence[Sieve] = (),
) -> html.Div:
    """Everything below the top bar.

    ``took`` is the time the questions took, in milliseconds, ``opened`` the row looked at, ``drawn`` what the figure
    that is shown needs besides, ``notebook`` what people wrote beside the numbers, ``beyond`` splits that are not shown
    but tell which filter emptied the answer, ``sql`` what was run for it,
    ``almanac`` the occasions that may be named, ``stuck`` the sieves that let no row through.
    """
    reasons = [contribution(result, one) if told(result) else None for one in breakdowns]
    held = Region(result, breakdowns, reasons, drawn, view, catalogue, language, outlines)
    others = panels(result, drawn.beside, catalogue, language) if view.show is Show.BESIDE else None
    canvas = [
        *_notices(view, catalogue, language),
        strip(result, view, any(reasons), catalogue, language, drawn.own),
        _main(
            kpi,
            view,
            result,
            (*breakdowns, *beyond),
            catalogue,
            language,
            theme,
            others.left if others else 0.0,
            numbered(notebook, view),
        ),
        region(held, beside(result, others, view, language, theme) if others else None),
        rows(listed, view, catalogue, language, stuck),
    ]
    mapped = outlines is not None and "area" in kpi.dimensions
    said = [*remarks(notebook, kpi, view, catalogue, language), *kept(notebook, kpi, view, language)]
    side = (
        record(opened, view, catalogue, language)
        if view.row
        else card(result, view, catalogue, language, said, sql, drawn.own)
    )
    work = [html.Div(canvas, className="an-canvas is-tall" if tall(held) else "an-canvas"), side]
    return html.Div(
        [
            controls(view, kpi, catalogue, language, today, mapped, almanac), html.Div(work, className="an-work"),
            footer(result, view, language, took), overlay(language, notebook),
        ],
        className="an is-chipped" if len(picks(view)) > 1 else "an",
    )  # fmt: skip


def _notices(view: View, catalogue: Catalogue, language: str) -> list[html.Div]:
    """What in the address could not be used, said once; areas by their names, days as people read them."""
    names = {area.id: area.name.get(language) for area in catalogue.areas.values()}
    told = [
        html.P(t(language, one.key, given=_days(one, language) or names.get(one.given, one.given)))
        for one in view.notices
    ]
    return [html.Div(told, className="an-notices", role="status")] if told else []


def _days(notice: Notice, language: str) -> str:
    """The two days of a notice that they stand in the wrong order."""
    days = notice.given.split(", ") if notice.key == "view.order" else ()
    return ", ".join(format.day(language, date.fromisoformat(day)) for day in days)


def _main(
    kpi: Kpi, view: View, result: KpiResult, breakdowns: tuple[KpiResult, ...],
    catalogue: Catalogue, language: str, theme: Theme, left: float, said: Numbered,
) -> html.Article:  # fmt: skip
    drawing = None if result.refusal else chart(result, catalogue, language, said, left)
    grain = t(language, f"analysis.grain.{view.grain.value}").lower()
    title = t(language, "analysis.chart", name=(kpi.short or kpi.name).get(language), grain=grain)
    unit = "%" if kpi.unit == "percent" else kpi.unit.get(language)
    head = [
        html.H2(title),
        html.Small(unit),
        html.Span(className="an-space"),
        *_grains(kpi, view, catalogue, language),
    ]
    if drawing is None:
        body = [empty(result, breakdowns, view, catalogue, language)]
    else:
        head.append(turn(language))
        figure = html.Div(
            graph(CHART, plot(drawing, result, catalogue, language, theme, said), "an-plot", still(drawing)),
            className="an-figure",
            role="img",
            tabIndex="0",
            **{"aria-label": sentence(result, catalogue, language), "data-walked": "points"},
        )
        heard = html.Span(className="unseen", **{"aria-live": "polite", "data-said": ""})
        body = [figure, heard, points(result, language)]
    return html.Article(
        [html.Header(head, className="an-card-h"), *body],
        className="an-card an-main",
        **{"data-figure": "main", "data-grain": view.grain.value, "data-finer": _finer(kpi, view, catalogue)},
    )


def _grains(kpi: Kpi, view: View, catalogue: Catalogue, language: str) -> list[html.Nav]:
    """Buckets to choose from, as links; G goes to the next."""
    offered = [grain for grain in grains(kpi, catalogue) if _useful(grain, view)]
    following = offered[(offered.index(view.grain) + 1) % len(offered)] if view.grain in offered else offered[0]
    links = []
    for grain in offered:
        wired = {"aria-current": "true"} if grain is view.grain else {}
        wired |= {"data-shortcut": "g"} if grain is following and grain is not view.grain else {}
        links.append(html.A(t(language, f"analysis.grain.{grain.value}"), href=view.with_(grain=grain).href, **wired))
    label = t(language, "analysis.key.grain")
    return [html.Nav(links, className="an-seg", **{"aria-label": label})] if len(links) > 1 else []


def _finer(kpi: Kpi, view: View, catalogue: Catalogue) -> str:
    """The bucket a reader who picks one bucket sees it in."""
    offered = grains(kpi, catalogue)
    return offered[max(0, offered.index(view.grain) - 1)].value if view.grain in offered else view.grain.value


def _useful(grain: Grain, view: View) -> bool:
    """Two buckets at least, and few enough to see; the one in use is always offered."""
    days = (view.last - view.first).days + 1
    least = {
        Grain.HOUR: 1,
        Grain.DAY: 2,
        Grain.WEEK: 14,
        Grain.MONTH: 59,
        Grain.QUARTER: 180,
        Grain.YEAR: 730,
    }[grain]
    most = {Grain.HOUR: 31, Grain.DAY: 1100}.get(grain, 40_000)
    return grain is view.grain or least <= days <= most
