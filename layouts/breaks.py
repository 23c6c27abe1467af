"""Where a series changes its meaning: a thin dashed line at the moment, with its words."""

from __future__ import annotations

from data.kpis.result import KpiResult
from data.messages import t
from layouts.format import day
from layouts.marks import Label, Line, Mark, Scale

LATE = 0.6


def breaks(result: KpiResult, x: Scale, y: Scale, language: str = "") -> list[Mark]:
    """A line across the height for every break the figure spans; named in ``language``, "" for no words."""
    marks: list[Mark] = []
    for item in result.breaks:
        if not x.low < item.at < x.high:  # type: ignore[operator]
            continue
        marks.append(Line(((item.at, y.low), (item.at, y.high)), "border", dashed=True))  # type: ignore[arg-type]
        if language:
            said = t(language, item.key, day=day(language, item.at))
            anchor = "end" if x.share(item.at) > LATE else "start"
            marks.append(Label(item.at, y.high, said, "border", anchor, "below"))  # type: ignore[arg-type]
    return marks
