"""The quiet mark of a tile whose KPI somebody wrote about: the words for a pointer and a listener, a way to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dash import html

from data.kpis.result import KpiResult
from data.messages import t
from data.remarks.remark import Remark
from layouts.analysis.controls import span
from layouts.icons import icon
from layouts.view import way

MOMENT = timedelta(microseconds=1)
MOST = 3


def remarked(result: KpiResult, remarks: Sequence[Remark], language: str) -> html.A | None:
    """The mark, or None where nothing was written about the days and the area of ``result``."""
    here = touching(result, remarks)
    if not here:
        return None
    lines = [said(one, language) for one in here[:MOST]]
    lines += [t(language, "remark.tile.more", count=len(here) - MOST)] if len(here) > MOST else []
    told = t(language, "remark.tile", remarks=" · ".join(lines))
    body = [icon("remark"), html.Span(told, className="unseen")]
    return html.A(body, href=way(result), title=told, className="tile-remark")


def touching(result: KpiResult, remarks: Sequence[Remark]) -> list[Remark]:
    """Those about the days and the area of an answer; of the whole city those about any area."""
    first, last = result.query.period.start.date(), (result.query.period.end - MOMENT).date()
    areas = result.query.areas
    return [
        one for one in remarks
        if one.wording.first <= last and one.wording.last >= first
        and (not areas or one.wording.area is None or one.wording.area in areas)
    ]  # fmt: skip


def said(one: Remark, language: str) -> str:
    """A remark in a line: its days, its words, who wrote it."""
    author = one.author or t(language, "remark.nobody")
    return f"{span(language, one.wording.first, one.wording.last)}: {one.wording.text} ({author})"
