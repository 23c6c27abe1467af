"""Which area a recorded fact counts towards, in today's areas and in those before them.

A fact is recorded at an area of its day. From old to new a merged unit's facts move whole; from
new to old they are spread by declared weights and marked as estimated. The city holds all of
it in both, exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.calendar.period import Period
from data.catalogue.area import Area, Succession

WHOLE = 1e-9

Areas = Mapping[str, Area]
Shares = dict[str, float]


@dataclass(frozen=True, slots=True)
class Restatement:
    """``weight`` of what is recorded at ``recorded`` counts towards ``area``.

    ``old`` tells the areas before the change from the present ones; ``estimated`` is whether the
    weight is an assumption.
    """

    old: bool
    recorded: str
    area: str
    weight: float
    estimated: bool


@dataclass(frozen=True, slots=True)
class Code:
    """What an official code means from ``valid_from`` until before ``valid_to`` (None: still)."""

    code: str
    valid_from: date
    valid_to: date | None
    area: str


def restatements(areas: Areas, since: date) -> tuple[Restatement, ...]:
    """Everything each recorded area counts towards: itself, its ancestors, its successors.

    Once in the areas in force on ``since`` (old=False), once in those of the day before
    (old=True). A recorded area missing there counts towards its successors (or, going back,
    its predecessors), failing those towards its parent. ValueError if the areas form a circle.
    """
    return tuple(
        Restatement(old, recorded, area, weight, weight < 1)
        for old, day in ((False, since), (True, since - timedelta(days=1)))
        for recorded in areas
        for area, weight in _counts(areas, recorded, day, ()).items()
    )


def apart(areas: Areas, chosen: Iterable[str], day: date) -> tuple[str, ...]:
    """Those of the ``chosen`` areas that exist on ``day`` and lie in no other of them: no fact counts towards two."""
    standing = [name for name in chosen if areas[name].valid_on(day)]
    return tuple(name for name in standing if not set(standing).intersection(_above(areas, name)))


def estimates(restated: Iterable[Restatement], old: bool, chosen: Collection[str]) -> bool:
    """Whether what counts towards any of the ``chosen`` areas is in part an assumption; shares that make a whole are
    none."""
    shares: defaultdict[str, float] = defaultdict(float)
    for one in restated:
        if one.old is old and one.area in chosen:
            shares[one.recorded] += one.weight
    return any(share < 1 - WHOLE for share in shares.values())


def codes(areas: Areas) -> tuple[Code, ...]:
    """The lookup from code and day to area: one code may mean different areas on different days."""
    return tuple(Code(area.code, area.valid_from, area.valid_to, area.id) for area in areas.values())


def resolve(areas: Areas, code: str, day: date) -> str | None:
    """Id of the area ``code`` means on ``day``; None if it meant nothing then."""
    return next((area.id for area in areas.values() if area.code == code and area.valid_on(day)), None)


def children(areas: Areas, area: str, day: date) -> tuple[Area, ...]:
    """The areas directly below ``area`` that exist on ``day``, in the order of the file."""
    return tuple(child for child in areas.values() if child.parent == area and child.valid_on(day))


def home(areas: Areas, recorded: str, day: date) -> str | None:
    """The nearest area of ``day`` that all that is recorded at ``recorded`` counts towards; None where it is shared
    out, or counts towards none."""
    homes = _homes(areas, recorded, day, ())
    if homes:
        return next(iter(homes)) if len(homes) == 1 else None
    parent = areas[recorded].parent
    return home(areas, parent, day) if parent else None


def crosses(period: Period, since: date) -> bool:
    """Whether the period has days both before and from ``since`` on."""
    return period.start < datetime(since.year, since.month, since.day) < period.end


def _above(areas: Areas, name: str) -> tuple[str, ...]:
    """The areas one lies in, the nearest first."""
    parent = areas[name].parent
    return (parent, *_above(areas, parent)) if parent else ()


def _counts(areas: Areas, name: str, day: date, path: tuple[str, ...]) -> Shares:
    """Shares of ``name`` by the areas of ``day`` that hold it, the area itself included."""
    if name in path:
        raise ValueError(f"areas form a circle: {' > '.join((*path, name))}")
    path = (*path, name)
    homes = _homes(areas, name, day, ())
    parent = areas[name].parent
    if not homes:
        return _counts(areas, parent, day, path) if parent else {}
    found: defaultdict[str, float] = defaultdict(float)
    for home, weight in homes.items():
        found[home] += weight
        above = areas[home].parent
        for area, share in (_counts(areas, above, day, path) if above else {}).items():
            found[area] += weight * share
    return {area: 1.0 if abs(weight - 1) < WHOLE else weight for area, weight in found.items()}


def _homes(areas: Areas, name: str, day: date, path: tuple[str, ...]) -> Shares:
    """Shares of ``name`` by the areas of its own kind that exist on ``day``."""
    area = areas[name]
    if area.valid_on(day):
        return {name: 1.0}
    if name in path:
        raise ValueError(f"areas form a circle: {' > '.join((*path, name))}")
    found: defaultdict[str, float] = defaultdict(float)
    for link in _links(area, day):
        for home, share in _homes(areas, link.area, day, (*path, name)).items():
            found[home] += link.weight * share
    return dict(found)


def _links(area: Area, day: date) -> tuple[Succession, ...]:
    ended = area.valid_to is not None and area.valid_to <= day
    return area.becomes if ended else area.was
