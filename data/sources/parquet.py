"""Parquet: columns keep the types they were written with."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from data.catalogue.source import Source
from data.sources.delivery import FAULT, LINE, Delivery, Pulled, SourceError
from data.sources.headings import named
from data.sources.inference import infer


class ParquetFile:
    """Reads one Parquet file whole."""

    def pull(self, source: Source, delivery: Delivery) -> Pulled:
        """Read every row; ``_line`` is the row number. SourceError."""
        try:
            with pq.ParquetFile(delivery.path) as file:
                table = file.read()
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise SourceError(delivery.relative, f"no readable Parquet file: {reason}", "deliver it again") from error
        names = named(source, delivery.relative, table.column_names)
        numbers = pa.array(range(1, table.num_rows + 1), pa.int64())
        table = table.rename_columns(names).append_column(LINE, numbers)
        table = table.append_column(FAULT, pa.nulls(table.num_rows, pa.string()))
        return Pulled(table, infer(table, source.read))
