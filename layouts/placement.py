"""Where the words of a figure stand: clear of each other and of the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts.marks import Anchor, Label, Rule, Scale, Side

Series = tuple[tuple[datetime, float | None], ...]
SIZE = (340.0, 132.0)
CLEAR = 0.02


@dataclass(frozen=True, slots=True)
class Room:
    """What a line of words takes of a figure's height and a letter of its width, as shares."""

    line: float
    letter: float


DESK = Room(15.0 / SIZE[1], 7.5 / SIZE[0])
ACROSS = Room(24.0 / 100, 10.0 / 500)  # of the lowest figure of a wall, whose words are larger


def placed(rules: Sequence[Rule], y: Scale, now: Sequence[float | None], room: Room = DESK) -> list[Rule]:
    """Rules with their words at the left end, else right, else middle; without words where none is free."""
    found: list[Rule] = []
    free: dict[Anchor, float] = {"start": float("inf"), "end": float("inf"), "middle": float("inf")}
    third = max(2, len(now) // 3)
    along = {"start": now[:third], "end": now[-third:], "middle": now[third:-third]}
    for rule in sorted(rules, key=lambda r: -r.at):
        at = y.share(rule.at)
        side: Side = "below" if 1 - at < room.line * 0.4 else "above"
        foot = at if side == "above" else at - room.line
        open_ends = [anchor for anchor in free if foot + room.line <= free[anchor] + 1e-9]
        calm = [anchor for anchor in open_ends if not _crosses(along[anchor], y, foot, room)]
        if not open_ends:
            found.append(Rule(rule.at, rule.role))
            continue
        anchor = (calm or open_ends)[0]
        free[anchor] = foot
        found.append(Rule(rule.at, rule.role, rule.text, side, anchor))
    return found


def beside(
    text: str, series: Series, now: Sequence[float | None], rules: Sequence[Rule], y: Scale, room: Room = DESK
) -> list[Label]:
    """The name of ``series`` at the free place nearest to it; none when no place is free."""
    taken = [(y.share(rule.at), y.share(rule.at) + room.line) for rule in rules]
    found = [
        (away, label)
        for away, foot, label in _candidates(text, series, now, y, room)
        if foot >= 0 and not any(foot < high and foot + room.line > low for low, high in taken)
    ]
    return [min(found, key=lambda pair: pair[0])[1]] if found else []


def _candidates(
    text: str, series: Series, now: Sequence[float | None], y: Scale, room: Room
) -> Iterator[tuple[float, float, Label]]:
    """Distance from the series, height of the foot (0..1) and label, for each bucket, above and below."""
    reach = max(1, round(len(now) * len(text) * room.letter / 2))
    for index in range(reach, len(now) - reach):
        at, there = series[index]
        span = range(index - reach, index + reach + 1)
        near = [n for i in span for n in (now[i], series[i][1]) if n is not None]
        if there is None:
            continue
        top, low = max(near), min(near)
        yield abs(top - there), y.share(top) + CLEAR, Label(at, top, text, "prev", "middle", "above")
        yield abs(low - there), y.share(low) - CLEAR - room.line, Label(at, low, text, "prev", "middle", "below")


def _crosses(series: Sequence[float | None], y: Scale, foot: float, room: Room) -> bool:
    """Whether a stretch of the line passes through words that stand from ``foot`` up."""
    heights = [y.share(n) for n in series if n is not None]
    return bool(heights) and min(heights) < foot + room.line and max(heights) > foot
