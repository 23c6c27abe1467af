"""The contract: text becomes typed rows, or goes to quarantine with its value and the reason.

A *misformed* value cannot be read as its type, is missing, or stands in a row of the wrong
shape. A *misruled* value can be read but breaks a range, a list of values, a reference or a
rule. A row with any fault is kept whole in quarantine; nothing is mended in silence.
The parts of a dataset's key are always required. Text is kept in Unicode's composed form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.catalogue import Column, Dataset, Reading, Source
from data.store.clause import clause
from data.store.dialect import literal, quoted, text
from data.store.moment import moment_sql

SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DECIMAL(18,6)",
    "boolean": "BOOLEAN",
    "date": "TIMESTAMP",
    "timestamp": "TIMESTAMP",
}
TRUE = ("1", "true", "t", "yes", "y", "x", "có", "co", "đúng")
FALSE = ("0", "false", "f", "no", "n", "không", "khong", "sai")
MISFORMED = ("shape", "unreadable", "missing")


@dataclass(frozen=True, slots=True)
class Contract:
    """How rows of one source are turned into rows of its dataset.

    ``headings`` are the delivered columns and their Arrow-born SQL types.
    """

    source: Source
    dataset: Dataset
    reading: Reading
    headings: dict[str, str]
    zone: str
    scope: str
    now: datetime
    event_times: tuple[str, ...]

    def heading(self, name: str) -> str | None:
        """The delivered heading that alone feeds a dataset column."""
        mapped = {column: heading for heading, column in self.source.columns.items()}
        found = mapped.get(name, None if self.source.headings else name)
        return found if found in self.headings else None

    def typed_sql(self, raw: str) -> str:
        """SELECT of every raw row with typed columns and its list of ``_faults``."""
        columns = [f"{self._read(name, column)} AS {quoted(name)}" for name, column in self.dataset.columns.items()]
        texts = [f"{self._text(name)} AS {quoted('raw ' + name)}" for name in self.dataset.columns]
        shape = quoted("_fault") if "_fault" in self.headings else "NULL::VARCHAR"
        typed = f"SELECT _load, _line, {shape} AS _shape, {', '.join(columns + texts)} FROM {raw}"
        placed = f"SELECT *, {self._area_sql()} AS _area FROM ({typed}) AS typed"
        return f"SELECT *, {self._faults()} AS _faults FROM ({placed}) AS placed"

    def good_sql(self, typed: str, derived: Sequence[str]) -> str:
        """SELECT of the rows without faults, derived columns added, ready for the lake."""
        names = [quoted(name) for name in self.dataset.columns]
        source = literal(self.source.id)
        return (
            f"SELECT {', '.join([*names, *derived])}, _area, _load, _line, {source} AS _source "
            f"FROM {typed} WHERE len(_faults) = 0"
        )

    def bad_sql(self, typed: str) -> str:
        """SELECT of the quarantined rows: load, line, first fault and the row as delivered."""
        pairs = ", ".join(f"{quoted(name)} := {quoted('raw ' + name)}" for name in self.dataset.columns)
        return (
            "SELECT _load, _line, _faults[1].name AS name, _faults[1].value AS value, _faults[1].reason AS reason, "
            f"CAST(to_json(struct_pack({pairs})) AS VARCHAR) AS row FROM {typed} WHERE len(_faults) > 0"
        )

    def _text(self, name: str) -> str:
        if name in self.source.join:
            return self._joined(self.source.join[name])
        heading = self.heading(name)
        if heading is None:
            constant = self.source.constants.get(name)
            return "NULL::VARCHAR" if constant is None else literal(constant)
        return self._cell(heading)

    def _joined(self, headings: Sequence[str]) -> str:
        """Cells put together with a space. A missing part leaves ``?``, so that no day is read without its time."""
        cells = [self._cell(heading) for heading in headings]
        parts = ", ".join(f"coalesce({cell}, '?')" for cell in cells)
        return f"CASE WHEN coalesce({', '.join(cells)}) IS NOT NULL THEN concat_ws(' ', {parts}) END"

    def _cell(self, heading: str) -> str:
        text_ = f"trim(CAST({quoted(heading)} AS VARCHAR))"
        nulls = ", ".join(literal(token) for token in ("", *self.reading.nulls))
        return f"CASE WHEN {text_} IN ({nulls}) THEN NULL ELSE {text_} END"

    def _read(self, name: str, column: Column) -> str:
        heading = self.heading(name)
        raw, native = self._text(name), self.headings.get(heading or "", "VARCHAR")
        if column.type == "text":
            composed = f"nfc_normalize({raw})"
            return _labelled(composed, column) if column.values else composed
        if column.type == "boolean":
            return _boolean(raw)
        if column.type in ("date", "timestamp"):
            joined = name in self.source.join
            return moment_sql(raw, quoted(heading) if heading else raw, native, self.reading, self.zone, joined)
        number = number_sql(raw, self.reading.decimal or ".") if native == "VARCHAR" else raw
        if column.type == "number":
            return f"TRY_CAST({number} AS DECIMAL(18,6))"
        whole = f"TRY_CAST({number} AS DECIMAL(38,6))"
        return f"CASE WHEN {whole} = floor({whole}) THEN TRY_CAST({whole} AS BIGINT) END"

    def _area_sql(self) -> str:
        name = self.dataset.area_column
        if name is None:
            return literal(self.scope)
        day = f"CAST({quoted(self.dataset.time)} AS DATE)"
        found = (
            f"(SELECT any_value(id) FROM area_codes WHERE code = typed.{quoted(name)} "
            f"AND (valid_from IS NULL OR {day} >= valid_from) AND (valid_to IS NULL OR {day} < valid_to))"
        )
        return f"CASE WHEN {quoted(name)} IS NULL THEN {literal(self.scope)} ELSE {found} END"

    def _faults(self) -> str:
        tests = [("_shape", "_shape IS NOT NULL", "_shape", "shape")]
        for name, column in self.dataset.columns.items():
            tests += _column_tests(name, column, column.required or name in self.dataset.key)
        late = literal((self.now + timedelta(days=1)).isoformat(sep=" "))
        happened = [name for name in self.event_times if name in self.dataset.columns]
        tests += [(n, f"{quoted(n)} > TIMESTAMP {late}", quoted("raw " + n), "future") for n in happened]
        tests += [
            (c.column, f"({text(clause(c))}) = FALSE", quoted("raw " + c.column), "rule") for c in self.dataset.rules
        ]
        # What an area's code means hangs on a sound date, so a broken reference is looked for last.
        tests.sort(key=lambda test: (test[3] not in MISFORMED, test[3] == "reference"))
        cases = [
            f"CASE WHEN {test} THEN "
            f"struct_pack(name := {literal(name)}, value := {value}, reason := {literal(reason)}) END"
            for name, test, value, reason in tests
        ]
        return f"list_filter([{', '.join(cases)}], lambda fault: fault IS NOT NULL)"


def _column_tests(name: str, column: Column, required: bool) -> list[tuple[str, str, str, str]]:
    """(column, SQL test, SQL value, reason) for one column; the first that holds is reported."""
    typed, raw = quoted(name), quoted("raw " + name)
    tests = []
    if required:
        tests.append((name, f"{raw} IS NULL", raw, "missing"))
    if column.type != "text":
        tests.append((name, f"{raw} IS NOT NULL AND {typed} IS NULL", raw, "unreadable"))
    elif column.values:
        tests.append((name, f"{raw} IS NOT NULL AND {typed} IS NULL", raw, "value"))
    if column.minimum is not None:
        tests.append((name, f"{typed} < {column.minimum!r}", raw, "range"))
    if column.maximum is not None:
        tests.append((name, f"{typed} > {column.maximum!r}", raw, "range"))
    if column.area:
        tests.append((name, f"{typed} IS NOT NULL AND _area IS NULL", raw, "reference"))
    if column.type in ("date", "timestamp"):
        tests.append((name, f"{typed} < TIMESTAMP '1900-01-01' OR {typed} > TIMESTAMP '2200-01-01'", raw, "range"))
    return tests


def _labelled(raw: str, column: Column) -> str:
    """A value by its key or by its label in either language, whatever its case."""
    words = {key.lower(): key for key in column.values}
    words |= {label.lower(): key for key, text_ in column.values.items() for label in (text_.vi, text_.en)}
    cases = " ".join(f"WHEN {literal(word)} THEN {literal(key)}" for word, key in words.items())
    return f"CASE lower({raw}) {cases} END"


def _boolean(raw: str) -> str:
    true, false = (", ".join(literal(word) for word in words) for words in (TRUE, FALSE))
    return f"CASE WHEN lower({raw}) IN ({true}) THEN TRUE WHEN lower({raw}) IN ({false}) THEN FALSE END"


def number_sql(raw: str, decimal: str) -> str:
    """SQL of text with the declared decimal mark as plain text; NULL if none; grouping must be by threes."""
    group = "." if decimal == "," else ","
    pattern = rf"^[-+]?([0-9]+|[0-9]{{1,3}}(\{group}[0-9]{{3}})+)(\{decimal}[0-9]*)?([eE][-+]?[0-9]+)?$"
    plain = f"replace(replace({raw}, {literal(group)}, ''), {literal(decimal)}, '.')"
    return f"CASE WHEN regexp_matches({raw}, {literal(pattern)}) THEN {plain} END"
