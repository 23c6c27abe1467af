"""From a file to rows in a store by its own proposal, with the edits a steward made."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import unified_diff
from pathlib import Path

import duckdb

from data.catalogue import Catalogue, load
from data.clock.clock import FixedClock
from data.sources import Discovery
from data.sources.trial import Proposal, Trial, propose, trial
from data.store.writer import Writer
from tests.catalogue import pack

OWNER = ("owner: {vi: '?', en: '?'}   # who answers for it", "owner: {vi: Phòng Thống kê, en: Statistics office}")
WRITTEN = date(2026, 11, 20)


@dataclass(frozen=True)
class Loaded:
    """What came of a file."""

    trial: Trial
    catalogue: Catalogue
    delivered: int
    loaded: int
    misformed: int
    misruled: int
    reasons: dict[str, int]
    edited: int
    rows: list[tuple]

    @property
    def quarantined(self) -> int:
        return self.misformed + self.misruled

    @property
    def defects(self) -> dict[str, int]:
        """Counts of the defects noticed, by kind; the largest where a kind was noticed twice."""
        found: dict[str, int] = {}
        for defect in self.trial.defects:
            found[defect.kind] = max(found.get(defect.kind, 0), defect.count)
        return found

    def said(self, kind: str) -> str:
        """The sentences about a kind of defect."""
        return " | ".join(defect.text for defect in self.trial.defects if defect.kind == kind)


def edited(made: Proposal, edits: Sequence[tuple[str, str]]) -> tuple[str, str, list[str]]:
    """The source and dataset after the edits, and the changed lines; each edit must find its text."""
    before = made.source + "---\n" + made.dataset
    after = before
    for old, new in edits:
        assert after.count(old) == 1, f"'{old}' stands {after.count(old)} times in\n{after}"
        after = after.replace(old, new)
    source, dataset = after.split("---\n")
    lines = unified_diff(before.splitlines(), after.splitlines(), "proposed", "edited", lineterm="", n=0)
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return source, dataset, changed


def through(path: Path, folder: Path, edits: Sequence[tuple[str, str]] = (), ask: str = "") -> Loaded:
    """Try a file, edit the proposal, check the pack, and load the file through the writer.

    ``ask`` is SQL over ``current``, the rows that were loaded.
    """
    tried = trial(path)
    made = propose(tried, WRITTEN)
    source, dataset, changed = edited(made, [OWNER, *edits])
    count = len([line for line in changed if line[0] == "+"])
    print(f"\n{path.name}: {count} edited lines", *changed, sep="\n  ")
    catalogue = load(written(folder / "pack", source, dataset))
    catalogue_source = catalogue.sources[made.id]
    deliveries = Discovery(catalogue_source, path.parent).deliveries({}, time.time() + 3600)
    assert [item.path for item in deliveries] == [path]
    writer = Writer(folder / "store", catalogue, FixedClock(datetime(2026, 11, 24, 19, 42)))
    loads = writer.load([(catalogue_source, deliveries)])
    assert writer.manifest.sources[made.id].error is None
    rows = _rows(writer, folder / "store", ask)
    writer.close()
    return Loaded(
        tried, catalogue, *(sum(getattr(item, name) for item in loads) for name in
        ("delivered", "loaded", "misformed", "misruled")), _reasons(folder / "store"), count, rows,
    )  # fmt: skip


def written(folder: Path, source: str, dataset: str) -> Path:
    """A pack of one city, one source and one dataset."""
    (folder / "sources").mkdir(parents=True)
    (folder / "datasets").mkdir()
    (folder / "city.yaml").write_text(pack.CITY, "utf-8")
    (folder / "areas.yaml").write_text(pack.AREAS, "utf-8")
    (folder / "sources" / "proposed.yaml").write_text(source, "utf-8")
    (folder / "datasets" / "proposed.yaml").write_text(dataset, "utf-8")
    return folder


def _rows(writer: Writer, store: Path, ask: str) -> list[tuple]:
    files = [str(store / item.file) for some in writer.manifest.lake.values() for item in some]
    if not (ask and files):
        return []
    with duckdb.connect() as connection:
        names = ", ".join(f"'{name}'" for name in files)
        connection.execute(f"CREATE VIEW current AS SELECT * FROM read_parquet([{names}], union_by_name = true)")
        return connection.execute(ask).fetchall()


def _reasons(store: Path) -> dict[str, int]:
    """Quarantined rows by column and reason."""
    if not list(store.glob("quarantine/*.parquet")):
        return {}
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT name || ' ' || reason, count(*) FROM read_parquet('{store}/quarantine/*.parquet') GROUP BY 1"
        ).fetchall()
    return dict(rows)
