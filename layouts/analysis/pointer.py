"""What a pointer reads off the large figure."""

from __future__ import annotations

from data.calendar.lunar import FIRST, LAST
from data.calendar.period import Grain
from data.catalogue import Catalogue
from data.kpis.result import KpiResult, Point, Value
from data.messages import t
from layouts import format
from layouts.analysis.annotations import line_name
from layouts.analysis.numbers import moon_day
from layouts.documents.facts import said
from layouts.marks import Role
from layouts.pen import Series


def series(result: KpiResult, language: str, role: Role) -> Series:
    """One text for each point of the line of ``role``; a compared point says its own date."""
    texts = []
    for point in result.points:
        value = point.value if role == "now" else point.compare
        text = _read(result, value, language)
        if role == "prev" and point.compare_at is not None:
            text = t(
                language,
                "analysis.hover.compared",
                value=text,
                day=format.bucket(language, point.compare_at, result.query.grain),
            )
        if role == "now" and point.estimated:
            text = t(language, "analysis.hover.estimated", value=text)
        texts.append(f"<b>{text}</b>" if role == "now" else text)
    return Series(line_name(result, language, role).replace("\n", " "), tuple(texts))


def _read(result: KpiResult, value: Value | None, language: str) -> str:
    if value is None:
        return t(language, "format.missing")
    return said(value, language) or format.phrase(language, result.kpi, value.number)


def note(result: KpiResult, point: Point, catalogue: Catalogue, language: str) -> str:
    """The second line of the hover box: weekday and lunar day, or the name of a longer bucket."""
    grain = Grain(result.query.grain)
    if grain in (Grain.WEEK, Grain.QUARTER):
        return format.bucket(language, point.at, grain)
    if grain is not Grain.DAY:
        return ""
    weekday = format.weekday(language, point.at)
    if not catalogue.city.lunar or not FIRST <= point.at.date() <= LAST:
        return weekday
    return t(language, "analysis.hover.moon", day=weekday, moon=moon_day(point.at))
