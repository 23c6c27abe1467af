"""Periods a reader may jump to: named ones that end today, and the neighbours of the one shown."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from data.calendar.almanac import Almanac
from data.calendar.lunar import lunar
from data.calendar.occasion import Occasion, happenings
from data.messages import t
from layouts import format
from layouts.view import FIRST_DAY, LAST_DAY, View

REPORTS = (1, 3, 6, 12)  # months
ALERTS = 6  # of them as many are offered as a period
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


def periods(known: Almanac, today: date, language: str) -> dict[str, list[tuple[str, tuple[date, date]]]]:
    """Periods by their names: those reports are written of, months of the moon where they are kept, happenings,
    alerts."""
    city = known.city
    return {
        "report": [
            (t(language, f"analysis.report.{months}", day=format.day(language, days[1])), days)
            for months in REPORTS
            if (days := reported(months, today))
        ],
        "lunar": [(format.lunar_month(language, days[0]), days) for days in moons(today)] if city.lunar else [],
        "event": _days(happenings(city), language),
        "alert": _days(known.alerted[:ALERTS], language),
    }


def _days(found: Iterable[Occasion], language: str) -> list[tuple[str, tuple[date, date]]]:
    return [(one.name.get(language), (one.first, one.last)) for one in found if one.name]


def reported(months: int, today: date) -> tuple[date, date]:
    """Days of the newest closed report over ``months`` months, by article 12 of Decree 09/2019/NĐ-CP.

    From the 15th of the month before its first month to the 14th of its last, which for six months and a year
    is June and December.
    """
    last = today.replace(day=14) if today.day > 14 else _months_after(today.replace(day=1), -1).replace(day=14)
    back = {1: 0, 3: last.month % 3, 6: last.month % 6, 12: last.month % 12}[months]
    last = _months_after(last.replace(day=1), -back).replace(day=14)
    return _months_after(last.replace(day=1), -months).replace(day=15), last


def moons(today: date, count: int = 3) -> list[tuple[date, date]]:
    """Days of the lunar month of today, up to today, and of those before it."""
    found, last = [], today
    for _ in range(count):
        first = last - timedelta(days=lunar(last).day - 1)
        found.append((first, last))
        last = first - timedelta(days=1)
    return found


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
