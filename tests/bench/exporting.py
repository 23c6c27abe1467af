"""What an export of rows takes: memory while a million are sent, time of a workbook over the library's own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from data.catalogue import load
from tests.bench import metropolis
from tests.bench.table import Row

ROOT = Path(__file__).parents[2]
CITY = Path("tests/cities/metropolis")
ROWS, RUNS = 1_000_000, 3
OPENED = """
import json, resource, sys, time
from io import BytesIO
from pathlib import Path
from data.calendar.period import Grain, Period
from data.catalogue import load
from data.clock.clock import FixedClock
from data.kpis.query import KpiQuery
from data.kpis.service import open_service
from layouts.documents import rows
from tests.bench.moment import FROM, UNTIL
import xlsxwriter
catalogue = load(Path(sys.argv[1]))
service = open_service(catalogue, Path(sys.argv[2]), FixedClock(UNTIL))
code = next(kpi.code for kpi in catalogue.kpis.values() if kpi.datasets == ("visit",) or "visit" in kpi.datasets)
columns, batches = service.stream(KpiQuery(code, Period(FROM, UNTIL), Grain.YEAR))
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
done = lambda told: (print(json.dumps(told), flush=True), __import__("os")._exit(0))
"""
STREAM = """
def counted():
    for batch in batches:
        seen.append(batch.num_rows)
        if sum(seen) >= 200_000 and not early:
            early.append(peak())
        yield batch
seen, early, sent, began = [], [], 0, time.perf_counter()
for piece in rows.STREAMED[sys.argv[3]](columns, counted(), [], "vi"):
    sent += len(piece)
done([sum(seen), sent / 1e6, peak() - early[0], time.perf_counter() - began])
"""
BOOK = """
import pyarrow as pa
held = [pa.Table.from_batches(batches).slice(0, 100_000).combine_chunks().to_batches()[0]]
def bare(out):
    with xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        page = book.add_worksheet()
        for line, row in enumerate(zip(*(column.to_pylist() for column in held[0].columns))):
            page.write_row(line, 0, row)
def ours(out):
    for piece in rows.STREAMED["xlsx"](columns, held, [], "vi"):
        out.write(piece)
times = []
for write in (bare, ours):
    began = time.perf_counter()
    write(BytesIO())
    times.append(time.perf_counter() - began)
done([held[0].num_rows, *times])
"""


def measured(folder: Path) -> Iterator[Row]:
    """A million visits, written and loaded as any city's; each export in a process of its own."""
    town = metropolis.built(folder, load(ROOT / CITY), {"visit": (metropolis.visits(ROWS), '"at"')})
    for kind in ("csv", "parquet", "xlsx"):
        count, size, grown, took = _ran(STREAM, town.store, kind)
        assert count == ROWS, f"{count} rows were sent"
        yield Row(f"{count:,.0f} rows as {kind}: sent", size, "MB")
        yield Row(f"{count:,.0f} rows as {kind}: took", took, "s")
        yield Row(f"{count:,.0f} rows as {kind}: memory beyond that of the first fifth", grown, "MB", bar=40)
    ratios = []
    for _ in range(RUNS):
        count, bare, ours = _ran(BOOK, town.store)
        ratios.append(ours / bare)
    yield Row(f"{count:,.0f} rows as xlsx, over the library's own smallest writer", median(ratios), bar=1.5)


def _ran(script: str, store: Path, *told: str) -> list[float]:
    ran = subprocess.run(
        [sys.executable, "-c", OPENED + script, str(CITY), str(store), *told],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(ran.stdout.splitlines()[-1])
