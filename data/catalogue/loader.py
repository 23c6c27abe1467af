"""Read a city's folder of YAML into one frozen catalogue, or say everything that is wrong.

Nothing is shown before the whole pack has been validated: every file is read, every entry
checked, every reference followed, and all problems are reported at once.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.catalogue.alert import Alert
from data.catalogue.area import Area
from data.catalogue.board import Board
from data.catalogue.city import City
from data.catalogue.dataset import Dataset
from data.catalogue.exercise import Exercise
from data.catalogue.keys import meant
from data.catalogue.kpi import Kpi
from data.catalogue.lines import Lined, YamlError, read
from data.catalogue.outlook import Outlook
from data.catalogue.playlist import Playlist
from data.catalogue.provider import Provider
from data.catalogue.references import references
from data.catalogue.report import Report
from data.catalogue.role import STANDARD, Role
from data.catalogue.room import Room
from data.catalogue.source import Source

KINDS: dict[str, type] = {
    "areas": Area,
    "sources": Source,
    "datasets": Dataset,
    "kpis": Kpi,
    "boards": Board,
    "roles": Role,
    "providers": Provider,
    "alerts": Alert,
    "playlists": Playlist,
    "rooms": Room,
    "outlooks": Outlook,
    "exercises": Exercise,
    "reports": Report,
}
NOUNS = {
    "KPI": "kpis", "area": "areas", "board": "boards", "dataset": "datasets", "playlist": "playlists",
    "role": "roles", "rule": "alerts", "source": "sources",
}  # fmt: skip
ABSENT = re.compile(r"no (\w+) '(.+)'")  # how a fault says that what it names is not there
REMEDIES = {
    "extra_forbidden": "remove the key or correct its spelling",
    "missing": "add the key",
    "string_type": "write text, in quotes if it looks like a number",
    "int_type": "write a whole number",
    "float_type": "write a number",
    "date_from_datetime_parsing": "write a date as YYYY-MM-DD",
    "date_parsing": "write a date as YYYY-MM-DD",
    "literal_error": "choose one of the values named",
    "duration_too_long": "write 36525 days or less",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a pack: where, what, and what to do about it."""

    file: str
    line: int
    entry: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.file}:{self.line}: {self.entry}: {self.message}{remedy}"


class CatalogueError(Exception):
    """A pack that cannot be used, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Catalogue:
    """Everything one city decided, validated. ``digest`` changes when any of it does."""

    folder: Path
    city: City
    areas: dict[str, Area] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    kpis: dict[str, Kpi] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=lambda: dict(STANDARD))
    providers: dict[str, Provider] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    playlists: dict[str, Playlist] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    outlooks: dict[str, Outlook] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    digest: str = ""

    @cached_property
    def codes(self) -> dict[str, Kpi]:
        """KPIs by the code printed on tiles and in URLs."""
        return {kpi.code: kpi for kpi in self.kpis.values()}

    def kpi(self, name: str) -> Kpi | None:
        """A KPI by code or id."""
        return self.codes.get(name) or self.kpis.get(name)

    def renamed(self, name: str) -> Kpi | None:
        """The KPI that formerly had a code which is nobody's now."""
        if self.kpi(name) is not None:
            return None
        return next((kpi for kpi in self.kpis.values() if name in kpi.formerly), None)

    def feeding(self, dataset: str) -> tuple[Source, ...]:
        """The sources that deliver into a dataset."""
        return tuple(source for source in self.sources.values() if source.dataset == dataset)


def load(folder: Path) -> Catalogue:
    """Read and validate the pack in ``folder``; CatalogueError with every problem found."""
    return _Reader(folder).catalogue()


