"""The rows of the metropolis: drawn by the engine from a hash, the same at every run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import duckdb

from data.catalogue import Catalogue
from data.clock.sync import Sync
from data.store.writer import Writer
from tests.bench.moment import FROM, UNTIL
from tests.browser.town import Town
from tests.standing import StandingClock

DOSSIERS, SENSORS, VISITS = 2_000_000, 95, 5_000_000
STEP = 5  # minutes between two readings of a sensor
LENGTH = int((UNTIL - FROM).total_seconds())
DICE = "CREATE MACRO dice(seed, throw, faces) AS (hash(seed, throw) % faces)::BIGINT"
AREAS = "['N', 'E', 'S', 'W']"
MOMENT = f"TIMESTAMP '{FROM}' + to_seconds(dice(i, 1, {LENGTH}))"

DOSSIER = f"""
SELECT 'D' || i AS dossier_id, received_at, received_at + to_days((1 + dice(i, 2, 15))::INT) AS due_at,
  CASE WHEN closed_at < TIMESTAMP '{UNTIL}' THEN closed_at END AS closed_at, {AREAS}[1 + dice(i, 3, 4)] AS area,
  'S' || lpad(floor(50 * pow(dice(i, 4, 10000) / 10000.0, 2))::INT::VARCHAR, 2, '0') AS service,
  ['online', 'counter', 'post'][1 + dice(i, 5, 3)] AS channel
FROM (SELECT i, received_at, received_at + to_minutes(60 + dice(i, 6, 25000)) AS closed_at
  FROM (SELECT i, {MOMENT} AS received_at FROM range({DOSSIERS}) AS numbers(i)))
"""
READING = f"""
SELECT "at", 'K' || lpad(sensor::VARCHAR, 2, '0') AS sensor, {AREAS}[1 + dice(sensor, 1, 4)] AS area,
  round(32 + 12 * sin(epoch("at") / 40000.0) + dice(sensor, "at", 1000) / 50.0, 1) AS pm25
FROM (SELECT unnest(generate_series(TIMESTAMP '{FROM}', TIMESTAMP '{UNTIL}', INTERVAL {STEP} MINUTE)) AS "at"),
  range({SENSORS}) AS sensors(sensor)
"""


def visits(count: int) -> str:
    """So many visits."""
    return f"""
SELECT {MOMENT} AS "at", {AREAS}[1 + dice(i, 2, 4)] AS area,
  ['domestic', 'korea', 'west', 'other'][1 + dice(i, 3, 4)] AS market, (1 + dice(i, 4, 6))::INT AS visitors
FROM range({count}) AS numbers(i)
"""


Tables = Mapping[str, tuple[str, str]]
TABLES: Tables = {
    "dossier": (DOSSIER, "received_at"), "reading": (READING, '"at"'), "visit": (visits(VISITS), '"at"'),
}  # fmt: skip


def deliver(drop: Path, tables: Tables = TABLES) -> None:
    """Write the files of every month: 2 M dossiers, 30 M readings, 5 M visits, or other tables."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(DICE)
        for name, (rows, time) in tables.items():
            (drop / name).mkdir(parents=True)
            connection.execute(f"CREATE TABLE {name} AS SELECT *, strftime({time}, '%Y-%m') AS month FROM ({rows})")
            months = connection.execute(f"SELECT DISTINCT month FROM {name} ORDER BY month").fetchall()
            for (month,) in months:
                part = f"SELECT * EXCLUDE (month) FROM {name} WHERE month = '{month}'"
                connection.execute(f"COPY ({part}) TO '{drop / name / month}.parquet' (COMPRESSION zstd)")
            connection.execute(f"DROP TABLE {name}")


def built(folder: Path, catalogue: Catalogue, tables: Tables = TABLES) -> Town:
    """The metropolis, or a part of it, loaded as any city is."""
    town = Town(catalogue, folder / "drop", folder / "store")
    deliver(town.drop, tables)
    for path in town.drop.rglob("*.parquet"):  # a file that has only just been written is left alone
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    clock = StandingClock(UNTIL)
    writer = Writer(town.store, catalogue, clock)
    sync = Sync(writer, town.drop, clock)
    while sync.tick():
        pass
    writer.close()
    return town
