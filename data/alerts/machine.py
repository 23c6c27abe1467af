"""The machine of one rule and one part: a pure step from what stood to what stands, in event time.

The same readings in the same order always make the same transitions, wherever the row of them is cut in two. A
reading of an earlier moment, or of none, changes nothing: what is missing is neither an alert nor its end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data.alerts.event import Event, event_id
from data.alerts.reading import Reading
from data.catalogue.alert import Alert

LEVELS = ("normal", "watch", "alert", "emergency")
NEVER: tuple[datetime | None, ...] = (None, None, None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands. ``above`` says since when each level, watch to emergency, has been reached without a break, and
    ``better`` since when the value has been clear of the level that stands; ``event`` is open while ``level`` is not
    normal."""

    level: int = 0
    at: datetime | None = None
    entered_at: datetime | None = None
    above: tuple[datetime | None, ...] = NEVER
    better: datetime | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """A level was left for another at a moment, with the event as it is after that."""

    before: int
    after: int
    event: Event


def step(rule: Alert, standing: Standing, reading: Reading) -> tuple[Standing, Transition | None]:
    """What stands after a reading, and the transition it made, if any."""
    known = reading.at is not None and reading.level is not None and reading.held is not None
    if not known or (standing.at is not None and reading.at <= standing.at):
        return standing, None
    level, held = _counted(rule, reading.level), _counted(rule, reading.held)
    above = tuple(
        (since or reading.at) if level >= number else None for number, since in enumerate(standing.above, start=1)
    )
    better = (standing.better or reading.at) if held < standing.level else None
    seen = replace(standing, at=reading.at, above=above, better=better)
    after = _entered(rule, seen, reading.at)
    if after <= seen.level:
        after = held if _left(rule, seen, reading.at) else seen.level
    return (seen, None) if after == seen.level else _moved(seen, reading, after)


def _counted(rule: Alert, level: int) -> int:
    """A level as far as the rule makes an event of it."""
    return level if level >= LEVELS.index(rule.least) else 0


def _entered(rule: Alert, seen: Standing, at: datetime) -> int:
    """The highest level that has held long enough, 0 if none has."""
    wait = timedelta(0) if rule.safety else timedelta(seconds=rule.held_for)
    long = [number for number, since in enumerate(seen.above, start=1) if since is not None and at - since >= wait]
    return max((number for number in long if number >= LEVELS.index(rule.least)), default=0)


def _left(rule: Alert, seen: Standing, at: datetime) -> bool:
    """Whether the level that stands has been clear for long enough, and has stood for long enough."""
    if seen.better is None or seen.entered_at is None:
        return False
    clear, stay = timedelta(seconds=rule.clear_for), timedelta(seconds=rule.stay)
    return at - seen.better >= clear and at - seen.entered_at >= stay


def _moved(seen: Standing, reading: Reading, after: int) -> tuple[Standing, Transition]:
    at: datetime = reading.at  # type: ignore[assignment]
    before = seen.level
    began = seen.event or Event(
        event_id(reading.rule, reading.part, at), reading.rule, reading.part, at, after, after, reading.number, at
    )
    event = replace(
        began,
        level=after or before,
        peak=max(began.peak, after),
        number=reading.number,
        changed_at=at,
        ended_at=None if after else at,
    )
    stands = replace(seen, level=after, entered_at=at, better=None, event=event if after else None)
    return stands, Transition(before, after, event)