class _Reader:
    """Collects entries and problems of one pack."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.where: dict[tuple[str, str], tuple[str, Lined, int]] = {}
        self.broken: set[tuple[str, str]] = set()  # kind and id or code of entries that are there but cannot be used
        self.unread: set[str] = set()  # kinds of which a whole file cannot be used
        self.hash = hashlib.sha256()

    def catalogue(self) -> Catalogue:
        city = self._city()
        entries = {kind: self._entries(kind, model) for kind, model in KINDS.items()}
        entries["roles"] = entries["roles"] or dict(STANDARD)
        if city is None:
            raise CatalogueError(sorted(self.problems))
        catalogue = Catalogue(self.folder, city, digest=self.hash.hexdigest()[:16], **entries)
        for kind, name, path, message, remedy in references(catalogue):
            if not self._follows(message):
                self._refer(kind, name, path, message, remedy)
        if self.problems:
            raise CatalogueError(sorted(self.problems))
        return catalogue

    def _follows(self, message: str) -> bool:
        """Whether a fault only follows from another: what it misses is there, and something else is wrong with it."""
        absent = ABSENT.fullmatch(message)
        kind = NOUNS.get(absent[1]) if absent else None
        return kind in self.unread or bool(absent and (kind, absent[2]) in self.broken)

    def _refer(self, kind: str, name: str, path: tuple[str | int, ...], message: str, remedy: str) -> None:
        file, lined, index = self.where.get((kind, name), ("city.yaml", Lined(None, {}), 0))
        line = lined.line(path if kind == "city" else (index, *path))
        self.problems.append(Problem(file, line, name, message, remedy))

    def _city(self) -> City | None:
        path = self.folder / "city.yaml"
        if not path.is_file():
            self.problems.append(Problem("city.yaml", 1, "city", f"no city.yaml in {self.folder}", "create it"))
            return None
        lined = self._read(path)
        if lined is None:
            return None
        self.where["city", "city"] = ("city.yaml", lined, 0)
        return self._model(City, lined, lined.value, "city.yaml", (), "city")

    def _files(self, kind: str) -> Iterator[Path]:
        single = self.folder / f"{kind}.yaml"
        if single.is_file():
            yield single
        yield from sorted((self.folder / kind).glob("*.yaml"))

    def _read(self, path: Path) -> Lined | None:
        self.hash.update(path.name.encode() + path.read_bytes())
        try:
            return read(path)
        except YamlError as error:
            name = path.relative_to(self.folder).as_posix()
            self.problems.append(Problem(name, error.line, "file", error.message))
            return None

    def _entries(self, kind: str, model: type) -> dict[str, Any]:
        found: dict[str, Any] = {}
        codes: dict[str, str] = {}
        for path in self._files(kind):
            lined = self._read(path)
            if lined is None:
                self.unread.add(kind)
                continue
            name = path.relative_to(self.folder).as_posix()
            if not isinstance(lined.value, list):
                self.problems.append(Problem(name, 1, kind, "the file is a list of entries", "start each with '- id:'"))
                self.unread.add(kind)
                continue
            for index, raw in enumerate(lined.value):
                entry = self._entry(model, lined, raw, name, index)
                if entry is not None:
                    self._keep(kind, entry, found, codes, name, lined, index)
                elif isinstance(raw, dict):
                    self.broken |= {(kind, str(raw[key])) for key in ("id", "code") if key in raw}
        return found

    def _entry(self, model: type, lined: Lined, raw: Any, name: str, index: int) -> Any:
        label = str(raw.get("id", f"entry {index + 1}")) if isinstance(raw, dict) else f"entry {index + 1}"
        return self._model(model, lined, raw, name, (index,), label)

    def _keep(self, kind: str, entry: Any, found: dict, codes: dict, name: str, lined: Lined, index: int) -> None:
        code = entry.code if kind == "kpis" else entry.id
        if entry.id in found or code in codes:
            other = codes.get(code, entry.id)
            message = f"'{entry.id if entry.id in found else code}' is already used by {other}"
            self.problems.append(
                Problem(name, lined.line((index,)), entry.id, message, "choose another; never reuse one")
            )
            self.broken |= {(kind, entry.id), (kind, code)}
            return
        found[entry.id] = entry
        codes[code] = entry.id
        self.where[kind, entry.id] = (name, lined, index)

    def _model(self, model: type, lined: Lined, raw: Any, name: str, path: tuple, label: str) -> Any:
        try:
            return model.model_validate_json(json.dumps(raw))
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                self.problems.append(_problem(fault, model, lined, name, path, label))
            return None


def _problem(fault: Any, model: type, lined: Lined, name: str, path: tuple, label: str) -> Problem:
    inside = _located(lined, path, fault["loc"])
    message = fault["msg"].removeprefix("Value error, ")
    where = ".".join(str(part) for part in inside[len(path) :])
    key = fault["loc"][-1] if fault["type"] in ("extra_forbidden", "missing") else ""
    if key and str(key) not in where.split("."):
        where = f"{where}.{key}".lstrip(".")
    text = f"{where}: {message}" if where else message
    known = meant(model, fault["loc"]) if fault["type"] == "extra_forbidden" else None
    remedy = f"did you mean '{known}'?" if known else REMEDIES.get(fault["type"], "")
    return Problem(name, lined.line(inside), label, text, remedy)


def _located(lined: Lined, path: tuple, loc: tuple) -> tuple:
    """Follow a model's error location through the file, skipping the names of union branches."""
    for part in loc:
        if (*path, part) in lined.lines:
            path = (*path, part)
    return path
