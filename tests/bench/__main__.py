"""``make bench``: tables of ratios and counts; the exit code is 0 only if every bar holds."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
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
    """Measure part by part, print, judge."""
    if chromium.find() is None:
        print(chromium.MISSING, file=sys.stderr)
        return 1
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as folder:
        for part in parts(Path(folder)):
            found = list(part)
            print(text(found), end="\n\n", flush=True)
            rows += found
    return 0 if all(row.holds for row in rows) else 1


def parts(place: Path) -> Iterator[Iterable[Row]]:
    """What is measured, part by part."""
    catalogue = load(PACK)
    yield loading.measured(place / "year", catalogue)
    year = Town(catalogue, place / "year" / "drop", place / "year" / "store")
    yield questions.measured(open_service(catalogue, year.store, StandingClock(EVENING)))
    yield starting.measured(PACK, year.store)
    yield printing.measured(PACK, year.store)
    yield exporting.measured(place / "rows")
    yield browsing.measured(year, place / "open")
    yield hanging.measured(year, place / "hall")
    yield changing.measured(place / "metropolis")


if __name__ == "__main__":
    sys.exit(main())
