"""Lists of a report: what happened, days to note, what lacks and who owes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from data.alerts.event import Event
from data.calendar.upcoming import Coming, upcoming
from data.kpis.result import Level
from data.messages import t
from data.reports.draft import Draft
from data.reports.finding import lacking
from layouts.documents.blocks import Column, Table
from layouts.format import age, day, moment
from layouts.reports.words import owners, why

NONE = "–"
MOST_NAMES = 6
LEVELS = {Level.WATCH: "watch", Level.ALERT: "alert", Level.EMERGENCY: "emergency"}


def alerts(draft: Draft, caption: str, language: str) -> Table:
    """Events of the period by rule: how many reached each level, and the longest; and since when they are written down.
    Before, none is not known not to have been."""
    rules = [name for name in draft.rules if any(event.rule == name for event in draft.events)]
    rows = []
    for place, name in enumerate(rules, 1):
        events = [event for event in draft.events if event.rule == name]
        counts = [sum(event.peak == level for event in events) for level in LEVELS]
        longest = max(_length(event, draft.made_at) for event in events)
        shown = [str(n) if n else NONE for n in counts]
        rows.append((str(place), draft.rules[name].name.get(language), *shown, age(language, longest)))
    columns = (
        Column(t(language, "report.column.place"), 10, "center"), Column(t(language, "report.column.event")),
        *(Column(t(language, f"report.column.{level}"), 21, "right") for level in LEVELS.values()),
        Column(t(language, "report.column.longest"), 28, "right"),
    )  # fmt: skip
    since, span = draft.watched_since, draft.edition.period.span
    if not rows and (since is None or since >= span.end):
        return Table(caption, columns, nothing(columns, language, "report.unwatched"))
    late = since is not None and since > span.start
    notes = (t(language, "report.watched", since=moment(language, since, year=True)),) if since and late else ()
    return Table(caption, columns, tuple(rows) or nothing(columns, language), notes)


def days(draft: Draft, caption: str, language: str) -> Table:
    """The days of the city's calendar in the period: nights of lanterns, full moons, dated happenings."""
    span = draft.edition.period.span
    coming = upcoming(draft.city, span.start.date(), (span.end - span.start).days)
    rows = tuple((str(place), day(language, one.on), _named(one, language)) for place, one in enumerate(coming, 1))
    columns = (
        Column(t(language, "report.column.place"), 10, "center"),
        Column(t(language, "report.column.day"), 34, "center"), Column(t(language, "report.column.event")),
    )  # fmt: skip
    return Table(caption, columns, rows or nothing(columns, language))


def lacks(draft: Draft, caption: str, language: str) -> Table:
    """Every figure that somebody owes: what lacks, who delivers it, when they were last told."""
    rows = tuple(
        (str(place), one.result.kpi.name.get(language), why(one, language), owners(one, language),
         moment(language, one.told_at, year=True) if one.told_at else NONE)
        for place, one in enumerate(lacking(draft), 1)
    )  # fmt: skip
    columns = (
        Column(t(language, "report.column.place"), 10, "center"), Column(t(language, "report.column.indicator")),
        Column(t(language, "report.column.lack"), 34), Column(t(language, "report.column.owner"), 46),
        Column(t(language, "report.column.told"), 24, "center"),
    )  # fmt: skip
    return Table(caption, columns, rows or nothing(columns, language, "report.whole"))


def nothing(columns: Sequence[Column], language: str, key: str = "report.empty") -> tuple[tuple[str, ...], ...]:
    """One line that says there is none."""
    free = next(place for place, column in enumerate(columns) if column.width == 0)
    return (tuple(t(language, key) if place == free else "" for place in range(len(columns))),)


def listed(names: Sequence[str], language: str) -> str:
    """The first names of a long list, and how many more there are."""
    left = len(names) - MOST_NAMES
    return ", ".join(names) if left <= 0 else ", ".join((*names[:MOST_NAMES], t(language, "report.rest", count=left)))


def _length(event: Event, now: datetime) -> timedelta:
    return (event.ended_at or now) - event.began_at


def _named(one: Coming, language: str) -> str:
    return one.name.get(language) if one.name else t(language, f"report.event.{one.kind}")
