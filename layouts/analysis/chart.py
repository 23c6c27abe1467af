"""The large figure: the series, what it is held against, what happened, and what is missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from data.calendar.lunar import FIRST, LAST, lunar
from data.calendar.period import Grain
from data.catalogue import Catalogue
from data.catalogue.measure import Count, Difference, Distinct, Measure, OpenAt, Sum, Total
from data.kpis.query import Compare
from data.kpis.result import KpiResult, Point, Presence, Value
from data.messages import t
from layouts import format
from layouts.axis import number_axis, time_ticks
from layouts.marks import Bar, Figure, Gap, Label, Line, Margin, Mark, PointMark, Role, Rule, Scale, Side, Tick
from layouts.plotly import Series, figure
from layouts.tokens import Theme

WIDTH, HEIGHT = 830.0, 190.0
NEAR = 0.16
PEAK, NOTE = 0.1, 0.3
LEVELS: tuple[Role, ...] = ("watch", "alert", "emergency")
LONGEST_NAME = 22


def plot(result: KpiResult, catalogue: Catalogue, language: str, theme: Theme) -> dict[str, Any] | None:
    """The main figure for Plotly with what a pointer reads; None when there is nothing to draw."""
    drawing = chart(result, catalogue, language)
    if drawing is None:
        return None
    said = {"now": _series(result, language, "now")}
    if any(point.compare for point in result.points):
        said["prev"] = _series(result, language, "prev")
    moment = t(language, f"analysis.date.{result.query.grain.value}")
    notes = [_note(result, point, catalogue, language) for point in result.points]
    return figure(drawing, theme, language, said, moment, notes)  # type: ignore[arg-type]


def chart(result: KpiResult, catalogue: Catalogue, language: str) -> Figure | None:
    """What the main figure draws, in display unit; None without a single number."""
    numbers = [n for n in (shown(result, point.value) for point in result.points) if n is not None]
    if not numbers:
        return None
    before = [n for n in (shown(result, point.compare) for point in result.points) if n is not None]
    rules = _rules(result, language)
    reach = [*numbers, *before, *(rule.at for rule in rules)]
    y = number_axis(min(reach), max(reach), lambda n: format.number(language, n, _decimals(reach)), most=3)
    x = _x_scale(result, language)
    y = _with_room(y, max(reach), NOTE if _events(result, catalogue, y, x, language) else PEAK)
    now, prev = _line(result, "now"), _line(result, "prev")
    marks: list[Mark] = [*_events(result, catalogue, y, x, language), *_gaps(result, language), *_break(result, catalogue, y, x, language)]
    marks += [*_placed(rules, y), *([prev] if before else []), now]
    marks += [PointMark(p.at, n, "estimated") for p in result.points if p.estimated and (n := shown(result, p.value)) is not None]
    marks += _ends(result, y, language)
    widest = max((len(tick.text) for tick in y.ticks), default=1)
    margin = Margin(left=max(30, 14 + 6.8 * widest), right=92 if before else 64, top=14, bottom=40 if _by_moon(result, catalogue) else 26)
    return Figure(WIDTH, HEIGHT, _moons(x, result, catalogue), y, tuple(marks), sentence(result, language), margin)


def _with_room(y: Scale, top: float, share: float) -> Scale:
    """The scale with ``share`` of its height free above the data, for words."""
    low, high = float(y.low), float(y.high)  # type: ignore[arg-type]
    return Scale(low, max(high, low + (top - low) / (1 - share)), y.ticks)


def shown(result: KpiResult, value: Value | None) -> float | None:
    """A value in display unit."""
    return None if value is None or value.number is None else value.number * result.kpi.scale


def peak(result: KpiResult) -> Point | None:
    """The bucket with the largest number."""
    present = [point for point in result.points if point.value.number is not None]
    return max(present, key=lambda point: point.value.number or 0.0, default=None)


def additive(measure: Measure) -> bool:
    """Whether buckets of the measure add up to the whole, so that a yearly target is no daily line."""
    if isinstance(measure, Sum | Difference):
        return any(additive(part) for part in measure.parts())
    return isinstance(measure, Count | Total | Distinct) and not isinstance(measure, OpenAt)


def sentence(result: KpiResult, language: str) -> str:
    """The figure in one sentence for who cannot see it."""
    top, kpi = peak(result), result.kpi
    if top is None:
        return t(language, "analysis.alt.empty", name=kpi.name.get(language))
    last = next(point for point in reversed(result.points) if point.value.number is not None)
    grain = result.query.grain
    return t(
        language, "analysis.alt", name=kpi.name.get(language),
        first=format.bucket(language, result.points[0].at, grain), last=format.bucket(language, last.at, grain),
        value=format.phrase(language, kpi, last.value.number), peak=format.phrase(language, kpi, top.value.number),
        at=format.bucket(language, top.at, grain),
    )  # fmt: skip


def _x_scale(result: KpiResult, language: str) -> Scale:
    grain = Grain(result.query.grain)
    first, last = result.points[0].at, result.points[-1].at
    room = (grain.step(first) - first) / 2
    ticks = tuple(Tick(tick.at, tick.text) for tick in time_ticks(first, last, grain, language, most=9))
    return Scale(first - room, last + room, ticks)


def _by_moon(result: KpiResult, catalogue: Catalogue) -> bool:
    """Whether days are named by the moon too."""
    return catalogue.city.lunar and result.query.compare is Compare.LUNAR and result.query.grain is Grain.DAY


def _moons(x: Scale, result: KpiResult, catalogue: Catalogue) -> Scale:
    if not _by_moon(result, catalogue):
        return x
    ticks = tuple(Tick(tick.at, f"{tick.text}\n{moon_day(tick.at)}") for tick in x.ticks)  # type: ignore[arg-type]
    return Scale(x.low, x.high, ticks)


def moon_day(at: datetime) -> str:
    """Lunar day and month of a moment, as 14/10."""
    there = lunar(at.date())
    return f"{there.day}/{there.month}"


def _line(result: KpiResult, role: Role) -> Line:
    values = [(point.at, point.value if role == "now" else point.compare) for point in result.points]
    return Line(tuple((at, shown(result, value)) for at, value in values), role)


def _gaps(result: KpiResult, language: str) -> list[Gap]:
    """Spans of missing buckets before the newest data, named if there is room."""
    grain, known = Grain(result.query.grain), result.stamp.as_of
    runs: list[list[datetime]] = []
    for point in result.points:
        lost = point.value.presence is Presence.MISSING and (known is None or point.at < known)
        if lost and runs and grain.step(runs[-1][-1]) == point.at:
            runs[-1].append(point.at)
        elif lost:
            runs.append([point.at])
    half = (grain.step(result.points[0].at) - result.points[0].at) / 2
    room = len(result.points) / 14
    return [
        Gap(run[0] - half, run[-1] + half, t(language, "analysis.gap") if len(run) >= room else "") for run in runs
    ]


def _events(result: KpiResult, catalogue: Catalogue, y: Scale, x: Scale, language: str) -> list[Bar]:
    found = []
    for event in catalogue.city.events:
        start = datetime(event.start.year, event.start.month, event.start.day) - timedelta(hours=12)
        end = datetime(event.end.year, event.end.month, event.end.day) + timedelta(hours=12)
        start, end = max(start, x.low), min(end, x.high)  # type: ignore[type-var]
        if start < end:
            found.append(Bar(start, end, y.high, y.low, "zone", _folded(event.name.get(language))))
    return found


def _folded(name: str) -> str:
    """A name on two lines of about equal length."""
    words, best = name.split(" "), name
    if len(name) <= LONGEST_NAME:
        return name
    folds = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    if folds:
        best = "\n".join(min(folds, key=lambda fold: max(map(len, fold))))
    return best


def _break(result: KpiResult, catalogue: Catalogue, y: Scale, x: Scale, language: str) -> list[Mark]:
    """The day the areas changed, if the period crosses it."""
    since = datetime(catalogue.city.since.year, catalogue.city.since.month, catalogue.city.since.day)
    if not x.low < since < x.high:
        return []
    line = Line(((since, y.low), (since, y.high)), "border", dashed=True)
    late = x.share(since) > 0.8
    said = t(language, "analysis.break", day=format.day(language, since))
    return [line, Label(since, y.high, said, "border", "end" if late else "start", "below")]


def _rules(result: KpiResult, language: str) -> list[Rule]:
    """Target and thresholds, where a bucket can be held against them."""
    kpi = result.kpi
    if additive(kpi.measure) and kpi.period != result.query.grain:
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
        joint = t(language, "analysis.target") if same is None else f"{t(language, 'analysis.target')}, {named[same][2].lower()}"
        if same is not None:
            named.pop(same)
        named.append((result.target.value, "target", joint))
    numbers = [n for n in (shown(result, point.value) for point in result.points) if n is not None]
    reach = max(map(abs, numbers)) * 2.5
    return [
        Rule(at, role, f"{word} {format.phrase(language, kpi, at / kpi.scale)}")
        for at, role, word in named if abs(at) <= reach or kpi.status.words
    ]  # fmt: skip


def _placed(rules: list[Rule], y: Scale) -> list[Rule]:
    """Rules with their words at alternate ends where two stand close together."""
    placed: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: -rule.at):
        near = placed and y.share(placed[-1].at) - y.share(rule.at) < NEAR
        side: Side = "below" if y.share(rule.at) > 0.9 else "above"
        placed.append(Rule(rule.at, rule.role, rule.text, side, "end" if near and placed[-1].anchor == "start" else "start"))
    return placed


def _ends(result: KpiResult, y: Scale, language: str) -> list[Mark]:
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
    names = [Label(end, points[-1][1], _name(result, language, "now"), "now", "start", "middle", strong=True)]
    if before:
        names.append(Label(end, before[-1][1], _name(result, language, "prev"), "prev", "start", "middle"))
    return [*marks, *_apart(names, y)]


def _apart(names: list[Label], y: Scale) -> list[Label]:
    """Two names at the right end, moved from each other if they would touch."""
    if len(names) < 2 or abs(y.share(names[0].y) - y.share(names[1].y)) >= NEAR * 1.6:
        return names
    up, down = sorted(names, key=lambda label: -label.y)
    middle, half = (up.y + down.y) / 2, NEAR * 0.85 * (y.high - y.low)  # type: ignore[operator]
    middle = min(max(middle, y.low + half), y.high - half)  # type: ignore[type-var, operator]
    moved = [Label(label.x, at, label.text, label.role, label.anchor, "middle", label.strong) for label, at in ((up, middle + half), (down, middle - half))]
    return moved


def _name(result: KpiResult, language: str, role: Role) -> str:
    """Name of a line: its year, or the period compared with."""
    first, last = result.points[0].at, result.points[-1].at
    if role == "now":
        return str(last.year) if first.year == last.year else f"{first.year}\u2013{last.year}"
    compared = [point.compare_at for point in result.points if point.compare_at]
    other = result.comparison
    start, end = (compared[0], compared[-1]) if compared else (other.period.start, other.period.end) if other else (first, last)
    years = str(end.year) if start.year == end.year else f"{start.year}\u2013{end.year}"
    return t(language, f"analysis.line.{result.query.compare.value}", years=years).replace("|", "\n")


def _series(result: KpiResult, language: str, role: Role) -> Series:
    texts = []
    for point in result.points:
        value = point.value if role == "now" else point.compare
        text = _read(result, value, language)
        if role == "prev" and point.compare_at is not None:
            text = t(language, "analysis.hover.compared", value=text, day=format.bucket(language, point.compare_at, result.query.grain))
        if role == "now" and point.estimated:
            text = t(language, "analysis.hover.estimated", value=text)
        texts.append(f"<b>{text}</b>" if role == "now" else text)
    return Series(_name(result, language, role).replace("\n", " "), tuple(texts))


def _read(result: KpiResult, value: Value | None, language: str) -> str:
    if value is None or value.number is None:
        return t(language, "analysis.hover.missing")
    return format.phrase(language, result.kpi, value.number)


def _note(result: KpiResult, point: Point, catalogue: Catalogue, language: str) -> str:
    """The second line of the hover box: weekday and lunar day, or the name of a longer bucket."""
    grain = Grain(result.query.grain)
    if grain in (Grain.WEEK, Grain.QUARTER):
        return format.bucket(language, point.at, grain)
    if grain is not Grain.DAY:
        return ""
    weekday = format.weekday(language, point.at)
    if not catalogue.city.lunar or not FIRST <= point.at.date() <= LAST:
        return weekday
    return t(language, "analysis.hover.moon", day=weekday, moon=moon_day(point.at))


def _decimals(reach: list[float]) -> int:
    span = max(reach) - min(min(reach), 0 if min(reach) > 0.5 * max(reach) else min(reach))
    return 0 if span >= 8 or span == 0 else 1 if span >= 0.8 else 2
