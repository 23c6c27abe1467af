"""A measure in words: what is counted, at which time, under which conditions."""

from __future__ import annotations

from datetime import timedelta

from data.catalogue import BucketValue, Catalogue, ColumnValue, Condition, Dataset
from data.catalogue.condition import UNARY
from data.catalogue.measure import (
    Average,
    Change,
    Constant,
    Difference,
    First,
    Fixed,
    Last,
    Leaf,
    Measure,
    Node,
    OpenAt,
    Peak,
    Quantile,
    Ratio,
    Sum,
)
from data.messages import t
from layouts import format

MOMENTS = ("date", "timestamp")


def formula(measure: Measure, catalogue: Catalogue, language: str) -> tuple[str, ...]:
    """Lines that say how ``measure`` is computed; a ratio has two: above and below the line."""
    if isinstance(measure, Ratio):
        return _words(measure.ratio.of, catalogue, language), _words(measure.ratio.to, catalogue, language)
    return (_words(measure, catalogue, language),)


def _words(measure: Measure, catalogue: Catalogue, language: str) -> str:
    if isinstance(measure, Leaf):
        return _leaf(measure, catalogue.datasets[measure.dataset], language)
    parts = [_words(part, catalogue, language) for part in measure.parts()]
    if isinstance(measure, Sum | Difference):
        return {Sum: " + ", Difference: " \u2212 "}[type(measure)].join(f"({part})" for part in parts)
    return _node(measure, parts, language)


def _node(node: Node, parts: list[str], language: str) -> str:
    """Words of a node that is no sum or difference, from the words of its parts."""
    if isinstance(node, Peak | Average):
        kind = "peak" if isinstance(node, Peak) else "average"
        every = t(language, f"analysis.every.{node.every}")
        return t(language, f"analysis.formula.{kind}", of=parts[0], every=every)
    if isinstance(node, Ratio):
        key, per = ("ratio", "") if node.ratio.per == 1 else ("per", format.number(language, node.ratio.per))
        return t(language, f"analysis.formula.{key}", of=parts[0], to=parts[1], per=per)
    if isinstance(node, Change):
        return t(
            language, "analysis.formula.change", of=parts[0], over=format.age(language, timedelta(seconds=node.over))
        )
    if isinstance(node, First):
        return t(language, "analysis.formula.first", of="; ".join(parts))
    if isinstance(node, Constant):
        return t(language, f"analysis.formula.area.{node.area}")
    if isinstance(node, Fixed):
        return format.number(language, node.number)
    return t(language, f"analysis.formula.{node.index}", of="; ".join(dict.fromkeys(parts)))


def _leaf(leaf: Leaf, dataset: Dataset, language: str) -> str:
    values: dict[str, object] = {"dataset": _lower(dataset.name.get(language)), "time": ""}
    for role in ("of", "time", "entered", "left"):
        if getattr(leaf, role, None):
            values[role] = _lower(label(dataset, getattr(leaf, role), language))
    if isinstance(leaf, Quantile):
        values["share"] = round(leaf.p * 100)
    if isinstance(leaf, Last):
        values["over"] = t(language, f"analysis.over.{leaf.over or 'none'}")
    kind = leaf.kind
    if isinstance(leaf, OpenAt):
        values.pop("time")
        kind = "open_of" if leaf.of else kind
    said = t(language, f"analysis.formula.{kind}", **values)
    tests = [_test(condition, dataset, language) for condition in leaf.where]
    return said if not tests else t(language, "analysis.formula.where", of=said, tests="; ".join(tests))


def _test(condition: Condition, dataset: Dataset, language: str) -> str:
    known = condition.column in dataset.columns or condition.column in dataset.derive
    moment = known and dataset.column_type(condition.column) in MOMENTS
    order = ".time" if moment and condition.operator in ("lt", "le", "gt", "ge") else ""
    word = t(language, f"analysis.test.{condition.operator}{order}")
    named = _lower(label(dataset, condition.column, language))
    if condition.operator in UNARY:
        return f"{named} {word}"
    return f"{named} {word} {_right(condition, dataset, language)}"


def _right(condition: Condition, dataset: Dataset, language: str) -> str:
    value = condition.value
    if isinstance(value, ColumnValue):
        return _lower(label(dataset, value.column, language))
    if isinstance(value, BucketValue):
        return t(language, "analysis.test.bucket")
    if isinstance(value, bool):
        return t(language, "analysis.yes" if value else "analysis.no")
    column = dataset.columns.get(condition.column)
    labels = column.values if column else {}
    listed = value if isinstance(value, tuple) else (value,)
    return ", ".join(labels[str(item)].get(language) if str(item) in labels else str(item) for item in listed)


def label(dataset: Dataset, name: str, language: str) -> str:
    """The heading of a column; its plain name where the pack gives none."""
    said = dataset.label(name)
    return said.get(language) if said else name.replace("_", " ")


def _lower(phrase: str) -> str:
    """First letter small, unless the first word is an abbreviation."""
    first = phrase.split(" ", 1)[0]
    return phrase if len(first) > 1 and first.isupper() else phrase[:1].lower() + phrase[1:]
