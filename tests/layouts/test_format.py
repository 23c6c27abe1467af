"""Numbers, ages and dates against strings written by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar.period import Grain, Period
from data.catalogue.kpi import Kpi
from data.kpis.query import Compare
from data.kpis.result import Comparison, Value
from layouts import format as write

NB = "\u00a0"
MINUS = "\u2212"
WORDS = {"vi": "x", "en": "x"}


def kpi(unit="percent", decimals=1):
    return Kpi.model_validate(
        {
            "id": "a.b", "code": "AB-01", "name": WORDS, "definition": WORDS, "domain": "egov",
            "measure": {"count": "dossier", "time": "closed_at"}, "unit": unit, "decimals": decimals,
            "fresh_within": 3600, "owner": WORDS,
        }
    )  # fmt: skip


def against(change, ratio, before=1.0):
    period = Period(datetime(2025, 11, 1), datetime(2025, 12, 1))
    return Comparison(Compare.YEAR, period, Value(before), change, ratio)


DONG = {"vi": "đồng", "en": "VND"}


@pytest.mark.parametrize(
    ("x", "decimals", "vi", "en"),
    [
        (1234567.89, 2, "1.234.567,89", "1,234,567.89"),
        (1234567.89, 0, "1.234.568", "1,234,568"),
        (0, 0, "0", "0"),
        (-0.0, 1, "0,0", "0.0"),
        (-0.04, 1, "0,0", "0.0"),
        (-0.05, 1, f"{MINUS}0,1", f"{MINUS}0.1"),
        (2.675, 2, "2,68", "2.68"),
        (0.5, 0, "1", "1"),
        (1.5, 0, "2", "2"),
        (2.5, 0, "3", "3"),
        (-1234.5, 0, f"{MINUS}1.235", f"{MINUS}1,235"),
        (999, 0, "999", "999"),
        (1000, 0, "1.000", "1,000"),
        (1e21, 0, "1.000.000.000.000.000.000.000", "1,000,000,000,000,000,000,000"),
        (5e-324, 2, "0,00", "0.00"),
        (None, 1, "—", "—"),
        (float("nan"), 1, "—", "—"),
        (float("inf"), 1, "—", "—"),
        (float("-inf"), 1, "—", "—"),
    ],
)
def test_number(x, decimals, vi, en):
    assert write.number("vi", x, decimals) == vi
    assert write.number("en", x, decimals) == en


@given(st.floats(allow_nan=True), st.integers(0, 4), st.sampled_from(["vi", "en"]))
def test_any_float_can_be_written(x, decimals, language):
    shown = write.number(language, x, decimals)
    assert shown == "—" or set(shown) <= set("0123456789.," + MINUS)


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_read_back(x):
    shown = write.number("vi", x)
    assert int(shown.replace(".", "").replace(MINUS, "-")) == x


@pytest.mark.parametrize(
    ("stored", "decimals", "shown"),
    [
        (0.985, 1, "98,5%"),
        (0.9845, 1, "98,5%"),
        (0.98449, 1, "98,4%"),
        (0.985, 0, "99%"),
        (1.0, 1, "100,0%"),
        (0.0, 1, "0,0%"),
        (-0.0004, 1, "0,0%"),
        (0.285, 0, "29%"),
    ],
)
def test_percent_is_rounded_once_half_up(stored, decimals, shown):
    assert write.value("vi", kpi(decimals=decimals), stored) == (shown, "")


def test_value_and_unit():
    level = kpi({"vi": "m", "en": "m"}, 2)
    assert write.value("vi", level, 3.365) == ("3,37", "m")
    assert write.phrase("vi", level, 3.365) == f"3,37{NB}m"
    assert write.value("en", level, 3.365) == ("3.37", "m")
    assert write.value("vi", level, None) == ("—", "")
    assert write.phrase("vi", level, None) == "—"


@pytest.mark.parametrize(
    ("stored", "vi", "en"),
    [
        (9999, ("9.999", "đồng"), ("9,999", "VND")),
        (10_000, ("10,0", f"nghìn{NB}đồng"), ("10.0", f"thousand{NB}VND")),
        (123_456, ("123", f"nghìn{NB}đồng"), ("123", f"thousand{NB}VND")),
        (4_035_000_000, ("4,04", f"tỷ{NB}đồng"), ("4.04", f"bn{NB}VND")),
        (22_249_999, ("22,2", f"triệu{NB}đồng"), ("22.2", f"million{NB}VND")),
        (99_950, ("100", f"nghìn{NB}đồng"), ("100", f"thousand{NB}VND")),
        (999_500, ("1,00", f"triệu{NB}đồng"), ("1.00", f"million{NB}VND")),
        (-4_035_000_000, (f"{MINUS}4,04", f"tỷ{NB}đồng"), (f"{MINUS}4.04", f"bn{NB}VND")),
        (4_139_700_000_000, ("4.140", f"tỷ{NB}đồng"), ("4,140", f"bn{NB}VND")),
    ],
)
def test_wall_keeps_three_digits(stored, vi, en):
    assert write.value("vi", kpi(DONG, 0), stored, wall=True) == vi
    assert write.value("en", kpi(DONG, 0), stored, wall=True) == en


@pytest.mark.parametrize(
    ("stored", "vi", "en"),
    [
        (999.4, ("999", "triệu đồng"), ("999", "million VND")),
        (9256.4, ("9,26", f"tỷ{NB}đồng"), ("9.26", f"bn{NB}VND")),
        (-1000, (f"{MINUS}1,00", f"tỷ{NB}đồng"), (f"{MINUS}1.00", f"bn{NB}VND")),
    ],
)
def test_thousands_of_millions_are_billions_on_the_wall(stored, vi, en):
    money = kpi({"vi": "triệu đồng", "en": "million VND"}, 0)
    assert write.value("vi", money, stored, wall=True) == vi
    assert write.value("en", money, stored, wall=True) == en


def test_rows_are_exact():
    assert write.value("vi", kpi(DONG, 0), 4_035_000_000) == ("4.035.000.000", "đồng")


def test_signed():
    assert write.signed("vi", 1.05, 1) == "+1,1"
    assert write.signed("en", -8, 1) == f"{MINUS}8.0"
    assert write.signed("vi", -0.04, 1) == "0,0"
    assert write.signed("vi", None) == "—"


def test_change():
    assert changed(kpi(), 0.911, 0.9) == f"+1,1{NB}điểm"
    assert changed(kpi(), 0.911, 0.9, "en") == f"+1.1{NB}pts"
    visits = kpi({"vi": "lượt", "en": "visits"}, 0)
    assert changed(visits, 4600, 5000) == f"{MINUS}8,0%"
    assert changed(visits, 4600, 5000, "en") == f"{MINUS}8.0%"
    assert changed(visits, 12, 0) == f"+12{NB}lượt"
    assert changed(visits, 7, 7) == "0,0%"
    assert changed(visits, 9, -3) == f"+12{NB}lượt"  # four times less than nothing is no word
    assert changed(visits, None, 7) == changed(visits, 7, None) == write.change("vi", visits, 7, None) == "—"


def test_a_change_is_that_of_the_figures_beside_it():
    assert changed(kpi(), 0.98251, 0.98249) == f"+0,1{NB}điểm", "98,3% and 98,2% are not the same"
    assert changed(kpi(), 0.98249, 0.98151) == f"0,0{NB}điểm", "98,2% twice is no change"
    assert changed(kpi(decimals=0), 0.976, 0.974) == f"+1{NB}điểm", "98% and 97%"
    visits = kpi({"vi": "lượt", "en": "visits"}, 0)
    assert changed(visits, 4_139_713, 4_139_712) == f"+1{NB}lượt", "less than a tenth of a percent"
    assert changed(visits, 3.4, 2.6) == "0,0%", "3 twice"
    assert changed(visits, 5, 0.4) == f"+5{NB}lượt", "0 has no percent"


FIGURES = st.floats(-1e6, 1e6) | st.integers(-99_999, 99_999).map(lambda n: n / 1000)


@given(FIGURES, FIGURES, st.integers(0, 3), st.booleans())
def test_whoever_subtracts_two_figures_gets_the_change_told(now: float, before: float, decimals: int, share: bool):
    unit = "percent" if share else {"vi": "m", "en": "m"}
    described = kpi(unit, decimals)
    left, right = (read(write.value("en", described, x)[0]) for x in (now, before))
    text = changed(described, now, before, "en")
    told = read(text.split(NB)[0])
    assert (told > left - right) - (told < left - right) == 0 if NB in text else (told > 0) is (left > right)
    assert (told == 0) is (left == right)


@given(FIGURES, FIGURES, st.integers(0, 3))
def test_two_figures_that_are_told_apart_are_written_apart(one: float, other: float, decimals: int):
    described = write.finer(kpi(decimals=decimals), one, other)
    texts = [write.phrase("vi", described, x) for x in (one, other)]
    assert (texts[0] == texts[1]) is (write.difference(described, one, other) == 0)
    assert texts[0] != texts[1] or abs(one - other) < 1e-6


def read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(MINUS, "-").rstrip("%"))


def changed(described: Kpi, now: float | None, before: float | None, language: str = "vi") -> str:
    apart = None if now is None or before is None else now - before
    ratio = apart / abs(before) if apart is not None and before else None
    return write.change(language, described, now, against(apart, ratio, before))


@pytest.mark.parametrize(
    ("span", "vi", "en"),
    [
        (timedelta(seconds=-3), f"0{NB}giây", f"0{NB}s"),
        (timedelta(seconds=40), f"40{NB}giây", f"40{NB}s"),
        (timedelta(seconds=59.9), f"59{NB}giây", f"59{NB}s"),
        (timedelta(seconds=60), f"1{NB}phút", f"1{NB}min"),
        (timedelta(minutes=71), f"71{NB}phút", f"71{NB}min"),
        (timedelta(minutes=119, seconds=59), f"119{NB}phút", f"119{NB}min"),
        (timedelta(hours=3, minutes=59), f"3{NB}giờ", f"3{NB}h"),
        (timedelta(hours=47), f"47{NB}giờ", f"47{NB}h"),
        (timedelta(days=2), f"2{NB}ngày", f"2{NB}d"),
        (timedelta(days=1200), f"1.200{NB}ngày", f"1,200{NB}d"),
    ],
)
def test_age(span, vi, en):
    assert (write.age("vi", span), write.age("en", span)) == (vi, en)


def test_days_and_times():
    at = datetime(2026, 11, 24, 9, 5)
    assert write.day("vi", at) == "24/11/2026"
    assert write.day("en", at) == "24 Nov 2026"
    assert write.day("vi", date(2026, 2, 3)) == "03/02/2026"
    assert write.short_day("vi", at) == "24/11"
    assert (write.first_day("vi", at), write.first_day("en", at)) == ("24/11", "24")
    assert write.long_day("vi", at) == "Thứ Ba, 24/11/2026"
    assert write.long_day("en", at) == "Tue 24 Nov 2026"
    assert write.weekday("vi", date(2026, 11, 29)) == "Chủ Nhật"
    assert write.clock("vi", at) == "09:05"
    assert write.moment("vi", at) == f"24/11{NB}09:05"
    assert write.moment("en", at, year=True) == f"24 Nov 2026{NB}09:05"
    assert write.month("vi", at) == f"tháng{NB}11/2026"
    assert write.month("en", at) == "Nov 2026"


@pytest.mark.parametrize(
    ("grain", "vi", "en"),
    [
        (Grain.HOUR, f"01/10{NB}00:00", f"1 Oct{NB}00:00"),
        (Grain.DAY, "01/10/2026", "1 Oct 2026"),
        (Grain.WEEK, "tuần từ 01/10/2026", "week of 1 Oct 2026"),
        (Grain.MONTH, f"tháng{NB}10/2026", "Oct 2026"),
        (Grain.QUARTER, f"quý{NB}IV/2026", "Q4 2026"),
        (Grain.YEAR, "2026", "2026"),
    ],
)
def test_bucket(grain, vi, en):
    at = datetime(2026, 10, 1)
    assert (write.bucket("vi", at, grain), write.bucket("en", at, grain)) == (vi, en)


@pytest.mark.parametrize(
    ("on", "vi", "en"),
    [
        (date(2026, 11, 24), "16 tháng Mười, Bính Ngọ", "16th of 10th lunar month"),
        (date(2026, 11, 23), "rằm tháng Mười, Bính Ngọ", "15th of 10th lunar month"),
        (date(2026, 11, 14), f"mùng{NB}6 tháng Mười, Bính Ngọ", "6th of 10th lunar month"),
        (date(2026, 2, 17), f"mùng{NB}1 tháng Giêng, Bính Ngọ", "1st of 1st lunar month"),
        (date(2025, 8, 7), "14 tháng Sáu nhuận, Ất Tỵ", "14th of leap 6th lunar month"),
        (date(2026, 2, 1), "14 tháng Chạp, Ất Tỵ", "14th of 12th lunar month"),
    ],
)
def test_lunar_date(on, vi, en):
    assert (write.lunar_date("vi", on), write.lunar_date("en", on)) == (vi, en)


def test_english_ordinals():
    written = [write.ordinal("en", n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30)]
    assert written == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "30th"]
