"""A small city of its own, with a measure of every younger kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from data.catalogue import load
from data.clock.clock import FixedClock
from data.kpis.service import KpiService, open_service
from data.store.writer import Writer
from tests.catalogue.pack import BOARDS, CITY, write
from tests.kpis.delivered import Row, deliver

AREAS = """\
- {id: town, code: T, name: {vi: Phố, en: Town}, level: city, valid_from: 2008-01-29, population: 3000, km2: 60}
- {id: north, code: N, name: {vi: Bắc, en: North}, level: unit, parent: town, valid_from: 2025-07-01,
  population: 1000, km2: 20}
- {id: south, code: S, name: {vi: Nam, en: South}, level: unit, parent: town, valid_from: 2025-07-01}
"""
POLLUTANTS = ("pm25", "pm10", "o3", "no2", "so2", "co")
DATASETS = f"""\
- id: air
  kind: reading
  name: {{vi: Không khí, en: Air}}
  key: [station]
  time: at
  grain: hour
  columns:
    station: {{type: text, required: true}}
    at: {{type: timestamp, required: true}}
    area: {{type: text, area: true}}
    level: {{type: number}}
{"".join(f"    {name}: {{type: number}}{chr(10)}" for name in POLLUTANTS)}
- id: counted
  kind: event
  name: {{vi: Đếm, en: Counted}}
  time: at
  columns:
    at: {{type: timestamp, required: true}}
    area: {{type: text, area: true}}
    guests: {{type: integer}}
    market:
      type: text
      dimension: true
      name: {{vi: Thị trường, en: Market}}
      values: {{korea: {{vi: Hàn Quốc, en: Korea}}, japan: {{vi: Nhật Bản, en: Japan}}}}
- id: published
  kind: figure
  name: {{vi: Công bố, en: Published}}
  key: [month, what, area]
  time: month
  grain: month
  columns:
    month: {{type: date, required: true}}
    what: {{type: text, required: true}}
    area: {{type: text, area: true}}
    number: {{type: number}}
- id: site
  kind: entity
  name: {{vi: Công trình, en: Sites}}
  key: [id]
  time: started
  columns:
    id: {{type: text, required: true}}
    started: {{type: timestamp, required: true}}
    ended: {{type: timestamp}}
    area: {{type: text, area: true}}
    hectares: {{type: number}}
"""
COLUMNS = {
    "air": ("station", "at", "area", "level", *POLLUTANTS),
    "counted": ("at", "area", "guests", "market"),
    "published": ("month", "what", "area", "number"),
    "site": ("id", "started", "ended", "area", "hectares"),
}
AUTHORITY = {"air": "measured", "counted": "simulated", "published": "official", "site": "provisional"}
SOURCES = "".join(
    f"""\
- id: {name}
  name: {{vi: {name}, en: {name}}}
  owner: {{vi: x, en: x}}
  dataset: {name}
  connector: csv
  path: "{name}_*.csv"
  columns: {{{", ".join(f"{column}: {column}" for column in columns)}}}
  fresh_within: 1 day
  authority: {AUTHORITY[name]}
"""
    for name, columns in COLUMNS.items()
)
GUESTS = "{sum: counted, of: guests, time: at}"
OFFICIAL = "{sum: published, of: number, time: month, where: [[what, eq, guests]]}"
LEVEL = "{last: air, of: level, time: at, over: max}"
OPEN = "{open_at: site, from: started, to: ended, of: hectares}"
KOREA, JAPAN = (f"{{sum: counted, of: guests, time: at, where: [[market, eq, {name}]]}}" for name in ("korea", "japan"))


def air(*names: str) -> str:
    """VN_AQI of some pollutants."""
    return f"{{index: vn_aqi, parts: {{{', '.join(f'{n}: {{mean: air, of: {n}, time: at}}' for n in names)}}}}}"


def kpi(code: str, measure: str, grain: str = "day", more: str = "") -> str:
    """YAML of a KPI that is broken down by area."""
    return f"""\
- id: test.{code.lower().replace("-", "_")}
  code: {code}
  name: {{vi: {code}, en: {code}}}
  definition: {{vi: x, en: x}}
  domain: egov
  measure: {measure}
  unit: {{vi: x, en: x}}
  decimals: 2
  dimensions: [area]
  grain: {grain}
  fresh_within: 1 day
  owner: {{vi: x, en: x}}
{more}"""


DUST = "{ratio: {of: {mean: air, of: pm25, time: at}, to: {mean: air, of: pm10, time: at}}}"
SCORE = f"""
    index: score
    parts:
      guests: {{of: {GUESTS}, weight: 18, full_at: 200}}
      official: {{of: {OFFICIAL}, weight: 20, full_at: 100, name: {{vi: Công bố, en: Published}}}}
      dust: {{of: {DUST}, weight: 12, ours: true}}"""
KPIS = "".join(
    (
        kpi("KK-01", air(*POLLUTANTS), "hour"),
        kpi("KK-02", f"{{change: {LEVEL}, over: 3 hours}}", "hour"),
        kpi("DK-01", GUESTS),
        kpi("DK-02", OFFICIAL, "month"),
        kpi("DK-03", f"{{first: [{OFFICIAL}, {GUESTS}]}}", "month"),
        kpi("DK-04", f"{{ratio: {{of: {GUESTS}, to: {{area: population}}, per: 1000}}}}"),
        kpi("DK-05", f"{{ratio: {{of: {GUESTS}, to: {{area: km2}}}}}}"),
        kpi("DK-06", f"{{average: {GUESTS}, every: month}}"),
        kpi("DK-07", f"{{ratio: {{of: {{peak: {GUESTS}, every: month}}, to: {{average: {GUESTS}, every: month}}}}}}"),
        kpi("DK-08", f"{{index: hhi, parts: {{korea: {KOREA}, japan: {JAPAN}}}}}"),
        kpi("DK-09", SCORE),
        kpi("CT-01", OPEN),
        kpi("CT-02", f"{{change: {OPEN}, over: 2 days}}"),
        kpi("DK-10", f"{{first: [{LEVEL}, {{mean: air, of: pm25, time: at}}]}}", "hour"),
    )
)


def small(
    folder: Path, rows: Mapping[str, Iterable[Row]], now: datetime, kpis: str = KPIS, datasets: str = DATASETS
) -> tuple[KpiService, Writer]:
    """A service over the small city that holds ``rows`` (by source), asked at ``now``."""
    board = BOARDS.replace("DVC-01", "DK-01").replace("environment.level", "KK-01")
    city = CITY + "demonstration: true\n"
    pack = write(folder / "pack", areas=AREAS, datasets=datasets, sources=SOURCES, kpis=kpis, boards=board, city=city)
    catalogue = load(pack)
    writer = Writer(folder / "store", catalogue, FixedClock(now))
    deliver(folder, writer, rows)
    return open_service(catalogue, folder / "store", FixedClock(now), threads=1), writer
