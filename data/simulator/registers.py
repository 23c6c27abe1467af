"""Registers written anew as a whole: cultural events every morning, relics every Monday.

Scale: 1,360 relics, by kind as published; the kinds published add up to 1,247, the others are not
named. Places are schematic, around the middle of the ward. Conditions are an assumption.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from data.simulator import files
from data.simulator.chance import Weighted, about, stream
from data.simulator.places import code
from data.simulator.season import FLOOD_LAST, bustle, days, flooded, lantern_night, midnight

BEGUN = date(2023, 1, 1)
PLACES = {
    "minh_an": (108.3290, 15.8772), "cam_pho": (108.3241, 15.8782), "son_phong": (108.3335, 15.8790),
    "cam_chau": (108.3476, 15.8836), "thanh_ha": (108.3010, 15.8785), "cam_ha": (108.3385, 15.9010),
    "cam_kim": (108.3235, 15.8705), "cam_thanh": (108.3700, 15.8735), "cam_an": (108.3369, 15.9157),
    "tan_hiep": (108.5085, 15.9590),
}  # fmt: skip
KINDS = {"house": 1068, "well": 11, "clan": 38, "pagoda": 19, "shrine": 43, "communal": 23, "tomb": 44,
         "bridge": 1, "other": 113}  # fmt: skip
TITLES = {"house": "Nhà cổ", "well": "Giếng cổ", "clan": "Nhà thờ tộc", "pagoda": "Chùa", "shrine": "Miếu",
          "communal": "Đình", "tomb": "Mộ cổ", "bridge": "Chùa Cầu", "other": "Di tích"}  # fmt: skip
IN_TOWN = Weighted([("minh_an", 0.62), ("cam_pho", 0.27), ("son_phong", 0.11)])
AROUND = Weighted([(ward, 1.0) for ward in PLACES])
CYCLE = 280  # days until a relic is inspected again
AT_RISK, RESTORED = 0.12, 0.44


@dataclass(frozen=True, slots=True)
class Register:
    """A file written as a whole at the times of ``due``."""

    name: str
    content: Callable[[date], str]
    weekday: int | None
    hour: int

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """The register as it last was written before ``until``."""
        self._write(folder, None, until)

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """The register anew, if a time to write it lies after ``since`` up to ``until``."""
        self._write(folder, since, until)

    def _write(self, folder: Path, since: datetime | None, until: datetime) -> None:
        last = next(
            at
            for at in (midnight(until.date()) + timedelta(hours=self.hour, days=-n) for n in range(9))
            if at <= until and self.weekday in (None, at.weekday())
        )
        if since is None or last > since:
            files.write(folder / self.name, self.content(last.date()).encode())


@dataclass(frozen=True, slots=True)
class Heritage:
    """The register of relics."""

    seed: int

    def content(self, day: date) -> str:
        """All relics as known on the morning of ``day``."""
        numbers = [(kind, n) for kind, count in KINDS.items() for n in range(1, count + 1)]
        lines = [_relic(self.seed, kind, n, order, day) for order, (kind, n) in enumerate(numbers)]
        return _collection(lines)


def _relic(seed: int, kind: str, number: int, order: int, day: date) -> str:
    random = stream(seed, "relic", kind, number)
    ward = IN_TOWN.draw(random) if kind in ("house", "bridge") else AROUND.draw(random)
    lon, lat = PLACES[ward]
    spread = 0.0016 if kind in ("house", "bridge") else 0.005
    place = (lon + random.uniform(-spread, spread), lat + random.uniform(-spread / 2, spread / 2))
    listed = date(random.randint(1985, 2015), random.randint(1, 12), random.randint(1, 28))
    found, secured = _risk(seed, kind, number)
    restored = date(random.randint(2000, 2027), random.randint(1, 12), 15) if random.random() < RESTORED else None
    inspected = day - timedelta(days=1 + (day.toordinal() - 1 - order) % CYCLE)
    known = (at if at and at < day else None for at in (found, secured, restored))
    moments = dict(zip(("nguy_cap_tu", "het_nguy_cap", "tu_bo_xong"), known, strict=True))
    title = f"{TITLES[kind]} số {number}" if kind != "bridge" else TITLES[kind]
    named = {"ma": f"DT-{order + 1:04d}", "ten": title, "loai": kind, "dia_ban": code(ward, inspected)}
    dates = {"ghi_danh": listed, "dua_ra": None, **moments, "kiem_tra": inspected}
    return _feature(place, named | {name: f"{at:%Y-%m-%d} 00:00" if at else None for name, at in dates.items()})


def _feature(place: tuple[float, float], properties: dict[str, str | int | None]) -> str:
    """A point in a line of its own."""
    point = {"type": "Point", "coordinates": [round(axis, 5) for axis in place]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": point}, ensure_ascii=False)


def _collection(features: list[str]) -> str:
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"


def _risk(seed: int, kind: str, number: int) -> tuple[date | None, date | None]:
    """When a relic was found at risk, and when it was secured."""
    random = stream(seed, "relic risk", kind, number)
    if random.random() < AT_RISK:
        found = date(2019, 1, 1) + timedelta(days=random.randrange(3000))
    elif random.random() < 0.03:
        found = FLOOD_LAST + timedelta(days=random.randint(2, 12))
    else:
        return None, None
    return found, found + timedelta(days=random.randint(60, 620))


@dataclass(frozen=True, slots=True)
class CultureCentre:
    """The register of cultural events, kept from the start of 2023."""

    seed: int

    def content(self, day: date) -> str:
        """All events held before ``day``."""
        lines = [line for held in days(BEGUN, day - timedelta(days=1)) for line in _held(self.seed, held)]
        return _collection(lines)


# Kind: title, start, attendance in the mean, wards.
SHOWS = {
    "lantern": ("Đêm phố cổ", 17, 3_600, Weighted([("minh_an", 1.0)])),
    "performance": ("Hô hát Bài chòi", 19, 260, Weighted([("minh_an", 0.8), ("cam_pho", 0.2)])),
    "exhibition": ("Triển lãm", 8, 420, Weighted([("minh_an", 0.6), ("son_phong", 0.4)])),
    "craft": ("Ngày hội làng nghề", 8, 650, Weighted([("thanh_ha", 0.4), ("cam_ha", 0.3), ("cam_kim", 0.3)])),
    "festival": ("Lễ hội", 7, 2_400, AROUND),
}
CHANCES = {"exhibition": 0.055, "craft": 0.045, "festival": 0.04}


@lru_cache(maxsize=4096)
def _held(seed: int, day: date) -> tuple[str, ...]:
    """Lines of the events of a day."""
    random = stream(seed, "culture", day)
    kinds = [kind for kind, chance in CHANCES.items() if random.random() < chance]
    if day.weekday() in (2, 4, 5, 6):
        kinds.append("performance")
    if lantern_night(day):
        kinds.append("lantern")
    if flooded(day):
        return ()
    return tuple(_lines(seed, day, kinds))


def _lines(seed: int, day: date, kinds: list[str]) -> Iterator[str]:
    random = stream(seed, "culture show", day)
    for number, kind in enumerate(kinds, start=1):
        title, hour, mean, wards = SHOWS[kind]
        ward = wards.draw(random)
        lon, lat = PLACES[ward]
        came = about(random, mean * (bustle(seed, day) if kind in ("lantern", "performance") else 1.0))
        named = {"ma": f"SK-{day:%y%m%d}-{number}", "ten": title, "bat_dau": f"{day:%Y-%m-%d} {hour:02d}:30"}
        yield _feature((lon, lat), {**named, "loai": kind, "dia_ban": code(ward, day), "tham_du": came})
