"""Numbers, ages and dates as a reader of the city's language expects them.

Every function is pure: language and value in, text out. A number is rounded once, half away
from zero, on its decimal value: 0.9845 shown with one decimal of a percent is 98,5.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite

from data.calendar.lunar import lunar
from data.calendar.period import Grain
from data.catalogue.kpi import Kpi
from data.catalogue.measure import Last
from data.kpis.result import Comparison
from data.messages import t

MINUS = "\u2212"
EXACT = Context(prec=400)  # enough digits for the largest float
SCALES = (("thousand", Decimal(10**3)), ("million", Decimal(10**6)), ("billion", Decimal(10**9)))
SCALED_FROM = 10_000
MOST_DECIMALS = 6
ROMAN = ("I", "II", "III", "IV")


def number(language: str, x: float | None, decimals: int = 0) -> str:
    """``x`` with ``decimals`` decimals and grouped thousands; a dash for None, nan and infinity."""
    return t(language, "format.missing") if _missing(x) else _written(language, _rounded(_exact(x), decimals))


def signed(language: str, x: float | Decimal | None, decimals: int = 0) -> str:
    """Like `number` with its sign in front; zero after rounding has no sign."""
    if _missing(x):
        return t(language, "format.missing")
    return _signed(language, _rounded(_exact(x), decimals))


def value(language: str, kpi: Kpi, stored: float | None, wall: bool = False) -> tuple[str, str]:
    """Number text and unit text of a KPI's value in stored unit (a percent is 0..1).

    The percent sign belongs to the number, so its unit is empty. On the wall numbers from
    ten thousand up are cut to three significant digits: ("4,04", "tỷ đồng"); thousands of a unit
    that is itself thousands or millions go on to the next word.
    """
    if _missing(stored):
        return t(language, "format.missing"), ""
    if kpi.unit == "percent":
        shown = _rounded(_exact(stored) * 100, kpi.decimals)
        return t(language, "format.percent", number=_written(language, shown)), ""
    exact, unit = _exact(stored), kpi.unit.get(language)
    size, plain = _unscaled(language, unit)
    if wall and abs(exact) >= (SCALED_FROM if size == 1 else 1000):
        return _scaled(language, exact * size, plain)
    return _written(language, _rounded(exact, kpi.decimals)), unit


def phrase(language: str, kpi: Kpi, stored: float | None, wall: bool = False) -> str:
    """`value` as one text, its number and unit held together by a no-break space."""
    shown, unit = value(language, kpi, stored, wall)
    return t(language, "format.unit", number=shown, unit=unit) if unit else shown


def change(language: str, kpi: Kpi, now: float | None, comparison: Comparison | None) -> str:
    """What ``now`` is beyond the period compared with: "+1,1 điểm" for a percent, "−8,0%" otherwise.

    Whoever subtracts the two figures that are shown gets the difference told here: it is that of the rounded ones. A
    level that does not add (a river's height), a comparison with nothing, or with less than nothing, and a change too
    small for a tenth of a percent have no relative change; the difference itself is given.
    """
    before = comparison.value.number if comparison else None
    if comparison is None or now is None or before is None or _missing(now) or _missing(before):
        return t(language, "format.missing")
    apart = difference(kpi, now, before)
    if kpi.unit == "percent":
        return t(language, "format.points", number=_signed(language, apart))
    if not _missing(comparison.ratio) and shown(kpi, before) > 0 and not _plain_level(kpi):
        share = _rounded(_exact(comparison.ratio) * 100, 1) if apart else Decimal("0.0")
        if bool(share) is bool(apart):
            return t(language, "format.percent", number=_signed(language, share))
    return t(language, "format.unit", number=_signed(language, apart), unit=kpi.unit.get(language))


def difference(kpi: Kpi, one: float, other: float) -> Decimal:
    """One stored value less another, both as they are shown."""
    return shown(kpi, one) - shown(kpi, other)


def shown(kpi: Kpi, stored: float) -> Decimal:
    """A stored value in display unit, rounded as it is shown."""
    return _rounded(_exact(stored) * (100 if kpi.unit == "percent" else 1), kpi.decimals)


def portion(language: str, share: float) -> str:
    """What came of what was expected, as percent; what is not whole is never rounded up to it."""
    shown = number(language, min(share * 100, 99.9), 1) if share < 1 else number(language, 100)
    return t(language, "format.percent", number=shown)


def finer(kpi: Kpi, one: float | None, other: float | None) -> Kpi:
    """The KPI with as many decimals as tell two of its values apart: a figure that was put right by less than is shown
    is not told as the same one twice."""
    while one is not None and other is not None and one != other and shown(kpi, one) == shown(kpi, other):
        if kpi.decimals >= MOST_DECIMALS:
            break
        kpi = kpi.model_copy(update={"decimals": kpi.decimals + 1})
    return kpi


def moved(signed: str) -> tuple[str, int]:
    """A written change without its sign, and the sign: 1, −1, or 0 where it is nothing after rounding."""
    if signed.startswith("+"):
        return signed[1:], 1
    if signed.startswith(MINUS):
        return signed[1:], -1
    return signed, 0


def _plain_level(kpi: Kpi) -> bool:
    return isinstance(kpi.measure, Last) and kpi.measure.over != "sum"


def age(language: str, span: timedelta) -> str:
    """How long ago: seconds below a minute, minutes below two hours, hours below two days, then days.

    A span below zero (a source's clock ahead of ours) counts as zero.
    """
    seconds = max(0, int(span.total_seconds()))
    steps = ((60, 1, "seconds"), (7200, 60, "minutes"), (172_800, 3600, "hours"))
    for limit, width, name in steps:
        if seconds < limit:
            return t(language, f"format.age.{name}", n=seconds // width)
    return t(language, "format.age.days", n=number(language, seconds // 86_400))


def day(language: str, on: date) -> str:
    """24/11/2026 or 24 Nov 2026."""
    return t(language, "format.day", **_parts(language, on))


def short_day(language: str, on: date) -> str:
    """24/11 or 24 Nov."""
    return t(language, "format.day.short", **_parts(language, on))


def first_day(language: str, on: date) -> str:
    """24/11 or 24, before a later day of the same month."""
    return t(language, "format.day.first", **_parts(language, on))


def long_day(language: str, on: date) -> str:
    """Thứ Ba, 24/11/2026 or Tue 24 Nov 2026."""
    return t(language, "format.day.long", weekday=weekday(language, on), day=day(language, on))


def weekday(language: str, on: date) -> str:
    """Thứ Ba or Tue."""
    return t(language, f"format.weekday.{on.weekday()}")


def clock(language: str, at: datetime) -> str:
    """19:42, on 24 hours."""
    return t(language, "format.clock", hour=at.hour, minute=at.minute)


def moment(language: str, at: datetime, year: bool = False) -> str:
    """24/11 19:16, or 24/11/2026 19:16 with ``year``."""
    on = day(language, at) if year else short_day(language, at)
    return t(language, "format.moment", day=on, clock=clock(language, at))


def month(language: str, on: date) -> str:
    """tháng 11/2026 or Nov 2026."""
    return t(language, "format.month", **_parts(language, on))


def bucket(language: str, at: datetime, grain: Grain | str) -> str:
    """Name of the bucket of ``grain`` that starts at ``at``."""
    grain = Grain(grain)
    if grain is Grain.HOUR:
        return moment(language, at)
    if grain is Grain.WEEK:
        return t(language, "format.week", day=day(language, at))
    if grain is Grain.MONTH:
        return month(language, at)
    if grain is Grain.QUARTER:
        quarter = (at.month - 1) // 3
        return t(language, "format.quarter", number=quarter + 1, roman=ROMAN[quarter], year=at.year)
    return str(at.year) if grain is Grain.YEAR else day(language, at)


def lunar_date(language: str, on: date) -> str:
    """16 tháng Mười, Bính Ngọ; mùng 6 …; rằm … for the 15th; or 16th of 10th lunar month."""
    there, name = lunar(on), lunar_month(language, on)
    part = "early" if there.day <= 10 else "full" if there.day == 15 else "late"
    return t(language, f"format.lunar.{part}", day=ordinal(language, there.day), month=name, year=there.year_name)


def lunar_month(language: str, on: date) -> str:
    """tháng Mười, or its number; the second of two months of one number says so."""
    there = lunar(on)
    name = t(language, f"format.lunar.month.{there.month}")
    return t(language, "format.lunar.leap", month=name) if there.leap else name


def ordinal(language: str, n: int) -> str:
    """16 or 16th."""
    last = 0 if n % 100 in (11, 12, 13) else n % 10
    return t(language, f"format.ordinal.{last if last in (1, 2, 3) else 'other'}", n=n)


def _missing(x: float | Decimal | None) -> bool:
    return x is None or not isfinite(x)


def _exact(x: float | Decimal) -> Decimal:
    """The decimal a person reads in the float: 0.985, though its binary value lies just below."""
    return Decimal(repr(x)) if isinstance(x, float) else Decimal(x)


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EXACT)


def _written(language: str, rounded: Decimal) -> str:
    text = f"{abs(rounded):,f}".translate({ord(","): "\0", ord("."): t(language, "format.decimal")})
    sign = MINUS if rounded < 0 else ""
    return sign + text.replace("\0", t(language, "format.thousands"))


def _signed(language: str, rounded: Decimal) -> str:
    return ("+" if rounded > 0 else "") + _written(language, rounded)


def _unscaled(language: str, unit: str) -> tuple[int, str]:
    """How many of the plain unit a unit is: a million, and "đồng", of "triệu đồng"."""
    for name, size in SCALES:
        word = t(language, f"format.scale.{name}") + " "
        if unit.startswith(word):
            return int(size), unit.removeprefix(word)
    return 1, unit


def _scaled(language: str, exact: Decimal, unit: str) -> tuple[str, str]:
    """Three significant digits with the scale's word before the unit."""
    steps = [step for step in SCALES if abs(exact) >= step[1]]
    name, size = steps[-1]
    shown = _significant(exact / size)
    if abs(shown) >= 1000 and len(steps) < len(SCALES):
        name, size = SCALES[len(steps)]
        shown = _significant(exact / size)
    word = t(language, f"format.scale.{name}")
    return _written(language, shown), t(language, "format.scaled", scale=word, unit=unit)


def _significant(exact: Decimal) -> Decimal:
    """At most three significant digits; whole numbers keep all of theirs."""
    decimals = max(0, 2 - exact.adjusted())
    rounded = _rounded(exact, decimals)
    return _rounded(exact, max(0, 2 - rounded.adjusted()))


def _parts(language: str, on: date) -> dict[str, object]:
    name = t(language, f"format.month.{on.month}")
    return {"day": on.day, "month": on.month, "year": on.year, "name": name, "number": on.month}
