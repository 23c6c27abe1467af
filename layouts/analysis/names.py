"""What dimensions, areas and buckets are called on the analysis page."""

from __future__ import annotations

from collections.abc import Sequence

from data.calendar.occasion import Occasion
from data.catalogue import LANGUAGES, Catalogue, Kpi, Text
from data.kpis.result import KpiResult
from data.messages import t
from layouts import format
from layouts.view import column


def dimension(kpi: Kpi, catalogue: Catalogue, name: str, language: str) -> str:
    """Heading of a dimension: "Khu vực" for area, else the name its column has in the pack."""
    if name == "area":
        return t(language, "analysis.area")
    found = column(kpi, catalogue, name)
    return found.name.get(language) if found and found.name else name


def member(kpi: Kpi, catalogue: Catalogue, name: str, key: str, language: str) -> str:
    """Label of one value of a dimension."""
    if name == "area":
        area = catalogue.areas.get(key)
        return area.name.get(language) if area else key
    found = column(kpi, catalogue, name)
    label = found.values.get(key) if found else None
    return label.get(language) if label else key


def place(areas: Sequence[str], catalogue: Catalogue, language: str) -> str:
    """The areas that are asked for together, by name; the city when there are none."""
    found = [catalogue.areas[area] for area in areas] or [catalogue.city]
    return ", ".join(one.name.get(language) for one in found)


def subject(result: KpiResult, catalogue: Catalogue, language: str) -> str:
    """What an answer is of: the name of its KPI, of areas with theirs."""
    name, areas = result.kpi.name.get(language), result.query.areas
    return t(language, "analysis.subject", name=name, place=place(areas, catalogue, language)) if areas else name


def occasion_name(one: Occasion) -> Text:
    """What an occasion is called: its own name, or that of a lantern night with its day."""
    if one.name is not None:
        return one.name
    said = {language: t(language, "analysis.night", day=format.day(language, one.peak)) for language in LANGUAGES}
    return Text(**said)
