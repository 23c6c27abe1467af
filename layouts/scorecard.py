"""A scorecard: KPIs as lines of one table, each with its targets, the path to them and the pace.

A real table with headers for every cell; roles are written out because a narrow screen shows its
lines as cards, and a browser forgets that what is no longer laid out as a table is one.
"""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from data.catalogue.board import ScorecardTile
from data.catalogue.kpi import Kpi
from data.kpis.result import Freshness, KpiResult, Mark
from data.messages import t
from layouts import ids
from layouts.comparison import period_name
from layouts.format import bucket, phrase, value
from layouts.goal_path import goal_path
from layouts.icons import icon
from layouts.markup import Markup
from layouts.pace import bare, held_against, pace, target_in, told
from layouts.state import glyph, state, word, worst_source
from layouts.svg import svg
from layouts.tally import summary
from layouts.tile import ABSENT, SAID, absence, source_age
from layouts.view import way

Cells = list[Component]
ENDS = (*SAID, Mark.OFFICIAL)


def scorecard(
    item: ScorecardTile,
    kpis: Mapping[str, Kpi],
    results: Mapping[str, KpiResult],
    failures: Mapping[str, str],
    language: str,
    within: bool = False,
    said: Mapping[str, Component] | None = None,
) -> html.Article:
    """The table of ``item``; a KPI without an answer yet, or whose answer failed, says so on its line.

    ``within`` says that the board is of one area: lines that are of the whole city then say it. ``said`` are the marks
    of what people wrote, by the names of the KPIs.
    """
    marks = said or {}
    name = item.name.get(language)
    caption = html.Caption(t(language, "scorecard.caption", name=name, count=len(item.scorecard)), className="unseen")
    labels = _labels(item, language)
    lines = [
        _line(kpis[code], results.get(code) or failures.get(code), item, language, within, labels, marks.get(code))
        for code in item.scorecard
    ]
    heads = [html.Th(label, scope="col", role="columnheader", className=f"score-{key}") for key, label in labels]
    table = html.Table(
        [
            caption,
            html.Thead(html.Tr(heads, role="row"), role="rowgroup"),
            html.Tbody(lines, role="rowgroup"),
        ],
        className="score",
        role="table",
    )
    asked = [found for code in item.scorecard if (found := results.get(code))]
    head = html.Header(
        [html.H2(name, className="tile-title"), html.Small(summary(asked, language))], className="tile-head"
    )
    body = html.Div([head, html.Div(table, className="score-box")], className="tile-body")
    return html.Article(body, id=ids.tile(f"scorecard-{item.scorecard[0]}"), className="tile tile-scorecard")


def _labels(item: ScorecardTile, language: str) -> list[tuple[str, str]]:
    years = [("target", t(language, "scorecard.column.target", year=year)) for year in item.years]
    before, after = ("kpi", "value"), ("path", "pace", "owner")
    said = {key: t(language, f"scorecard.column.{key}") for key in (*before, *after)}
    return [*((key, said[key]) for key in before), *years, *((key, said[key]) for key in after)]


def _line(
    kpi: Kpi, heard: KpiResult | str | None, item: ScorecardTile, language: str, within: bool,
    labels: list[tuple[str, str]], mark: Component | None,
) -> html.Tr:  # fmt: skip
    """The line of a KPI: of its answer, of why it failed, of None while it is awaited."""
    targets = [_target(kpi, year, language) for year in item.years]
    if not isinstance(heard, KpiResult):
        now = "error" if heard else "loading"
        middle: list[Cells] = [[html.Span(t(language, "format.missing"), className="score-number")], *targets, []]
        middle.append(_status(now, heard or t(language, "state.loading"), ""))
    else:
        now = state(heard)
        whole = within and heard.query.area is None
        middle = [_value(heard, language, whole), *targets, _path(heard, language), _pace(heard, language)]
    cells = [*middle, [html.Span(kpi.owner.get(language))]]
    tds = [
        html.Td(inside, role="cell", className=f"score-{key}", **{"data-label": label})
        for inside, (key, label) in zip(cells, labels[1:], strict=True)
    ]
    href = way(heard) if isinstance(heard, KpiResult) else f"/kpi/{kpi.code}"
    return html.Tr([_name(kpi, href, language, mark), *tds], id=ids.tile(kpi.code), role="row", **{"data-state": now})


