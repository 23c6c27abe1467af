"""Behind a figure: its numbers as a table, for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dash import html

from data.kpis.result import KpiResult, Part
from layouts.format import bucket, phrase


def of_points(result: KpiResult, language: str) -> html.Table:
    """The trend of an answer: a line for each bucket, a dash where there is no number."""
    kpi, grain = result.kpi, result.query.grain
    lines = ((bucket(language, point.at, grain), phrase(language, kpi, point.value.number)) for point in result.points)
    return _table(kpi.name.get(language), lines)


def of_parts(result: KpiResult, parts: Mapping[str, Part], language: str) -> html.Table:
    """The parts of an answer: a line for each."""
    lines = ((part.label.get(language), phrase(language, result.kpi, part.value.number)) for part in parts.values())
    return _table(result.kpi.name.get(language), lines)


def _table(caption: str, lines: Iterable[tuple[str, str]]) -> html.Table:
    body = [html.Tr([html.Th(name, scope="row"), html.Td(number)]) for name, number in lines]
    return html.Table([html.Caption(caption), html.Tbody(body)], className="unseen")
