"""Breakdowns by areas as GeoJSON (RFC 7946): their schematic outlines with what the map says of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from data.areas.outline import Outlines
from data.kpis.result import KpiResult, Part
from data.messages import t
from layouts.documents.facts import Document, said, shown, unit
from layouts.documents.shapes import polygons


def geojson(document: Document, outlines: Outlines, mapped: Sequence[KpiResult]) -> str:
    """The maps of a document, each an answer by area; an area without an outline has no geometry."""
    language = document.language
    about = {name: _plain(value) for name, value in document.heads()}
    told = {
        "type": "FeatureCollection",
        "features": [_feature(one, part, outlines, len(mapped) > 1, language) for one in mapped for part in one.parts],
        "about": about | {"outlines": t(language, "map.schematic")},
        "definition": {one.kpi.code: one.kpi.definition.get(language) for one in mapped},
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def properties(result: KpiResult, part: Part, language: str) -> dict[str, Any]:
    """What the map says of an area."""
    return {
        "code": result.kpi.code,
        "area": part.key,
        "name": part.label.get(language),
        "value": shown(result, part.value),
        "unit": unit(result, language),
        "presence": said(part.value, language) or None,
        "compared": shown(result, part.compare),
    }


def _feature(result: KpiResult, part: Part, outlines: Outlines, several: bool, language: str) -> dict[str, Any]:
    rings = polygons(part.key, outlines)
    geometry = {"type": "MultiPolygon", "coordinates": rings} if rings else None
    told = properties(result, part, language)
    name = f"{result.kpi.code}.{part.key}" if several else part.key
    return {"type": "Feature", "id": name, "properties": told, "geometry": geometry}


def _plain(value: object) -> object:
    return value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else value
