"""The days the metropolis has lived, and the moment at which it is looked at."""

from __future__ import annotations

from datetime import datetime

FROM, UNTIL = datetime(2023, 11, 25), datetime(2026, 11, 24, 19, 40)
