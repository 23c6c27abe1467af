"""A KPI in a tile: title, status, value, trend, comparison, age, source, definition code.

A number never travels alone, and silence changes shape, texture and words.
"""

from __future__ import annotations

from typing import Literal

from dash import html
from dash.development.base_component import Component

from data.catalogue.kpi import Kpi
from data.kpis.result import Freshness, KpiResult, Mark, SourceState
from data.messages import t
from data.outlook.river import Forecast
from layouts import comparison, ids
from layouts.behind import of_points
from layouts.composition import decides
from layouts.expectation import expected
from layouts.figures import bullet, hero, spark
from layouts.format import age, moment, number, phrase, value
from layouts.icons import icon
from layouts.markup import Markup
from layouts.state import ago, glyph, state, word, worst_source
from layouts.svg import svg
from layouts.view import way

Size = Literal["hero", "compact"]
LONGEST_NAME = 26
ABSENT = ("stale", "nodata", "na", "suppressed", "error")


def tile(
    result: KpiResult,
    language: str,
    size: Size = "compact",
    whole: bool = False,
    wall: bool = False,
    ahead: Forecast | None = None,
    named: tuple[str, str, str] | None = None,
    said: Component | None = None,
) -> html.Article:
    """The tile of one answer, in the state the answer is in; ``whole`` says it is of the whole city, ``wall`` that
    it is read across a room: numbers of three digits, short names; ``ahead`` what is to be expected. ``named`` is
    the name, address and longer name of what it shows where that is not just the KPI, ``said`` the mark of what
    people wrote beside it."""
    now = state(result)
    quiet = " is-quiet" if now == "ok" else ""
    body = [
        _title(result.kpi, language, wall and size == "compact", named, way(result)),
        _status(glyph(now), word(result, language), quiet),
        html.Div(_number(result, language, now, wall), className="tile-value"),
        *([] if now in ("nodata", "na", "suppressed", "error") else _drawing(result, language, size, wall, ahead)),
        html.Div(_words(result, language, now, size, ahead), className="tile-words"),
        provenance(result, language, whole, wall, said),
    ]
    return _frame(result.kpi, now, size, body, late=result.freshness is Freshness.LATE)


def skeleton(kpi: Kpi, language: str, size: Size = "compact") -> html.Article:
    """A tile of the same shape while its answer is awaited."""
    body = [
        _title(kpi, language),
        _status("loading", t(language, "state.loading"), " is-quiet"),
        html.Div(html.Span(className="bone bone-number"), className="tile-value"),
        html.Div(html.Span(className="bone bone-line"), className=f"tile-figure tile-{size}-figure"),
        html.Div(html.Span(className="bone bone-words"), className="tile-words"),
        html.Footer([html.Span(className="bone bone-source"), _code(kpi)], className="provenance"),
    ]
    return _frame(kpi, "loading", size, body, busy=True)


def failed(kpi: Kpi, message: str, language: str, size: Size = "compact") -> html.Article:
    """A tile whose answer failed: the cause in one sentence, never an old number."""
    body = [
        _title(kpi, language),
        _status("error", t(language, "state.error"), ""),
        html.Div(html.Span(t(language, "format.missing"), className="number"), className="tile-value"),
        html.Div(html.P(message, className="last-known"), className="tile-words"),
        html.Footer(_code(kpi), className="provenance"),
    ]
    return _frame(kpi, "error", size, body)


def provenance(
    result: KpiResult, language: str, whole: bool = False, wall: bool = False, said: Component | None = None
) -> html.Footer:
    """Lantern, age, source, kind of number, definition code; ``whole`` is said on a board of one area."""
    source = worst_source(result)
    simulated = html.Span(t(language, "tile.simulated"), className="simulated")
    marks = [html.Span(t(language, "board.whole"))] if whole else []
    marks += [simulated] if Mark.SIMULATED in result.marks else []
    marks += [html.Span(t(language, f"tile.{mark.value}")) for mark in Mark if mark in result.marks and mark in SAID]
    code = _code(result.kpi)
    named = html.Span([said, code], className="provenance-code") if said else code
    tail = html.Span([*marks, named], className="provenance-end")
    if source is None:
        return html.Footer([icon("nodata"), html.Span(t(language, "tile.no_source")), tail], className="provenance")
    said = (source.source.short if wall and source.source.short else source.source.name).get(language)
    name = html.Span(said, className="provenance-source", title=said)
    return html.Footer(
        [icon(source.freshness.value), source_age(source, language, wall), name, tail], className="provenance"
    )


