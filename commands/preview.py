"""A trial in the terminal: aligned, in colour only where a person is looking."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TextIO

from data.sources.trial import Proposal, Trial
from data.sources.trial.defect import counted, shortened
from data.sources.trial.profile import Profile, as_text
from data.sources.trial.words import duration, scalar

BOLD, DIM, YELLOW, PLAIN = "\033[1m", "\033[2m", "\033[33m", "\033[0m"
HEADINGS = ("column", "type", "filled", "different", "from … to", "first values")
WIDTHS = (34, 9, 7, 9, 33, 40)


class Preview:
    """Lines for one stream."""

    def __init__(self, stream: TextIO) -> None:
        self.coloured = stream.isatty() and "NO_COLOR" not in os.environ

    def lines(self, trial: Trial, proposal: Proposal) -> Iterator[str]:
        """Everything there is to say about a file."""
        yield from self._reading(trial)
        yield ""
        yield from self._columns(trial)
        yield ""
        yield from self._defects(trial)
        yield ""
        yield self._in(BOLD, "Proposal: the source, for sources.yaml")
        yield proposal.source
        yield self._in(BOLD, "Proposal: its dataset, for datasets.yaml")
        yield proposal.dataset

    def _in(self, style: str, text: str) -> str:
        return f"{style}{text}{PLAIN}" if self.coloured else text

    def _reading(self, trial: Trial) -> Iterator[str]:
        sample = trial.sample
        part = "" if sample.whole else " looked at, the first part of a larger file"
        count = f"{counted(sample.rows)}{part}, {counted(len(trial.profiles), 'column')}"
        yield self._in(BOLD, f"{sample.path.name}: {sample.connector}, {count}")
        read = sample.reading.model_dump(exclude_defaults=True)
        if sample.fill_down:
            read["fill_down"] = sample.fill_down
        shown = (f"{name} {_quoted(value)}" for name, value in read.items())
        yield "  read as   " + (", ".join(shown) or "it is written")
        yield "  time      " + _time(trial)
        yield "  key       " + (
            "; ".join(" + ".join(names) for names in trial.keys[:3]) or "none: rows cannot be told apart"
        )

    def _columns(self, trial: Trial) -> Iterator[str]:
        rows = [_row(item) for item in trial.profiles]
        widths = [min(most, max(_width(row[at]) for row in (HEADINGS, *rows))) for at, most in enumerate(WIDTHS)]
        yield self._in(DIM, _aligned(HEADINGS, widths))
        for row in rows:
            yield _aligned(row, widths)

    def _defects(self, trial: Trial) -> Iterator[str]:
        if not trial.defects:
            yield self._in(BOLD, "Noticed: nothing out of the ordinary")
            return
        yield self._in(BOLD, "Noticed")
        for defect in trial.defects:
            yield f"  {self._in(YELLOW, defect.kind)}: {defect.text}"


def _quoted(value: object) -> str:
    return ", ".join(map(scalar, value)) if isinstance(value, tuple) else scalar(str(value))


def _time(trial: Trial) -> str:
    time = trial.time
    if time is None:
        return "none: no column tells when; the day the file was written stands in"
    between = f"{as_text(time.start)} to {as_text(time.end)}" if time.start and time.end else "unreadable"
    step = f", every {duration(time.step)}" if time.step else ""
    each = f" for each {' + '.join(trial.series)}" if trial.series else ""
    return f"{' + '.join(time.headings)}: {between}{step}{each}"


def _row(item: Profile) -> tuple[str, ...]:
    between = "" if item.low is None else f"{as_text(item.low)} … {as_text(item.high)}"
    samples = ", ".join(shortened(value, 20) for value in item.samples)
    return (item.heading, item.type, f"{_share(item):>6}", f"{item.distinct:>9,}", between, samples)


def _share(item: Profile) -> str:
    """Share filled; never 100 % while a cell is empty, nor 0 % while one is filled."""
    percent = round(100 * item.share, 1)
    if 0 < item.filled < item.rows:
        percent = min(max(percent, 0.1), 99.9)
    return f"{percent:.0f} %" if percent in (0, 100) else f"{percent} %"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = (shortened(cell, width) if _width(cell) > width else cell for cell, width in zip(cells, widths, strict=True))
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cut, widths, strict=True))
    return ("  " + "  ".join(padded)).rstrip()


def _width(text: str) -> int:
    """Places a text takes in a terminal."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
