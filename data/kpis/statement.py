"""What questions run: their plan, and its statements as somebody reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from data.kpis.plan import Plan, Statement
from data.kpis.question import Question
from data.store.dialect import literal

BREAKS = {
    " UNION ALL ": "\nUNION ALL\n", " GROUP BY ": "\nGROUP BY ", ", CAST(": ",\n  CAST(",
    " AND ": "\n  AND ", " OR ": "\n  OR ", " WHEN ": "\n  WHEN ",
}  # fmt: skip
WORDS = re.compile("|".join(("'[^']*'", '"[^"]*"', *map(re.escape, BREAKS))))  # what is quoted stays as it is


def planned(questions: Iterable[Question]) -> Plan:
    """The plan of a batch: every cell of what its askers may be told, and of the cases it stands on."""
    plan = Plan()
    for question in (question for question in questions if not question.hidden):
        for ask in chain(question.asks, *question.cases):
            plan.add(ask)
    return plan


def written(statements: Iterable[Statement]) -> str:
    """Statements laid out, each under its dataset, with the values of its parameters below."""
    return "\n\n".join(map(_written, statements))


def _written(statement: Statement) -> str:
    text = WORDS.sub(lambda found: BREAKS.get(found[0], found[0]), statement.sql)
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    values = [f"-- ${place} = {said(value)}" for place, value in enumerate(statement.values, 1)]
    return "\n".join([f"-- {statement.dataset}", f"{lines};", *values])


def said(value: object) -> str:
    """A bound value as the engine writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return f"TIMESTAMP {literal(value)}"
    if isinstance(value, list):
        return f"[{', '.join(map(said, value))}]"
    return literal(value) if isinstance(value, str) else str(value)
