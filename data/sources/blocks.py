"""Blocks: rows that share a label written on the first of them only."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc


def filled(table: pa.Table, headings: Sequence[str]) -> pa.Table:
    """The table with the empty cells of ``headings`` filled from the nearest row above that has one."""
    for heading in headings:
        if heading in table.column_names:
            at = table.column_names.index(heading)
            # Filling works within a chunk, so the chunks are joined first.
            column = pc.fill_null_forward(table[heading].combine_chunks())
            table = table.set_column(at, table.schema.field(at), column)
    return table
