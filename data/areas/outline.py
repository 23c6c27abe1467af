"""The schematic outlines a city ships: shared lines stitched into areas, in a plane of kilometres."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, radians
from pathlib import Path
from typing import Any, Literal

from data.catalogue.lines import read
from data.catalogue.text import Text

XY = tuple[float, float]
Ring = tuple[XY, ...]
KM_PER_DEGREE = 111.195  # of a great circle on a sphere of radius 6371 km


class OutlineError(Exception):
    """Outlines that do not close, or name a line that is not there."""


@dataclass(frozen=True, slots=True)
class River:
    """A water course as the line of its middle and its width in km."""

    line: Ring
    width: float


@dataclass(frozen=True, slots=True)
class Word:
    """A name on the map that is no area's: water, or the zone."""

    at: XY
    name: Text
    kind: str


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place people know the city by; its name stands to the ``side`` of its dot."""

    at: XY
    name: Text
    side: Literal["east", "west"] = "east"


@dataclass(frozen=True, slots=True)
class Plan:
    """A schematic of the localities of one area, as blocks in a frame of its own: ``size`` wide and high, y downwards.

    ``zones`` are rings by area id, ``water`` rings, ``words`` names of what is no locality.
    """

    size: XY
    zones: dict[str, Ring]
    water: tuple[Ring, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlines:
    """Everything a map is drawn from, x to the east and y to the north of ``origin`` in km.

    ``areas`` are rings by area id; ``labels`` places of their names by area id.
    ``inset`` is the area drawn apart at its own scale, ``plans`` are schematics by the area they are within.
    """

    origin: XY = (0.0, 0.0)
    areas: dict[str, tuple[Ring, ...]] = field(default_factory=dict)
    sea: Ring = ()
    rivers: tuple[River, ...] = ()
    zone: Ring = ()
    labels: dict[str, XY] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    inset: str | None = None
    landmarks: tuple[Landmark, ...] = ()
    plans: dict[str, Plan] = field(default_factory=dict)

    def place(self, latitude: float, longitude: float) -> XY:
        """A position in degrees on the plane, by the equirectangular projection at the origin."""
        return _plane(self.origin, latitude, longitude)

    def degrees(self, at: XY) -> tuple[float, float]:
        """Latitude and longitude of a point of the plane: what `place` is the other way round."""
        there, here = self.origin
        return there + at[1] / KM_PER_DEGREE, here + at[0] / (KM_PER_DEGREE * cos(radians(there)))


def load(folder: Path) -> Outlines | None:
    """The outlines of the city pack in ``folder``, None if it ships none; OutlineError if they do not fit."""
    path = folder / "outlines.yaml"
    if not path.is_file():
        return None
    raw: dict[str, Any] = read(path).value
    lines = {name: _ring(points) for name, points in raw["lines"].items()}
    areas = {key: tuple(_stitch(key, names, lines) for names in rings) for key, rings in raw["areas"].items()}
    rivers = tuple(River(_ring(r["line"]), float(r["width"])) for r in raw.get("rivers", ()))
    labels = {key: _point(at) for key, at in raw.get("labels", {}).items()}
    words = _words(raw)
    zone, sea = _ring(raw.get("zone", ())), _ring(raw["sea"])
    origin = _point(raw["origin"])
    landmarks = tuple(
        Landmark(_plane(origin, *_point(mark["place"])), Text(**mark["name"]), mark.get("side", "east"))
        for mark in raw.get("landmarks", ())
    )
    plans = {key: _plan(plan) for key, plan in raw.get("plans", {}).items()}
    return Outlines(origin, areas, sea, rivers, zone, labels, words, raw.get("inset"), landmarks, plans)


def surface(ring: Ring) -> float:
    """Area inside a ring in km², by the shoelace formula (Gauss)."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _words(raw: dict[str, Any]) -> tuple[Word, ...]:
    return tuple(Word(_point(w["at"]), Text(**w["name"]), w["kind"]) for w in raw.get("words", ()))


def _plan(raw: dict[str, Any]) -> Plan:
    zones = {key: _ring(points) for key, points in raw["zones"].items()}
    return Plan(_point(raw["size"]), zones, tuple(map(_ring, raw.get("water", ()))), _words(raw))


def _plane(origin: XY, latitude: float, longitude: float) -> XY:
    there, here = origin
    x = (longitude - here) * KM_PER_DEGREE * cos(radians(there))
    return (x, (latitude - there) * KM_PER_DEGREE)


def _point(raw: Any) -> XY:
    x, y = raw
    return (float(x), float(y))


def _ring(raw: Any) -> Ring:
    return tuple(_point(point) for point in raw)


def _stitch(key: str, names: list[str], lines: dict[str, Ring]) -> Ring:
    ring: list[XY] = []
    for name in names:
        line = lines.get(name.removeprefix("-"))
        if line is None:
            raise OutlineError(f"area '{key}' names line '{name}', which is not there")
        walked = line[::-1] if name.startswith("-") else line
        if ring and ring[-1] != walked[0]:
            raise OutlineError(f"area '{key}': line '{name}' does not start where the one before it ends")
        ring += walked[1:] if ring else walked
    if ring[0] != ring[-1]:
        raise OutlineError(f"area '{key}' does not close")
    return tuple(ring[:-1])
