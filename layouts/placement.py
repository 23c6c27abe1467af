"""Where the words of a figure stand: clear of each other and of every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from math import ceil, floor

from layouts.marks import Anchor, Label, Rule, Scale, Side

Series = tuple[tuple[datetime, float | None], ...]
Heights = Sequence[float | None]
SIZE = (340.0, 132.0)
CLEAR = 0.02
SIDES: tuple[Side, ...] = ("above", "below")
ANCHORS: tuple[Anchor, ...] = ("start", "end", "middle")


@dataclass(frozen=True, slots=True)
class Room:
    """What a line of words takes of a figure's height and a letter of its width, as shares."""

    line: float
    letter: float


DESK = Room(15.0 / SIZE[1], 7.5 / SIZE[0])
ACROSS = Room(24.0 / 100, 10.0 / 500)  # of the lowest figure of a wall, whose words are larger


@dataclass(frozen=True, slots=True)
class Box:
    """What words take of a figure, as shares of its width and height."""

    left: float
    right: float
    foot: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether two of them lie over each other."""
        across = self.left < other.right and other.left < self.right
        return across and self.foot < other.top - 1e-9 and other.foot < self.top - 1e-9

    def crossed(self, line: Heights, y: Scale) -> bool:
        """Whether a line of even steps passes through."""
        last = max(1, len(line) - 1)
        near = line[max(0, floor(self.left * last)) : ceil(self.right * last) + 1]
        heights = [y.share(n) for n in near if n is not None]
        return bool(heights) and min(heights) < self.top and max(heights) > self.foot


def placed(rules: Sequence[Rule], y: Scale, lines: Sequence[Heights], room: Room = DESK) -> list[Rule]:
    """Rules with their words where none of ``lines`` and no other rule passes, above rather than below, at the left end
    rather than the right or the middle; through a line where there is no such place, without words where others stand.
    """
    found: list[Rule] = []
    taken: list[Box] = []
    for rule in sorted(rules, key=lambda r: -r.at):
        others = [y.share(other.at) for other in rules if other.at != rule.at]
        places = [
            (_cost(box, side, lines, others, y), side, anchor, box)
            for side, anchor in product(SIDES, ANCHORS)
            if _inside(box := _box(rule.text, y.share(rule.at), side, anchor, room), side, room)
            and not any(map(box.meets, taken))
        ]
        if not places:
            found.append(Rule(rule.at, rule.role))
            continue
        _, side, anchor, box = min(places, key=lambda place: place[0])
        taken.append(box)
        found.append(Rule(rule.at, rule.role, rule.text, side, anchor))
    return found


def _cost(box: Box, side: Side, lines: Sequence[Heights], others: Sequence[float], y: Scale) -> int:
    """How badly words stand: through a line is worst, then through another rule, then below their own."""
    crossed = sum(box.crossed(line, y) for line in lines)
    return 4 * crossed + 2 * sum(box.foot + 1e-9 < at < box.top for at in others) + (side == "below")


def beside(text: str, series: Series, now: Heights, rules: Sequence[Rule], y: Scale, room: Room = DESK) -> list[Label]:
    """The name of ``series`` at the free place nearest to it; none when no place is free. ``rules`` are `placed`."""
    taken = [_box(rule.text, y.share(rule.at), rule.side, rule.anchor, room) for rule in rules if rule.text]
    drawn = [y.share(rule.at) for rule in rules]
    found = [
        (away, label)
        for away, box, label in _candidates(text, series, now, y, room)
        if box.foot >= 0 and not any(map(box.meets, taken)) and not any(box.foot < at < box.top for at in drawn)
    ]
    return [min(found, key=lambda pair: pair[0])[1]] if found else []


def _box(text: str, at: float, side: Side, anchor: Anchor, room: Room) -> Box:
    """What the words of a rule at a height take."""
    wide = min(1.0, len(text) * room.letter)
    left = {"start": 0.0, "end": 1.0 - wide, "middle": 0.5 - wide / 2}[anchor]
    foot = at if side == "above" else at - room.line
    return Box(left, left + wide, foot, foot + room.line)


def _inside(box: Box, side: Side, room: Room) -> bool:
    """Whether words stand in the figure: those of a rule near the top reach into its margin."""
    return 1 - box.foot >= room.line * 0.4 if side == "above" else box.foot >= -CLEAR


def _candidates(text: str, series: Series, now: Heights, y: Scale, room: Room) -> Iterator[tuple[float, Box, Label]]:
    """Distance from the series, what the words take, and the label, for each bucket, above and below."""
    reach = max(1, round(len(now) * len(text) * room.letter / 2))
    last = max(1, len(now) - 1)
    for index in range(reach, len(now) - reach):
        at, there = series[index]
        span = range(index - reach, index + reach + 1)
        near = [n for i in span for n in (now[i], series[i][1]) if n is not None]
        if there is None:
            continue
        top, low = max(near), min(near)
        sides = ((index - reach) / last, (index + reach) / last)
        for side, held, foot in (
            ("above", top, y.share(top) + CLEAR),
            ("below", low, y.share(low) - CLEAR - room.line),
        ):
            yield abs(held - there), Box(*sides, foot, foot + room.line), Label(at, held, text, "prev", "middle", side)
