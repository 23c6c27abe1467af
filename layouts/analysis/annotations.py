"""What stands beside the line: events, gaps, thresholds, names and peaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from data.calendar.period import Grain, Period
from data.catalogue import Catalogue
from data.catalogue.measure import flows
from data.kpis.result import KpiResult, Presence
from data.messages import t
from layouts import format
from layouts.analysis.numbers import shown
from layouts.breaks import breaks
from layouts.marks import Anchor, Bar, Gap, Label, Mark, PointMark, Role, Rule, Scale, Side

NEAR = 0.16
LETTER, MOST_ROWS = 0.0095, 3  # the width of a letter as a share of the figure's, lines of names
LEVELS: tuple[Role, ...] = ("watch", "alert", "emergency")
LONGEST_NAME, SHORT_NAME = 22, 12


def gaps(result: KpiResult, language: str) -> list[Gap]:
    """Spans of missing buckets before the newest data, named if there is room."""
    grain, known = Grain(result.query.grain), result.stamp.as_of
    runs: list[list[datetime]] = []
    for point in result.points:
        lost = point.value.presence is Presence.MISSING and (known is None or point.at < known)
        if lost and runs and grain.step(runs[-1][-1]) == point.at:
            runs[-1].append(point.at)
        elif lost:
            runs.append([point.at])
    start = grain.floor(result.points[0].at)
    half = (grain.step(start) - start) / 2
    room = len(result.points) / 14
    return [Gap(run[0] - half, run[-1] + half, t(language, "analysis.gap") if len(run) >= room else "") for run in runs]


def events(result: KpiResult, catalogue: Catalogue, y: Scale, x: Scale, language: str) -> list[Bar]:
    """What happened in the city, as bands named at their top, no name on another."""
    found = []
    for event in catalogue.city.events:
        start = datetime(event.start.year, event.start.month, event.start.day) - timedelta(hours=12)
        end = datetime(event.end.year, event.end.month, event.end.day) + timedelta(hours=12)
        start, end = max(start, x.low), min(end, x.high)  # type: ignore[type-var]
        if start < end:
            found.append(Bar(start, end, y.high, y.low, "zone", _folded(event.name.get(language))))
    return _rowed(found, [mark for mark in breaks(result, x, y, language) if isinstance(mark, Label)], x)


def _rowed(bands: list[Bar], words: list[Label], x: Scale) -> list[Bar]:
    """Bands with their names, after empty lines where those of others or ``words`` stand,
    without one where no line is free."""
    found: list[Bar] = []
    taken = [(*_across(label, x), row) for label in words for row in (0, 1)]
    for band in bands:
        lines = band.text.split("\n")
        middle = (x.share(band.start) + x.share(band.end)) / 2
        half = max(map(len, lines)) * LETTER / 2
        used = {row for low, high, row in taken if low < middle + half and middle - half < high}
        tops = range(MOST_ROWS + 1 - len(lines))
        top = next((top for top in tops if used.isdisjoint(range(top, top + len(lines)))), None)
        if top is not None:
            taken += [(middle - half, middle + half, top + row) for row in range(len(lines))]
        found.append(replace(band, text="" if top is None else "\n" * top + band.text))
    return found


def _across(label: Label, x: Scale) -> tuple[float, float]:
    """What words at one side of their place take of the width of a figure."""
    at, wide = x.share(label.x), len(label.text) * LETTER
    return (at - wide, at) if label.anchor == "end" else (at, at + wide)


def _folded(name: str, longest: int = LONGEST_NAME) -> str:
    """A name on two lines of about equal length, if it is longer than ``longest``."""
    words, best = name.split(" "), name
    if len(name) <= longest:
        return name
    folds = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    if folds:
        best = "\n".join(min(folds, key=lambda fold: max(map(len, fold))))
    return best


def thresholds(result: KpiResult, language: str) -> list[Rule]:
    """Target and thresholds, where a bucket can be held against them."""
    kpi = result.kpi
    if flows(kpi.measure) and kpi.period.removeprefix("last_") != result.query.grain:
        return []
    named: list[tuple[float, Role, str]] = []
    for role in LEVELS:
        at, word = getattr(kpi.status, role), kpi.status.words.get(role)  # type: ignore[call-overload]
        if at is not None:
            named.append((at, role, word.get(language) if word else t(language, f"level.{role}")))
    if kpi.capacity:
        word = kpi.capacity_name
        named.append((kpi.capacity, "capacity", word.get(language) if word else t(language, "analysis.capacity")))
    if result.target:
        same = next((n for n, (at, _, _) in enumerate(named) if at == result.target.value), None)
        joint = (
            t(language, "analysis.target")
            if same is None
            else f"{t(language, 'analysis.target')}, {named[same][2].lower()}"
        )
        if same is not None:
            named.pop(same)
        named.append((result.target.value, "target", joint))
    numbers = [n for n in (shown(result, point.value) for point in result.points) if n is not None]
    reach = max(map(abs, numbers)) * 2.5
    return [
        Rule(at, role, f"{word} {format.phrase(language, kpi, at / kpi.scale)}")
        for at, role, word in named if abs(at) <= reach or kpi.status.words
    ]  # fmt: skip


def spread(rules: list[Rule], y: Scale) -> list[Rule]:
    """Rules with their words at the left end, else at the right, else in the middle, where those of others are not."""
    found: list[Rule] = []
    taken: dict[Anchor, list[tuple[float, float]]] = {"start": [], "end": [], "middle": []}
    for rule in sorted(rules, key=lambda rule: -rule.at):
        at = y.share(rule.at)
        side: Side = "below" if at > 0.9 else "above"
        low, high = (at - NEAR, at) if side == "below" else (at, at + NEAR)
        free = [anchor for anchor, spans in taken.items() if not any(low < top and high > foot for foot, top in spans)]
        anchor: Anchor = free[0] if free else "start"
        taken[anchor].append((low, high))
        found.append(Rule(rule.at, rule.role, rule.text, side, anchor))
    return found


def ends(result: KpiResult, y: Scale, language: str) -> list[Mark]:
    """The last dot, the peak with its number, and the names of both lines at their right end."""
    points = [(point.at, n) for point in result.points if (n := shown(result, point.value)) is not None]
    before = [(point.at, n) for point in result.points if (n := shown(result, point.compare)) is not None]
    top = max(points, key=lambda point: point[1])
    marks: list[Mark] = [PointMark(*points[-1])]
    if top != points[-1] and len(points) > 2:
        marks.append(PointMark(*top))
    if len(points) > 2:
        number, _ = format.value(language, result.kpi, top[1] / result.kpi.scale)
        share = (top[0] - result.points[0].at) / (result.points[-1].at - result.points[0].at)
        marks.append(Label(top[0], top[1], number, "strong", "end" if share > 0.97 else "middle", "above", strong=True))
    end = result.points[-1].at
    names = [Label(end, points[-1][1], line_name(result, language, "now"), "now", "start", "middle", strong=True)]
    if before:
        names.append(Label(end, before[-1][1], line_name(result, language, "prev"), "prev", "start", "middle"))
    return [*marks, *_apart(names, y)]


def _apart(names: list[Label], y: Scale) -> list[Label]:
    """Names at the right end, moved from each other and from the axis if they would touch."""
    room = 0.18 if any("\n" in label.text for label in names) else 0.1
    floor = y.low + room * (y.high - y.low)  # type: ignore[operator]
    names = [replace(label, y=max(label.y, floor)) for label in names]
    if len(names) < 2 or abs(y.share(names[0].y) - y.share(names[1].y)) >= NEAR * 1.6:
        return names
    up, down = sorted(names, key=lambda label: -label.y)
    middle, half = (up.y + down.y) / 2, NEAR * 0.85 * (y.high - y.low)  # type: ignore[operator]
    middle = min(max(middle, y.low + half), y.high - half)  # type: ignore[type-var, operator]
    return [
        Label(label.x, at, label.text, label.role, label.anchor, "middle", label.strong)
        for label, at in ((up, middle + half), (down, middle - half))
    ]


def line_name(result: KpiResult, language: str, role: Role) -> str:
    """Name of a line: its years, or the period compared with; "\n" breaks it."""
    asked, other = result.query.period, result.comparison
    if role == "now":
        return _years(asked)
    if other and other.name:
        return _folded(other.name.get(language), SHORT_NAME)
    years = _years(other.period) if other else ""
    return t(language, f"analysis.line.{result.query.compare.value}", years=years).replace("|", "\n")


def _years(period: Period) -> str:
    """The year a period is in, or its first and last."""
    first, last = period.start.year, (period.end - timedelta(microseconds=1)).year
    return str(last) if first == last else f"{first}\u2013{last}"
