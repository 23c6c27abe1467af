"""One protocol for every kind of file."""

from __future__ import annotations

from typing import Protocol

from data.catalogue.source import Source
from data.sources.delimited import Delimited
from data.sources.delivery import Delivery, Pulled
from data.sources.geojson import GeoJson
from data.sources.geopackage import GeoPackage
from data.sources.jsonl import JsonLines
from data.sources.parquet import ParquetFile
from data.sources.workbook import Workbook


class Connector(Protocol):
    """Reads deliveries of one kind of file."""

    def pull(self, source: Source, delivery: Delivery) -> Pulled:
        """Read a delivery; SourceError when it does not have the shape the source declares."""
        ...


KINDS: dict[str, type[Connector]] = {
    "csv": Delimited,
    "xlsx": Workbook,
    "parquet": ParquetFile,
    "jsonl": JsonLines,
    "geojson": GeoJson,
    "geopackage": GeoPackage,
}


def connector(source: Source) -> Connector:
    """The connector a source names."""
    return KINDS[source.connector]()
