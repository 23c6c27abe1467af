"""A breakdown by areas as GeoJSON (RFC 7946): their schematic outlines with what the map says of each.

The outlines are a drawing of the city's own, not a survey; the file says so.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from data.areas.outline import Outlines, Ring
from data.kpis.result import KpiResult, Part
from data.messages import t
from layouts.documents.facts import Document, said, shown, unit

DECIMALS = 6  # of a degree: a tenth of a metre


def geojson(document: Document, outlines: Outlines) -> str:
    """The last answer of a document, which is by area; an area without an outline has no geometry."""
    result = document.results[-1]
    about = {name: _plain(value) for name, value in document.heads()}
    told = {
        "type": "FeatureCollection",
        "features": [_feature(result, part, outlines, document.language) for part in result.parts],
        "about": about | {"outlines": t(document.language, "map.schematic")},
        "definition": result.kpi.definition.get(document.language),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _feature(result: KpiResult, part: Part, outlines: Outlines, language: str) -> dict[str, Any]:
    rings = outlines.areas.get(part.key)
    properties = {
        "code": result.kpi.code,
        "area": part.key,
        "name": part.label.get(language),
        "value": shown(result, part.value),
        "unit": unit(result, language),
        "presence": said(part.value, language) or None,
        "compared": shown(result, part.compare),
    }
    geometry = _polygons(rings, outlines) if rings else None
    return {"type": "Feature", "id": part.key, "properties": properties, "geometry": geometry}


def _polygons(rings: tuple[Ring, ...], outlines: Outlines) -> dict[str, Any]:
    """Every ring a polygon of its own, closed and against the clock."""
    return {"type": "MultiPolygon", "coordinates": [[_closed(ring, outlines)] for ring in rings]}


def _closed(ring: Ring, outlines: Outlines) -> list[list[float]]:
    turned = ring if _area(ring) > 0 else ring[::-1]
    points = [outlines.degrees(at) for at in (*turned, turned[0])]
    return [[round(longitude, DECIMALS), round(latitude, DECIMALS)] for latitude, longitude in points]


def _area(ring: Ring) -> float:
    """Twice the signed area: positive against the clock."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True))


def _plain(value: object) -> object:
    return value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else value