def _name(kpi: Kpi, href: str, language: str, mark: Component | None) -> html.Th:
    inside: Cells = [html.A(kpi.name.get(language), href=href), html.Small(kpi.code, className="code")]
    if mark is not None:
        inside.append(mark)
    return html.Th(inside, scope="row", role="rowheader", className="score-kpi")


def _target(kpi: Kpi, year: int, language: str) -> Cells:
    wanted = target_in(kpi, year)
    if wanted is None:
        return [html.Span(t(language, "scorecard.unset"), className="score-unset")]
    unit = "" if kpi.unit == "percent" else f" {kpi.unit.get(language)}"
    heard = [html.Span(unit, className="unseen")] if unit else []
    return [html.Span(bare(kpi, wanted, language), className="score-goal"), *heard]


def _value(result: KpiResult, language: str, whole: bool) -> Cells:
    """The number with its period, or why there is none; under it the lamp, the kind and the source."""
    if state(result) in ABSENT:
        dash = html.Span(t(language, "format.missing"), className="score-number")
        said = html.P([dash, html.Span(missing(result, language))], className="last-known")
        return [said, _provenance(result, language, whole)]
    text, unit = value(language, result.kpi, result.value.number)
    period = period_name(result, language) or t(language, "scorecard.now")
    parts = [html.Span(text, className="score-number"), *([html.Span(unit, className="score-unit")] if unit else [])]
    return [html.P([*parts, html.Span(period, className="score-period")]), _provenance(result, language, whole)]


def missing(result: KpiResult, language: str) -> str:
    """Why the newest period has no number, and the last that has one."""
    if state(result) != "nodata":
        return absence(result, language)
    period = period_name(result, language) or t(language, "scorecard.now")
    official = bool(result.sources) and all(held.source.authority == "official" for held in result.sources)
    said = t(language, "scorecard.unpublished" if official else "scorecard.missing", period=period)
    last = next((point for point in reversed(result.points) if point.value.number is not None), result.last_known)
    if last is None or last.value.number is None:
        return said
    shown = phrase(language, result.kpi, last.value.number)
    at = bucket(language, last.at, result.query.grain)
    return f"{said} {t(language, 'scorecard.latest', value=shown, period=at)}"


def _provenance(result: KpiResult, language: str, whole: bool) -> html.P:
    kinds = [t(language, f"tile.{mark.value}") for mark in (Mark.SIMULATED, *ENDS) if mark in result.marks]
    kinds += [t(language, "board.whole")] if whole else []
    marks = [html.Span(kind, className="score-kind") for kind in kinds]
    source = worst_source(result)
    if source is None:
        return html.P([icon("nodata"), html.Span(t(language, "tile.no_source")), *marks], className="score-source")
    name = source.source.name.get(language)
    # Of a period that is over, an age on time says less than the period beside the number.
    told_by_period = source.freshness is Freshness.ON_TIME and result.kpi.period.startswith("last_")
    ages = [] if told_by_period else [source_age(source, language)]
    said = [icon(source.freshness.value), *marks, *ages, html.Span(name, title=name, className="score-name")]
    return html.P(said, className="score-source")


def _path(result: KpiResult, language: str) -> Cells:
    figure = goal_path(result, language)
    if figure is None:
        return [html.Span(t(language, "scorecard.no_path"), className="score-unset")]
    return [Markup(html=svg(figure, "figure figure-path"), className="score-drawing")]


def _pace(result: KpiResult, language: str) -> Cells:
    """Glyph, word and number of the pace, and what it is measured from."""
    now, against = state(result), held_against(result, language)
    if now in ABSENT:
        unknown = t(language, "scorecard.unknown" if result.kpi.target else "scorecard.untargeted")
        return _status(glyph(now), f"{word(result, language)}", unknown)
    found = pace(result)
    if found is None:
        return _status("nodata", t(language, "scorecard.unknown" if result.kpi.target else "scorecard.untargeted"), "")
    severe = now in ("alert", "emergency")
    name = glyph(now) if severe else "watch" if found.way == "behind" else "ok"
    level = f"{word(result, language)} · " if severe else ""
    return _status(name, told(found, result.kpi, language), f"{level}{against}", found.way)


def _status(name: str, said: str, detail: str, way: str = "") -> Cells:
    first = html.P([icon(name), html.Span(said)], className=f"score-way {f'is-{way}' if way else ''}".strip())
    return [first, *([html.Small(detail)] if detail else [])]
