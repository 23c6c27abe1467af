"""The smallest city that can be loaded, as text to be spoilt by tests."""

from __future__ import annotations

from pathlib import Path

CITY = """\
id: small
name: {vi: Nhỏ, en: Small}
operator: {vi: Nhỏ, en: Small}
timezone: Asia/Ho_Chi_Minh
since: 2025-07-01
scope: town
calendar: {country: VN}
"""

AREAS = """\
- id: town
  code: T
  name: {vi: Phố, en: Town}
  level: city
  valid_from: 2008-01-29
- id: north
  code: N
  name: {vi: Bắc, en: North}
  level: unit
  parent: town
  valid_from: 2025-07-01
"""

DATASETS = """\
- id: dossier
  kind: entity
  name: {vi: Hồ sơ, en: Dossiers}
  key: [number]
  time: received_at
  columns:
    number: {type: text, required: true}
    area: {type: text, area: true}
    received_at: {type: timestamp, required: true}
    closed_at: {type: timestamp}
    fee: {type: number, minimum: 0}
    channel:
      type: text
      dimension: true
      name: {vi: Kênh, en: Channel}
      values: {online: {vi: Trực tuyến, en: Online}, desk: {vi: Tại quầy, en: Desk}}
- id: gauge
  kind: reading
  name: {vi: Mực nước, en: Level}
  key: [station]
  time: at
  grain: hour
  columns:
    station: {type: text, required: true}
    at: {type: timestamp, required: true}
    level: {type: number}
"""

SOURCES = """\
- id: desk
  name: {vi: Một cửa, en: One stop}
  owner: {vi: Phố, en: Town}
  dataset: dossier
  connector: csv
  path: "dossier_*.csv"
  fresh_within: 1 day
"""

KPIS = """\
- id: egov.closed
  code: DVC-01
  name: {vi: Đã trả, en: Closed}
  definition: {vi: Số hồ sơ, en: Dossiers}
  domain: egov
  measure: {count: dossier, time: closed_at}
  unit: {vi: hồ sơ, en: dossiers}
  dimensions: [area, channel]
  fresh_within: 1 day
  owner: {vi: Phố, en: Town}
- id: environment.level
  code: MT-01
  name: {vi: Mực nước, en: Level}
  definition: {vi: Mực nước, en: Level}
  domain: environment
  measure: {last: gauge, of: level, time: at, over: max}
  unit: {vi: m, en: m}
  fresh_within: 15 minutes
  owner: {vi: Phố, en: Town}
"""

BOARDS = """\
- id: overview
  name: {vi: Toàn cảnh, en: Overview}
  title: {vi: Toàn cảnh, en: Overview}
  rows:
    - - {kpi: DVC-01, span: 6}
      - {kpi: environment.level, span: 6}
"""

FILES = {
    "city": CITY, "areas": AREAS, "datasets": DATASETS, "sources": SOURCES, "kpis": KPIS, "boards": BOARDS,
}  # fmt: skip


def write(folder: Path, **changed: str) -> Path:
    """Write the small pack into ``folder``, with some files replaced by other text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (FILES | changed).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def line_of(text: str, part: str) -> int:
    """Number of the first line of ``text`` that holds ``part``."""
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)
