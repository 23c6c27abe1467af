"""The outlook of a river in words: its pace of an hour, and what it moved in three."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from data.outlook.river import forecast
from layouts.expectation import expected
from tests.layouts.answers import kpi

NOW = datetime(2026, 10, 28, 12)


@pytest.mark.parametrize(
    ("levels", "language", "words"),
    [
        ((1.00, 1.05, 1.11, 1.21), "vi", "Lên 10 cm/giờ, +21 cm/3 giờ"),
        ((1.21, 1.16, 1.10, 1.00), "vi", "Xuống 10 cm/giờ, −21 cm/3 giờ"),
        ((1.00, 1.05, 1.11, 1.21), "en", "Rising 10 cm/h, +21 cm in 3 h"),
        ((1.30, 1.20, 1.11, 1.21), "en", "Rising 10 cm/h, −9 cm in 3 h"),
    ],
)
def test_what_the_water_moved_in_three_hours_is_told_with_its_unit_and_its_sign(levels, language, words):
    readings = [(NOW - timedelta(hours=3 - place), level) for place, level in enumerate(levels)]
    pace = expected(forecast(readings, ()), kpi(), language)[0]
    assert "".join(part if isinstance(part, str) else part.children for part in pace) == words
