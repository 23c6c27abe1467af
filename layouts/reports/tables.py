"""Tables of a report: KPIs against plan and the same period, and one KPI divided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from data.kpis.result import KpiResult, Level, Part, Presence
from data.messages import t
from data.reports.draft import Draft
from data.reports.finding import Lack, lack, shortened
from layouts.documents.blocks import Column, Table
from layouts.format import change, difference, number, portion, signed, value
from layouts.format import shown as seen
from layouts.reports.lists import LEVELS, NONE, nothing
from layouts.reports.words import owners, why

UNIT, PLAN, WIDER = 2, 4, 4.0  # where unit and plan stand in a line; mm each column gains without it, the unit twice
MARKS = ("*", "**", "***")


def indicators(draft: Draft, names: Sequence[str], caption: str, language: str) -> Table:
    """KPIs as lines; a figure that is not whole is marked, and the mark is explained below."""
    rows, marks = [], _Marks()
    for place, name in enumerate(names, 1):
        result = draft.of(name)
        found, before = lack(draft, result), shortened(result)
        here = marks.of(_note(found, language)) if found is not None else ""
        former = marks.of(_former(result, before, language)) if before is not None else ""
        rows.append(_indicator(place, result, (here, former), language))
    columns = _heads(draft.of(names[0]), language)
    if all(row[PLAN] == NONE for row in rows):
        columns = tuple(replace(one, width=one.width and one.width + WIDER) for one in _without_plan(columns))
        columns = (*columns[:UNIT], replace(columns[UNIT], width=columns[UNIT].width + WIDER), *columns[UNIT + 1 :])
        rows = [_without_plan(row) for row in rows]
    return Table(caption, columns, tuple(rows), marks.notes)


def _without_plan(row: tuple) -> tuple:
    """A line without what is held against a plan."""
    return row[:PLAN] + row[PLAN + 2 :]


def divided(draft: Draft, result: KpiResult, top: int, caption: str, name: str, language: str) -> Table:
    """The parts of one KPI from the largest down; those beyond ``top`` are one line where they add up."""
    parts = sorted(
        (part for part in result.parts if part.value.number is not None), key=lambda part: -(part.value.number or 0)
    )
    whole = draft.whole(result.kpi)
    total = whole.value.number
    sums = total and abs(sum(part.value.number or 0 for part in parts) - total) <= 1e-6 * abs(total)
    rows = [_part(place, part, whole, bool(sums), language) for place, part in enumerate(parts[:top], 1)]
    if left := parts[top:]:
        shown = sum(part.value.number or 0 for part in left) if sums else None
        text = value(language, whole.kpi, shown)[0] if sums else NONE
        rest = t(language, "report.rest", count=len(left))
        rows.append(("", rest, text, _share(shown, total, language) if sums else NONE, NONE))
    if sums:
        sum_ = value(language, whole.kpi, total)[0]
        moved = change(language, whole.kpi, total, whole.comparison)
        rows.append(("", t(language, "report.total"), sum_, _share(total, total, language), moved))
    unit = "%" if whole.kpi.unit == "percent" else whole.kpi.unit.get(language)
    actual = f"{t(language, 'report.column.actual')} ({unit})"
    columns = (
        Column(t(language, "report.column.place"), 10, "center"), Column(name),
        Column(actual, 36, "right"), Column(t(language, "report.column.portion"), 24, "right"),
        Column(t(language, "report.column.change"), 30, "right"),
    )  # fmt: skip
    notes = tuple(_parted(draft, whole, language))
    return Table(caption, columns, tuple(rows) or nothing(columns, language), notes, totalled=bool(sums))


def _parted(draft: Draft, whole: KpiResult, language: str) -> Iterator[str]:
    """What a divided number lacks, and what it is held against."""
    found, before = lack(draft, whole), shortened(whole)
    if found is not None and found.why == "incomplete":
        yield _note(found, language)
    if before is not None:
        yield _former(whole, before, language)


def _heads(result: KpiResult, language: str) -> tuple[Column, ...]:
    before = f"before.{result.query.compare.value}"
    widths = (("place", 8, "center"), ("indicator", 0, "left"), ("unit", 15, "center"), ("actual", 18, "right"),
              ("plan", 15, "right"), ("share", 21, "right"), (before, 17, "right"), ("change", 22, "right"),
              ("rating", 16, "center"))  # fmt: skip
    return tuple(Column(t(language, f"report.column.{key}"), width, align) for key, width, align in widths)


@dataclass(slots=True)
class _Marks:
    """What is to be said below a table: figures of which the same is said share a mark."""

    held: dict[str, str] = field(default_factory=dict)

    def of(self, note: str) -> str:
        """The mark that leads to a note."""
        return self.held.setdefault(note, _mark(len(self.held)))

    @property
    def notes(self) -> tuple[str, ...]:
        """Every note behind its mark."""
        return tuple(f"{mark} {note}" for note, mark in self.held.items())


def _former(result: KpiResult, share: float, language: str) -> str:
    """That the period compared with is not whole."""
    return t(language, f"report.note.former.{result.query.compare.value}", share=portion(language, share))


def _indicator(place: int, result: KpiResult, marks: tuple[str, str], language: str) -> tuple[str, ...]:
    kpi, held = result.kpi, result.comparison
    unit = "%" if kpi.unit == "percent" else kpi.unit.get(language)
    before = value(language, kpi, held.value.number)[0] if held and held.value.number is not None else NONE
    shown = NONE if result.value.number is None else bare(value(language, kpi, result.value.number)[0])
    return (
        str(place), kpi.name.get(language), unit, shown + marks[0],
        _plan(result, language), of_plan(result, language), bare(before) + marks[1],
        NONE if held is None or held.change is None else change(language, kpi, result.value.number, held),
        rating(result, language),
    )  # fmt: skip


def bare(text: str) -> str:
    """A number without the percent sign its column of units already has."""
    return text.removesuffix("%").rstrip()


def _plan(result: KpiResult, language: str) -> str:
    return number(language, result.target.value, result.kpi.decimals) if result.target else NONE


def of_plan(result: KpiResult, language: str) -> str:
    """The share of the plan; the difference in points for a percent."""
    stored, target, kpi = result.value.number, result.target, result.kpi
    if stored is None or target is None:
        return NONE
    plan = target.value / kpi.scale
    if kpi.unit == "percent":
        return t(language, "format.points", number=signed(language, difference(kpi, stored, plan), kpi.decimals))
    if not seen(kpi, plan):
        return NONE
    return t(language, "format.percent", number=number(language, float(seen(kpi, stored) / seen(kpi, plan) * 100), 1))


def rating(result: KpiResult, language: str) -> str:
    """Met or not where there is a plan, else the level where there are thresholds."""
    if result.value.presence is not Presence.PRESENT:
        return t(language, f"report.rating.{result.value.presence.value}")
    if result.target is not None and result.target.met is not None:
        return t(language, "report.rating.met" if result.target.met else "report.rating.unmet")
    if result.level is Level.NORMAL:
        watched = result.kpi.status.watch is not None or result.kpi.status.alert is not None
        return t(language, "report.rating.normal" if watched else "report.rating.none")
    return t(language, f"report.rating.{LEVELS[result.level]}")


def _mark(index: int) -> str:
    return MARKS[index] if index < len(MARKS) else f"({index + 1})"


def _note(found: Lack, language: str) -> str:
    """What a figure lacks and who owes it."""
    said = why(found, language)
    said = said[:1].upper() + said[1:]
    return t(language, "report.note.owed", why=said, owner=owners(found, language)) if found.owed else f"{said}."


def _part(place: int, part: Part, whole: KpiResult, sums: bool, language: str) -> tuple[str, ...]:
    share = _share(part.value.number, whole.value.number, language) if sums else NONE
    return (
        str(place), part.label.get(language), value(language, whole.kpi, part.value.number)[0], share,
        _moved(part, whole, language),
    )  # fmt: skip


def _moved(part: Part, whole: KpiResult, language: str) -> str:
    now, before = part.value.number, part.compare.number if part.compare else None
    if now is None or before is None or whole.comparison is None:
        return NONE
    held = whole.comparison
    moved = now - before
    against = type(held)(held.kind, held.period, part.compare, moved, before and moved / before)
    return change(language, whole.kpi, now, against)


def _share(number_: float | None, total: float | None, language: str) -> str:
    if number_ is None or not total:
        return NONE
    return t(language, "format.percent", number=number(language, number_ / total * 100, 1))