SAID = (Mark.ESTIMATED, Mark.PROVISIONAL, Mark.REVISED)


def _frame(kpi: Kpi, now: str, size: Size, body: list, late: bool = False, busy: bool = False) -> html.Article:
    flags = {"data-state": now} | ({"data-late": "true"} if late else {}) | ({"aria-busy": "true"} if busy else {})
    return html.Article(
        html.Div(body, className="tile-body"), id=ids.tile(kpi.code), className=f"tile tile-{size}", **flags
    )


def heading(kpi: Kpi, language: str) -> str:
    """The name on a tile: the full one where it fits on a line, else the short one."""
    name = kpi.name.get(language)
    return kpi.short.get(language) if kpi.short and len(name) > LONGEST_NAME else name


def _title(
    kpi: Kpi, language: str, brief: bool = False, named: tuple[str, str, str] | None = None, href: str = ""
) -> html.H2:
    name = (kpi.short or kpi.name).get(language) if brief else heading(kpi, language)
    name, href, title = named or (name, href or f"/kpi/{kpi.code}", kpi.name.get(language))
    return html.H2(html.A(name, href=href, title=title), className="tile-title")


def _status(name: str, said: str, quiet: str) -> html.P:
    return html.P([icon(name), html.Span(said)], className=f"status{quiet}")


def _code(kpi: Kpi) -> html.Span:
    return html.Span(kpi.code, className="code")


def _number(result: KpiResult, language: str, now: str, wall: bool = False) -> list:
    """The number and its unit; the dash when there is none to show."""
    if now in ABSENT:
        return [html.Span(t(language, "format.missing"), className="number")]
    text, unit = value(language, result.kpi, result.value.number, wall)
    return [html.Span(text, className="number"), *([html.Span(unit, className="unit")] if unit else [])]


def _drawing(
    result: KpiResult, language: str, size: Size, wall: bool = False, ahead: Forecast | None = None
) -> list[html.Div]:
    figure = hero(result, language, wall, ahead) if size == "hero" else spark(result) or bullet(result)
    if figure is None:
        return []
    kind = f"tile-figure tile-{size}-figure" + ("" if figure.y.ticks or size == "compact" else " is-bare")
    drawn = Markup(html=svg(figure, f"figure figure-{size}"), className="drawing")
    table = [of_points(result, language)] if size == "hero" and wall else []
    return [html.Div([drawn, *table], className=kind)]


def _words(result: KpiResult, language: str, now: str, size: Size, ahead: Forecast | None = None) -> list:
    """What the number is held against, or why there is none."""
    if now in ABSENT:
        return [html.P(absence(result, language), className="last-known")]
    said = comparison.lines(result, language) if size == "hero" else [comparison.comparison(result, language)]
    if ahead is not None and size == "hero":
        said = [*said[:1], *(html.P(line, className="compare") for line in expected(ahead, result.kpi, language))]
    decided = decides(result, language)
    said = [*said, html.P(decided, className="compare decides")] if decided else said
    complete = result.quality.complete
    if complete is not None and complete < comparison.PARTIAL:
        share = t(language, "format.percent", number=number(language, complete * 100))
        said = [*said, html.P(t(language, "tile.partial", share=share), className="compare partial")]
    return [line for line in said if line is not None]


def absence(result: KpiResult, language: str) -> str:
    """Why the value slot is empty, in one sentence."""
    now = state(result)
    if now == "error":
        return t(language, result.refusal or "tile.refused")
    if now != "stale":
        return t(language, result.notes[0] if now == "na" and result.notes else f"tile.{now}")
    last = result.last_known
    if last is None or last.value.number is None:
        return t(language, "tile.never")
    return t(
        language,
        "tile.last",
        value=phrase(language, result.kpi, last.value.number),
        at=moment(language, last.at),
    )


def source_age(source: SourceState, language: str, wall: bool = False) -> html.Span:
    """The age of the newest row; what is late or silent says so in words. A screen that the server has left counts on
    from the seconds given."""
    if source.age is None:
        return html.Span(t(language, "tile.never"), className="age")
    held = {"data-age": int(source.age.total_seconds()), "data-promise": source.source.fresh_within}
    if source.freshness is Freshness.ON_TIME:
        said = age(language, source.age) if wall else ago(language, source.age)
        return html.Span(said, className="age", **held)
    key = "tile.late" if source.freshness is Freshness.LATE else "tile.silent"
    kind = f"age age-{source.freshness.value}"
    return html.Span(t(language, key, age=age(language, source.age)), className=kind, **held)
