"""Answers a person counted, a module for each group of KPIs, and all the rows they were counted from.

Every module here gives ``BY_HAND`` (code to value, numerator, denominator; the last two of a ratio or
mean) and may give ``LEVELS``. Every module ``tests.kpis.november_…`` gives more rows of the same
November as ``ROWS``, by source.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from data.kpis.result import Level
from tests.kpis.delivered import Row
from tests.kpis.november import NOVEMBER

Answer = tuple[float, float | None, float | None]

BY_HAND: dict[str, Answer] = {}
LEVELS: dict[str, Level] = {}
ROWS: dict[str, list[Row]] = {source: list(rows) for source, rows in NOVEMBER.items()}

for _path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    _module = import_module(f"{__name__}.{_path.stem}")
    BY_HAND |= _module.BY_HAND
    LEVELS |= getattr(_module, "LEVELS", {})
for _path in sorted(Path(__file__).parents[1].glob("november_*.py")):
    for _source, _rows in import_module(f"tests.kpis.{_path.stem}").ROWS.items():
        ROWS[_source] = [*ROWS.get(_source, []), *_rows]
