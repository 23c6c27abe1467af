"""A document as Parquet: typed columns, and what the file is in its key-value metadata."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from layouts.documents.facts import Document, effect, marks, unit

EFFECTS = ("effect", "effect_rate", "effect_mix")
SCHEMA = pa.schema(
    [
        ("code", pa.string()), ("name", pa.string()), ("period_start", pa.timestamp("us")),
        ("period_end", pa.timestamp("us")), ("bucket", pa.timestamp("us")), ("by", pa.string()), ("part", pa.string()),
        ("value", pa.float64()), ("unit", pa.string()), ("presence", pa.string()),
        ("compared_bucket", pa.timestamp("us")), ("compared", pa.float64()), ("effect", pa.float64()),
        ("effect_rate", pa.float64()), ("effect_mix", pa.float64()), ("marks", pa.string()),
        ("snapshot", pa.int64()),
    ]
)  # fmt: skip


def parquet(document: Document) -> bytes:
    """The whole file; keys of the metadata begin with ``lantern.``, definitions go by code."""
    language = document.language
    rows = [
        {
            "code": line.result.kpi.code, "name": line.result.kpi.name.get(language),
            "period_start": line.result.query.period.start, "period_end": line.result.query.period.end,
            "bucket": line.at, "by": line.result.query.by if line.part else None, "part": line.part or None,
            "value": line.value, "unit": unit(line.result, language), "presence": line.presence or None,
            "compared_bucket": line.compared_at, "compared": line.compared,
            **dict(zip(EFFECTS, effect(line), strict=True)), "marks": marks(line.result, language),
            "snapshot": line.result.stamp.snapshot,
        }
        for line in document.lines()
    ]  # fmt: skip
    told = {f"lantern.{name}": _text(value) for name, value in document.heads()}
    told |= {f"lantern.definition.{r.kpi.code}": r.kpi.definition.get(language) for r in document.kpis()}
    out = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA.with_metadata(told)), out, compression="zstd")
    return out.getvalue()


def _text(value: object) -> str:
    return value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else str(value)
