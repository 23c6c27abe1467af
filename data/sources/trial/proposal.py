"""A proposal: the source and the dataset a file would need, as YAML ready to paste."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.catalogue.source import Reading
from data.sources.trial.profile import Profile, as_text
from data.sources.trial.trial import Trial
from data.sources.trial.words import both, distinct, duration, flow, scalar, short, slug
from data.sources.trial.wrapping import notation

RESERVED = ("bucket", "part", "rows", "area")
DAY = 86_400
MONTH = 28 * DAY
LABELS = 8
DATED = re.compile(
    r"(?<![0-9A-Za-z])(19|20)[0-9]{2}([-_.]?[0-9]{2}){0,5}([-_](19|20)[0-9]{2}([-_.]?[0-9]{2}){0,5})?(?![0-9A-Za-z])"
)
PERSONAL = re.compile(r"phone|e-?mail|passport|applicant|citizen|họ tên|cccd|cmnd|điện thoại|người nộp", re.IGNORECASE)
KINDS = {"time": "text", "parts": "text", "compact": "date"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Entries of ``sources.yaml`` and ``datasets.yaml`` under one id."""

    id: str
    source: str
    dataset: str


def propose(trial: Trial, written: date, taken: frozenset[str] = frozenset()) -> Proposal:
    """Propose how to read a file.

    ``written`` is the day the file was written, which stands in for the time of its rows when no
    column tells it. ``taken`` are ids of datasets and sources that exist already.
    """
    return _Draft(trial, written, taken).proposal()


