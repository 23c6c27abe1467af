"""A draft as slides: every KPI of its tables and stories once, with its sentences and its series."""

from __future__ import annotations

from data.catalogue.measure import Count, Total
from data.catalogue.report import StoryPart
from data.kpis.result import KpiResult, Presence
from data.messages import t
from data.reports.draft import Draft
from data.reports.finding import finding
from layouts.documents.slides import Deck, Slide
from layouts.format import bucket, moment, short_day
from layouts.reports.story import story
from layouts.reports.tables import rating
from layouts.reports.words import subject, value

MOST_BUCKETS = 120  # beyond that a chart of PowerPoint can no longer be edited by hand


def deck(draft: Draft) -> Deck:
    """One slide for each KPI of the report."""
    edition, language = draft.edition, draft.edition.language
    report = edition.report
    causes = {name: part.by for section in report.sections for part in section.parts if isinstance(part, StoryPart)
              for name in part.story}  # fmt: skip
    subtitle = f"{report.issuer.get(language)}. {moment(language, draft.made_at, year=True)}"
    return Deck(
        subject(draft, language), subtitle,
        [_slide(draft, name, causes.get(name), language) for name in report.kpis],
        t(language, "report.foot.id", id=draft.id), t(language, "report.warning") if draft.simulated else "",
        draft.made_at, language,
    )  # fmt: skip


def _slide(draft: Draft, name: str, by: str | None, language: str) -> Slide:
    found = finding(draft, name, by)
    result = found.result
    kpi = result.kpi
    sources = ", ".join(state.source.name.get(language) for state in result.sources)
    there = result.value.presence is Presence.PRESENT
    shown = value(result, language) if there else rating(result, language)
    buckets, series = _series(result, language)
    told = f"{kpi.code} · {t(language, 'delimited.source')}: {sources}"
    bars = isinstance(kpi.measure, Count | Total)
    return Slide(kpi.name.get(language), shown, story(found, language), told, buckets, series, bars)


def _series(
    result: KpiResult, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[float | None, ...]], ...]]:
    """Names of the buckets, and the series with the one compared with; nothing where there is nothing to draw."""
    every = max(1, -(-len(result.points) // MOST_BUCKETS))
    points, scale = result.points[::every], result.kpi.scale
    now = tuple(None if p.value.number is None else p.value.number * scale for p in points)
    if sum(number is not None for number in now) < 2:
        return (), ()
    grain = result.query.grain
    names = tuple(short_day(language, p.at) if grain.value == "day" else bucket(language, p.at, grain) for p in points)
    before = tuple(
        p.compare.number * scale if p.compare is not None and p.compare.number is not None else None for p in points
    )
    series = [(result.kpi.name.get(language), now)]
    if any(number is not None for number in before):
        series.append((t(language, f"report.against.{result.query.compare.value}"), before))
    return names, tuple(series)
