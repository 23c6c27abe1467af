"""What the files of a monthly report cost, over the bare typesetting of its paper, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.table import Row

RUNS = 3
MODES = {"bare": (), "pdf": ("pdf",), "all": ("pdf", "docx", "xlsx", "pptx")}
SCRIPT = """
import sys, time
from datetime import datetime
from pathlib import Path
import docx, pptx, segno, typst, xlsxwriter
from data.areas import outline
from data.catalogue import load
from data.clock.clock import FixedClock
from data.kpis.scope import EVERYTHING
from data.kpis.service import open_service
from data.reports.drafting import draft, edition, published
from data.reports.period import parse
from layouts.documents.pdf import STANDARD, described
from layouts.documents.typesetter import typeset
from layouts.reports.rendering import Rendering
city, store, period, *kinds = sys.argv[1:]
catalogue = load(Path(city))
service = open_service(catalogue, Path(store), FixedClock(datetime(2026, 12, 1, 8)))
sight = published(service, EVERYTHING)
made = draft(sight, edition(catalogue, "monthly", parse(period, "month"), None, "vi"))
rendering = Rendering(made, outline.load(catalogue.folder), "http://127.0.0.1")
told = {"paper": described(Rendering(made, rendering.outlines, "http://127.0.0.1").paper)} if not kinds else {}
began = time.perf_counter()
if not kinds:
    typeset("paper.typ", told, made.made_at, format="pdf", pdf_standards=STANDARD)
for kind in kinds:
    rendering.file(kind)
print(time.perf_counter() - began, flush=True)
__import__("os")._exit(0)
"""


def measured(city: Path, store: Path, period: str = "2026-10") -> Iterator[Row]:
    """PDF alone, then the four formats of an office, from the answers in hand to the bytes."""
    times = {mode: median(_ran(city, store, period, kinds) for _ in range(RUNS)) for mode, kinds in MODES.items()}
    yield Row("the monthly report: bare typesetting of its paper", times["bare"] * 1000, "ms")
    yield Row("the monthly report as PDF, over bare typesetting", times["pdf"] / times["bare"], bar=3)
    every = times["all"] / times["bare"]
    yield Row("the monthly report as PDF, DOCX, XLSX and PPTX, over bare typesetting", every, bar=10)


def _ran(city: Path, store: Path, period: str, kinds: tuple[str, ...]) -> float:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(city), str(store), period, *kinds],
        cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(ran.stdout.splitlines()[-1])
