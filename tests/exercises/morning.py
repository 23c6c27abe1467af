"""A morning in which the river rises through all three levels: an exercise of five steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from data.catalogue import Catalogue

NAME = "flood_2025_10"
LEVELS = {6: (0.9, 1.9), 7: (1.2, 2.4), 8: (1.6, 3.3), 9: (2.2, 4.2), 10: (2.3, 4.4)}  # m at Hội An and Câu Lâu
FILES = ("river.csv", "rain.csv", "points.csv", "pumps.csv")


def scripted(folder: Path, catalogue: Catalogue) -> tuple[Catalogue, Catalogue]:
    """The city with this exercise alone, and the same as whoever plays it has to have it: its files lie elsewhere."""
    _told(folder)
    flood = catalogue.exercises[NAME]
    plays = tuple(
        part.model_copy(update={"file": file, "every": None}) for part, file in zip(flood.plays, FILES, strict=True)
    )
    short = flood.model_copy(update={"plays": plays, "end": datetime(2025, 10, 27, 11)})
    known = replace(catalogue, exercises={NAME: short})
    return known, replace(known, folder=folder)


def _told(folder: Path) -> None:
    levels = [
        (hour, station, level)
        for hour, (here, above) in LEVELS.items()
        for station, level in {"hoi_an": here, "cau_lau": above, "giao_thuy": 5.0, "ai_nghia": 5.0}.items()
    ]
    _write(folder / "river.csv", "at,station,level,cited", [f"{_at(h)},{s},{v},x" for h, s, v in levels])
    rain = [f"{_at(hour)},hoi_an,20410,2,30,x" for hour in LEVELS]
    _write(folder / "rain.csv", "at,gauge,area,mm,mm_24h,cited", rain)
    head = "point_id,street,area,opened_at,closed_at,depth_cm,longitude,latitude,cited"
    _write(folder / "points.csv", head, [f"DT-01,Bạch Đằng,20410,{_at(7)},,15,108.3,15.87,x"])
    pumps = [f"{_at(hour)},TB-01,20410,4,4,2,x" for hour in LEVELS]
    _write(folder / "pumps.csv", "at,station,area,pumps,ready,running,cited", pumps)


def _at(hour: int) -> str:
    return f"2025-10-27 {hour:02d}:00"


def _write(path: Path, head: str, lines: list[str]) -> None:
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
