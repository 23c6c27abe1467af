"""GeoJSON: the properties of features, and where each of them is."""

from __future__ import annotations

from typing import Any

from data.catalogue.source import Source
from data.sources.delivery import Delivery, Pulled, SourceError
from data.sources.geometry import LAT, LON, of_geojson
from data.sources.inference import infer
from data.sources.notation import Record, decoded, parsed, table

REMEDY = "deliver a FeatureCollection of longitudes and latitudes (RFC 7946)"
DEGREES = ("CRS84", "4326")


class GeoJson:
    """Reads one FeatureCollection whole."""

    def pull(self, source: Source, delivery: Delivery) -> Pulled:
        """Read every feature; ``_line`` is its number. SourceError."""
        said = parsed(decoded(delivery.path.read_bytes(), delivery.relative), delivery.relative)
        records = [_record(number, item) for number, item in enumerate(_features(said, delivery.relative), start=1)]
        rows = table(source, delivery.relative, records, True)
        return Pulled(rows, infer(rows, source.read))


def _features(said: Any, file: str) -> list[Any]:
    if not isinstance(said, dict) or said.get("type") not in ("FeatureCollection", "Feature"):
        raise SourceError(file, "no GeoJSON: the file is neither FeatureCollection nor Feature", REMEDY)
    named = (said.get("crs") or {}).get("properties", {}).get("name", "CRS84")
    if not any(known in str(named) for known in DEGREES):
        raise SourceError(file, f"coordinates in {named}, not in degrees", REMEDY)
    features = said.get("features") if said["type"] == "FeatureCollection" else [said]
    if not isinstance(features, list):
        raise SourceError(file, "no GeoJSON: features is not a list", REMEDY)
    return features


def _record(number: int, feature: Any) -> Record:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return number, None, "a feature is an object with properties"
    try:
        point = of_geojson(feature.get("geometry"))
    except ValueError as fault:
        return number, None, str(fault)
    place = {LON: point[0], LAT: point[1]} if point else {LON: None, LAT: None}
    named = {"id": feature["id"]} if "id" in feature else {}
    return number, named | (feature.get("properties") or {}) | place, None
