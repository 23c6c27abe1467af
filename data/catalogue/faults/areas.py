"""Faults of areas: names that lead nowhere, circles, and vintages that do not fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from data.catalogue.area import Area
from data.catalogue.faults.fault import Fault, Path, near

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

Areas = Mapping[str, Area]


def area_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Everything wrong with the areas and how they follow one another."""
    areas = catalogue.areas
    for area in areas.values():
        yield from _validity(area)
        yield from _links(area, areas)
        yield from _weights(area)
        yield from _vintages(area, areas)
    yield from _codes(areas)
    yield from _circles(areas)


def _validity(area: Area) -> Iterator[Fault]:
    if area.valid_to is not None and area.valid_to <= area.valid_from:
        message = f"valid_to {area.valid_to} is not after valid_from {area.valid_from}"
        yield Fault("areas", area.id, ("valid_to",), message, "write the first day it no longer exists")


def _named(area: Area) -> list[tuple[Path, str]]:
    """Every area this one names, and where."""
    links = [((key, i, "area"), s.area) for key in ("becomes", "was") for i, s in enumerate(getattr(area, key))]
    return ([(("parent",), area.parent)] if area.parent else []) + links


def _links(area: Area, areas: Areas) -> Iterator[Fault]:
    for path, name in _named(area):
        if name not in areas:
            yield Fault("areas", area.id, path, f"no area '{name}'", near(name, [*areas]))


def _weights(area: Area) -> Iterator[Fault]:
    for key in ("becomes", "was"):
        total = sum(s.weight for s in getattr(area, key))
        if getattr(area, key) and abs(total - 1) > 1e-6:
            yield Fault("areas", area.id, (key,), f"weights add up to {total:g}", "make them add up to 1")


def _vintages(area: Area, areas: Areas) -> Iterator[Fault]:
    """What an area becomes starts the day it ends; what it was ends the day it starts."""
    for path, name in _named(area):
        other = areas.get(name)
        if other is None or path[0] == "parent":
            continue
        before, after = (area, other) if path[0] == "becomes" else (other, area)
        if before.valid_to == after.valid_from:
            continue
        if _overlap(before, after):
            message = f"'{area.id}' and '{name}' are of the same vintage"
        else:
            message = f"'{after.id}' does not start on {before.valid_to}, the day '{before.id}' ends"
        remedy = f"give '{before.id}' as valid_to the valid_from of '{after.id}', or name another area"
        yield Fault("areas", area.id, path, message, remedy)


def _overlap(a: Area, b: Area) -> bool:
    """Whether both exist on some day."""
    return (b.valid_to is None or a.valid_from < b.valid_to) and (a.valid_to is None or b.valid_from < a.valid_to)


def _codes(areas: Areas) -> Iterator[Fault]:
    held: defaultdict[str, list[Area]] = defaultdict(list)
    for area in areas.values():
        held[area.code].append(area)
    for code, several in held.items():
        for first, second in combinations(several, 2):
            if _overlap(first, second):
                day = max(first.valid_from, second.valid_from)
                message = f"code '{code}' means '{first.id}' too on {day}"
                remedy = "correct the code, or end one area before the other starts"
                yield Fault("areas", second.id, ("code",), message, remedy)


def _circles(areas: Areas) -> Iterator[Fault]:
    """A walk up through parents and successors, or parents and predecessors, has to end."""
    said: set[frozenset[str]] = set()
    for key in ("becomes", "was"):
        named = {
            area.id: [(path, name) for path, name in _named(area) if path[0] in ("parent", key) and name in areas]
            for area in areas.values()
        }
        for start in areas:
            circle = _circle(start, named)
            if circle and frozenset(circle) not in said:
                said.add(frozenset(circle))
                path = next(path for path, name in named[start] if name == [*circle, start][1])
                message = f"areas form a circle: {' > '.join([*circle, start])}"
                yield Fault("areas", start, path, message, "remove the name that leads back")


def _circle(start: str, named: Mapping[str, list[tuple[Path, str]]]) -> list[str]:
    """The shortest way from ``start`` back to itself; empty if there is none."""
    came: dict[str, str] = {}
    open_ = [start]
    for here in open_:
        for _, name in named[here]:
            if name == start:
                way = [here]
                while way[0] != start:
                    way.insert(0, came[way[0]])
                return way
            if name not in came:
                came[name] = here
                open_.append(name)
    return []
