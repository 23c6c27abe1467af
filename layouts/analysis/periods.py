"""Periods a reader may jump to: named ones that end today, and the neighbours of the one shown."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from layouts.view import FIRST_DAY, LAST_DAY, View

PRESETS = ("today", "7", "30", "90", "month", "quarter", "year", "12months", "last_year")


def preset(name: str, today: date) -> tuple[date, date]:
    """First and last day of the period called ``name``, one of ``PRESETS``."""
    if name.isdigit():
        return today - timedelta(days=int(name) - 1), today
    starts = {
        "today": today,
        "month": today.replace(day=1),
        "quarter": today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
        "year": today.replace(month=1, day=1),
        "12months": _months_after(today.replace(day=1), -11),
    }
    if name == "last_year":
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    return starts[name], today


def neighbour(view: View, step: int, today: date) -> View | None:
    """The period before (-1) or after (+1) the one shown; None if there is nothing to see there.

    Whole months move by months, anything else by its own length; the future is not offered.
    """
    months = _whole_months(view.first, view.last)
    if months:
        first = _months_after(view.first, months * step)
        last = _months_after(first, months) - timedelta(days=1)
    else:
        span = (view.last - view.first + timedelta(days=1)) * step
        first, last = view.first + span, view.last + span
    if first < FIRST_DAY or first > min(today, LAST_DAY):
        return None
    return view.with_(first=first, last=min(last, LAST_DAY))


def _whole_months(first: date, last: date) -> int:
    """How many whole calendar months the days make, 0 if they do not."""
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _months_after(first: date, months: int) -> date:
    """The first day ``months`` months after the first day of a month."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