class _Draft:
    """Names for everything, then the lines."""

    def __init__(self, trial: Trial, written: date, taken: frozenset[str]) -> None:
        self.trial, self.written = trial, written
        self.id = distinct([slug(DATED.sub("", trial.sample.path.stem)) or "table"], taken)[0]
        kept = [item for item in trial.profiles if item.type != "empty" and not self._is_part(item)]
        kept = [item for item in kept if not notation(trial, item)]
        names = distinct(short([item.heading for item in kept], trial.sample.connector), RESERVED)
        self.names = {item.heading: name for item, name in zip(kept, names, strict=True)}
        self.time = self._time_name()
        self.key = self._key()

    def proposal(self) -> Proposal:
        return Proposal(self.id, "\n".join(self._source()) + "\n", "\n".join(self._dataset()) + "\n")

    # -- what it is --------------------------------------------------------------------

    def _is_part(self, item: Profile) -> bool:
        """Whether a column is only a part of the time, or the time itself in words."""
        time = self.trial.time
        return bool(time and item.heading in time.headings and (time.joined or item.type == "parts"))

    @property
    def _joined(self) -> tuple[str, ...]:
        time = self.trial.time
        return time.headings if time and time.headings[0] not in self.names else ()

    def _time_name(self) -> str:
        time = self.trial.time
        if time is None:
            return distinct(["as_of"], self.names.values())[0]
        if not self._joined:
            return self.names[time.headings[0]]
        return distinct(["day" if time.daily else "at"], self.names.values())[0]

    @property
    def kind(self) -> str:
        """Kind of the dataset: what the rows do, as far as one file can show it."""
        trial = self.trial
        if trial.time is None or (trial.keys and len(trial.keys[0]) == 1 and trial.keys[0] != trial.time.headings):
            return "entity" if trial.keys else "event"
        if trial.series is None:
            return "event"
        return "figure" if trial.time.step and trial.time.step >= MONTH else "reading"

    def _key(self) -> list[str]:
        if self.kind == "entity":
            return [self.names[name] for name in self.trial.keys[0]]
        if self.kind == "event" or self.trial.series is None:
            return []
        named = [self.names[name] for name in self.trial.series]
        return named or (distinct(["series"], self.names.values()) if self.kind == "reading" else [])

    @property
    def constants(self) -> dict[str, str]:
        """Columns the file does not hold: the day of a register, the name of its only series."""
        found = {} if self.trial.time else {self.time: self.written.isoformat()}
        return found | {name: self.id for name in self.key if name not in self.names.values()}

    # -- the source --------------------------------------------------------------------

    def _source(self) -> Iterator[str]:
        title, trial = self.id.replace("_", " "), self.trial
        yield f"- id: {self.id}"
        yield f"  name: {both(title)}"
        yield f"  owner: {both('?')}   # who answers for it"
        yield f"  dataset: {self.id}"
        yield f"  connector: {trial.sample.connector}"
        yield f"  path: {scalar(self._path())}"
        if self._read():
            yield f"  read: {flow(self._read())}"
        grows = trial.sample.lined and trial.time and not trial.sample.fill_down and self.kind != "entity"
        yield "  deliver: append" if grows else "  deliver: replace   # every file holds all rows"
        yield "  columns:" if self.names else "  columns: {}"
        for heading, name in self.names.items():
            yield f"    {scalar(heading)}: {name}"
        if self._joined:
            yield f"  join: {{{self.time}: {flow(map(scalar, self._joined))}}}"
        if self.constants:
            yield f"  constants: {flow({name: scalar(value) for name, value in self.constants.items()})}"
        yield f"  fresh_within: {self._promise()}"
        yield "  authority: measured"

    def _path(self) -> str:
        """The name with ``*`` for its date, unless that would catch files of another name lying beside it."""
        path = self.trial.sample.path
        glob = DATED.sub("*", path.name)
        alike = all(DATED.sub("*", other.name) == glob for other in path.parent.glob(glob)) if "*" in glob else True
        return glob if alike else path.name

    def _read(self) -> dict[str, str]:
        read: Reading = self.trial.sample.reading
        tokens = dict.fromkeys(read.nulls)
        for item in self.trial.profiles:
            tokens |= dict.fromkeys(item.sentinels)
            if any(d.columns == (item.heading,) for d in self.trial.defects if d.kind == "declared sentinel"):
                tokens |= dict.fromkeys((f"{item.low:.0f}", *item.samples))
        moments = any(item.is_moment and item.text for item in self.trial.profiles) or self._joined
        found = {
            "encoding": read.encoding, "delimiter": read.delimiter, "decimal": read.decimal if self._has_text else None,
            "dates": read.dates if moments else None, "sheet": read.sheet, "table": read.table,
            "records": read.records,
        }  # fmt: skip
        lines = {name: scalar(value) for name, value in found.items() if value is not None}
        if read.title_lines is not None:
            lines["title_lines"] = str(read.title_lines)
        if tokens:
            lines["nulls"] = flow(map(scalar, tokens))
        if self.trial.sample.fill_down:
            lines["fill_down"] = flow(map(scalar, self.trial.sample.fill_down))
        return lines

    @property
    def _has_text(self) -> bool:
        return any(item.is_number and item.text for item in self.trial.profiles)

    def _promise(self) -> str:
        step = self.trial.time.step if self.trial.time else None
        if step is None:
            return duration(DAY if self.trial.time else 31 * DAY)
        return duration(2 * step if step < MONTH else (step // DAY + 31) * DAY)

    # -- the dataset -------------------------------------------------------------------

    def _dataset(self) -> Iterator[str]:
        yield f"- id: {self.id}"
        yield f"  kind: {self.kind}"
        yield f"  name: {both(self.id.replace('_', ' '))}"
        if self.key:
            yield f"  key: {flow(self.key)}"
        yield f"  time: {self.time}"
        yield f"  grain: {self._grain()}"
        yield "  columns:"
        yield from self._columns()
        yield from self._rules()
        yield from self._expect()

    def _grain(self) -> str:
        return "day" if self.trial.time is None or self.trial.time.daily else "hour"

    def _columns(self) -> Iterator[str]:
        if self._joined:
            kind = "date" if self.trial.time and self.trial.time.daily else "timestamp"
            yield f"    {self.time}: {{type: {kind}, required: true}}"
        for name in self.constants:
            kind = "date" if name == self.time else "text"
            yield f"    {name}: {{type: {kind}, required: true}}"
        for heading, name in self.names.items():
            yield from self._column(self.trial.of(heading), name)

    def _column(self, item: Profile, name: str) -> Iterator[str]:
        keys = {"type": KINDS.get(item.type, item.type)}
        note = ""
        if name == self.time or name in self.key:
            keys["required"] = "true"
        negative = next((d for d in self.trial.defects if d.kind == "negative" and d.columns == (item.heading,)), None)
        if negative:
            keys["minimum"] = "0"
            note = f"   # {negative.count} below, down to {as_text(item.low)}: set aside"
        if PERSONAL.search(item.heading) and item.type == "text":
            keys["personal"] = "true"
        yield f"    {name}: {flow(keys)}{note}"

    def _rules(self) -> Iterator[str]:
        """What nearly every row keeps is made a rule, so that the others are set aside and seen."""
        pairs = [d.columns for d in self.trial.defects if d.kind == "out of order"]
        rules = [(self.names[a], self.names[b]) for a, b in pairs if self.names.get(a) == self.time]
        if rules:
            yield "  rules:"
            for start, end in rules:
                yield f"    - [{end}, ge, {{column: {start}}}]"

    def _expect(self) -> Iterator[str]:
        time = self.trial.time
        if self.kind == "reading" and time and time.step and time.even and time.step < MONTH:
            keys = 1
            for heading in self.trial.series or ():
                keys *= self.trial.of(heading).distinct
            yield f"  expect: {{every: {duration(time.step)}, keys: {keys}}}"
