"""``make bench``: one table of ratios and counts; the exit code is 0 only if every bar holds."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from data.catalogue import load
from data.kpis.service import open_service
from tests.bench import browsing, changing, exporting, hanging, loading, printing, questions, starting
from tests.bench.table import Row, text
from tests.browser import chromium
from tests.browser.town import EVENING, Town
from tests.standing import StandingClock

PACK = Path(__file__).parents[2] / "data" / "cities" / "hoian"


def main() -> int:
    """Measure, print, judge."""
    if chromium.find() is None:
        print(chromium.MISSING, file=sys.stderr)
        return 1
    catalogue = load(PACK)
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as folder:
        place = Path(folder)
        rows: list[Row] = list(loading.measured(place / "year", catalogue))
        year = Town(catalogue, place / "year" / "drop", place / "year" / "store")
        rows += questions.measured(open_service(catalogue, year.store, StandingClock(EVENING)))
        rows += starting.measured(PACK, year.store)
        rows += printing.measured(PACK, year.store)
        rows += exporting.measured(place / "rows")
        rows += browsing.measured(year, place / "open")
        rows += hanging.measured(year, place / "hall")
        rows += changing.measured(place / "metropolis")
    print(text(rows))
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
