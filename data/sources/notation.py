"""JSON: what it says, as rows whose columns are paths (``station.id``, ``values.0.value``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from data.catalogue.references import near
from data.catalogue.source import Source
from data.sources.delivery import FAULT, LINE, SourceError
from data.sources.encoding import marked
from data.sources.headings import clean
from data.sources.typed import typed

DEEPEST = 20
MOST_COLUMNS = 2000
ABOVE = "^"
Record = tuple[int, dict[str, Any] | None, str | None]


def decoded(data: bytes, file: str) -> str:
    """Text of a JSON file: UTF-8, or UTF-16 with its mark; SourceError for anything else."""
    mark = marked(data[:4])
    try:
        return data[mark[1] :].decode(mark[0]) if mark else data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(file, "the text is not UTF-8, as JSON is", "write it in UTF-8", line) from error


def parsed(text: str, file: str) -> Any:
    """What a whole file says; SourceError with the line where it breaks off."""
    try:
        return json.loads(text, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise SourceError(file, f"no JSON: {error.msg}", "deliver the file again, whole", error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(file, f"no JSON: {error}", "write numbers as JSON does, and nest less deeply") from error


def lines(text: str, first: int) -> Iterator[Record]:
    """Each line of a run of JSON lines: its number, its record, or why it is none; empty lines are left out."""
    for number, line in enumerate(text.split("\n"), start=first):
        if not line.strip():
            continue
        try:
            said = json.loads(line, parse_constant=_refused)
        except (ValueError, RecursionError) as error:
            yield number, None, f"no JSON: {error}"
            continue
        yield (number, said, None) if isinstance(said, dict) else (number, None, "a line holds one object { … }")


def listed(said: Any, path: str | None, file: str) -> list[Record]:
    """The records of a document: the list at ``path``, the document itself if it is a list, or its one object.

    A step ``*`` goes through every item of a list; what encloses a record is then its own ``^``, and
    what encloses that ``^.^``.
    """
    items = _walk(said, path.split(".") if path else [], path or "", file, None)
    return [
        (number, item, None) if isinstance(item, dict) else (number, None, "a record is an object { … }")
        for number, item in enumerate(items, start=1)
    ]


def _walk(said: Any, steps: list[str], path: str, file: str, above: dict[str, Any] | None) -> Iterator[Any]:
    for at, step in enumerate(steps):
        rest = steps[at + 1 :]
        if step == "*" and isinstance(said, list):
            for item in said:
                around = (
                    {key: value for key, value in item.items() if [key] != rest[:1]} if isinstance(item, dict) else {}
                )
                yield from _walk(item, rest, path, file, around | ({ABOVE: above} if above else {}))
            return
        inside = _inside(said, step)
        if inside is None:
            known = list(said) if isinstance(said, dict) else []
            known += [f"0 to {len(said) - 1}", "*"] if isinstance(said, list) else []
            raise SourceError(file, f"no records at '{path}': '{step}' is not there", near(step, known))
        said = inside
    for item in said if isinstance(said, list) else [said]:
        yield item | {ABOVE: above} if above and isinstance(item, dict) else item


def table(source: Source, file: str, records: Iterable[Record], whole: bool) -> pa.Table:
    """Records as a table with a column for each mapped path, or for every path when none is mapped.

    SourceError when a ``whole`` file has none of the mapped paths; one that is missing here and
    there is a value that is missing.
    """
    numbers, rows, faults = [], [], []
    for number, record, fault in records:
        numbers.append(number)
        faults.append(fault)
        rows.append(_leaves(record) if record else {})
    found = list(dict.fromkeys(name for row in rows for name in row))
    wanted = list(source.headings) or found[:MOST_COLUMNS]
    spelling = {clean(name): name for name in found}
    if whole and found and source.headings and not any(clean(name) in spelling for name in wanted):
        hints = "; ".join(f"for '{name}' {near(name, found)}" for name in wanted[:3])
        message = f"none of {', '.join(wanted)} is there; found {', '.join(found[:20])}"
        raise SourceError(file, message, f"{hints}; correct the file or the columns of source '{source.id}'")
    spelt = {name: spelling.get(clean(name), name) for name in wanted}
    columns = {name: typed([row.get(as_spelt) for row in rows], written) for name, as_spelt in spelt.items()}
    columns[LINE], columns[FAULT] = pa.array(numbers, pa.int64()), pa.array(faults, pa.string())
    return pa.table(columns)


def written(value: Any) -> str | None:
    """A value as text: text as it is, the rest as JSON writes it; empty text is no value."""
    if isinstance(value, str):
        return value.strip() or None
    return json.dumps(value, ensure_ascii=False)


def _leaves(record: dict[str, Any]) -> dict[str, Any]:
    """Every value that is neither object nor list, by its path."""
    found: dict[str, Any] = {}

    def gather(value: Any, path: str, depth: int) -> None:
        if not isinstance(value, dict | list):
            found[path] = value
        elif depth < DEEPEST:
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                gather(item, f"{path}.{key}" if path else str(key), depth + 1)

    gather(record, "", 0)
    return found


def _inside(said: Any, step: str) -> Any:
    if isinstance(said, dict):
        return said.get(step)
    if isinstance(said, list) and step.isdigit() and int(step) < len(said):
        return said[int(step)]
    return None


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
