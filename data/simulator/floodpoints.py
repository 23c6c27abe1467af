"""Flooded streets as the command post maps them: one GeoJSON file, written anew when something changes.

The streets and the places are those that go under first, as published; the river level at which each
does is an assumption. A point opens when the river passes that level and closes when it has fallen
below it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from data.simulator import files
from data.simulator.places import code
from data.simulator.river import Gauges
from data.simulator.season import days, midnight

PATH = "flooded_points/diem_ngap.geojson"
# Street: ward, longitude, latitude, river level in m at which it goes under.
STREETS = {
    "Bạch Đằng": ("minh_an", 108.3286, 15.8760, 1.05),
    "An Hội": ("minh_an", 108.3262, 15.8754, 1.10),
    "Nguyễn Phúc Chu": ("minh_an", 108.3268, 15.8757, 1.15),
    "Công Nữ Ngọc Hoa": ("minh_an", 108.3252, 15.8761, 1.25),
    "Cẩm Kim": ("cam_kim", 108.3235, 15.8705, 1.35),
    "Cẩm Nam": ("cam_nam", 108.3350, 15.8725, 1.45),
    "La Hối": ("son_phong", 108.3255, 15.8745, 1.50),
    "Nguyễn Hoàng": ("minh_an", 108.3245, 15.8752, 1.55),
    "Hoàng Văn Thụ": ("minh_an", 108.3305, 15.8765, 1.65),
    "Nguyễn Thái Học": ("minh_an", 108.3288, 15.8766, 1.75),
    "Lê Lợi": ("minh_an", 108.3283, 15.8772, 1.95),
    "Trần Phú": ("minh_an", 108.3295, 15.8776, 2.40),
}
WET = (9, 10, 11, 12, 1)
HOUR, LONGEST = timedelta(hours=1), timedelta(days=12)
LAG = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class CommandPost:
    """The map of flooded points, seen on the full hour and sent ten minutes later."""

    seed: int

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """The map as of ``until``, with every point since ``start``."""
        files.write(folder / PATH, _map(self._features(start, until - LAG)))

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """The map again, with what is new, if a point opened, closed or deepened."""
        path = folder / PATH
        first = since.date() - LONGEST
        before, now = (list(self._features(first, moment - LAG)) for moment in (since, until))
        if before == now or not path.exists():
            return
        held = json.loads(path.read_text(encoding="utf-8"))
        files.write(path, _map([*held["features"], *now]))

    def _features(self, start: date, until: datetime) -> Iterator[dict]:
        levels = self._levels(start, until)
        for number, (street, (place, lon, lat, under)) in enumerate(STREETS.items(), start=1):
            for opened, closed, top in _episodes(levels, under):
                properties = {
                    "id": f"DN{number:02d}-{opened:%y%m%d%H}",
                    "duong": street,
                    "dia_ban": code(place, opened.date()),
                    "bat_dau": opened.isoformat(),
                    "het_ngap": closed.isoformat() if closed else None,
                    "sau_cm": round((top - under) * 100),
                }
                point = {"type": "Point", "coordinates": [lon, lat]}
                yield {"type": "Feature", "properties": properties, "geometry": point}

    def _levels(self, start: date, until: datetime) -> list[tuple[datetime, float]]:
        river = Gauges(self.seed)
        return [
            (at, river.level("hoi_an", at))
            for day in days(start, until.date())
            if day.month in WET
            for at in (midnight(day) + HOUR * hour for hour in range(24))
            if at <= until
        ]


def _map(features: Iterable[dict]) -> bytes:
    """The file; of two features with one id the later holds."""
    latest = {feature["properties"]["id"]: feature for feature in features}
    content = {"type": "FeatureCollection", "name": "diem_ngap", "features": [latest[key] for key in sorted(latest)]}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _episodes(levels: list[tuple[datetime, float]], under: float) -> Iterator[tuple[datetime, datetime | None, float]]:
    """(opened, closed or None while open, highest level) of each time the level stood over ``under``."""
    opened, top = None, 0.0
    for at, level in levels:
        if level >= under:
            opened, top = opened or at, max(top, level)
        elif opened:
            yield opened, at, top
            opened, top = None, 0.0
    if opened:
        yield opened, None, top
