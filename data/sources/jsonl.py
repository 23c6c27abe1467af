"""JSON lines, one record a line; or one JSON document that holds a list of records."""

from __future__ import annotations

from data.catalogue.source import Source
from data.sources.delivery import Delivery, Pulled
from data.sources.inference import infer
from data.sources.notation import decoded, lines, listed, parsed, table


class JsonLines:
    """Reads a run of lines, or a whole document where the source names its ``records`` or the file is one."""

    def pull(self, source: Source, delivery: Delivery) -> Pulled:
        """Read the bytes of a delivery; ``_line`` is the line, or the number of the record. SourceError."""
        with delivery.path.open("rb") as stream:
            stream.seek(delivery.start)
            data = stream.read(delivery.end - delivery.start)
        text = decoded(data, delivery.relative)
        if source.read.records is not None or (delivery.start == 0 and _document(text)):
            records = iter(listed(parsed(text, delivery.relative), source.read.records, delivery.relative))
        else:
            records = lines(text, delivery.cursor.lines - text.count("\n") + 1)
        rows = table(source, delivery.relative, records, delivery.start == 0)
        return Pulled(rows, infer(rows, source.read))


def _document(text: str) -> bool:
    """Whether a file is one document: a list, or an object written over several lines."""
    start = text.lstrip()
    return start.startswith("[") or (start.startswith("{") and start.split("\n", 1)[0].rstrip() == "{")
