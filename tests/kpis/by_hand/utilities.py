"""Rain and flood, power, water, waste and networks, counted from `tests.kpis.november_utilities`."""

from __future__ import annotations

from data.kpis.result import Level

BY_HAND: dict[str, tuple[float, float | None, float | None]] = {
    "HT-30": (6.75, None, None),
    "HT-31": (9.9, None, None),
    "HT-32": (0.43, None, None),  # 1.23 - 0.80
    "HT-33": (0.60, None, None),  # 2.05 - 1.45
    "HT-34": (16.5, None, None),  # of 8.0 and 16.5
    "HT-35": (72, None, None),  # of 48.0 and 72.0
    "HT-36": (23.5, None, None),  # 3.0 + 12.5 + 8.0
    "HT-37": (2, None, None),  # p1 p2
    "HT-38": (3, None, None),
    "HT-39": (6 / 7, 6, 7),  # 4 + 2 of 4 + 3
    "HT-40": (3, None, None),  # 2 + 1
    "HT-41": (950, None, None),  # o4 and o5: 700 + 250
    "HT-42": (2, None, None),  # o4 o5
    "HT-43": (69.9, 699_000, 10_000),  # o6 1440 x 400 + o1 120 x 1000 + o3 6 x 500
    "HT-44": (0.19, 1900, 10_000),  # o6 o1 o3
    "HT-45": (1.05, 2.1, 2),  # o1 two hours, o3 a tenth
    "HT-46": (30, None, None),  # 20 + 10
    "HT-47": (0.6, 30, 50),
    "HT-48": (0.2, 32_000, 160_000),  # 18,000 + 14,000 lost in October
    "HT-49": (160_000, None, None),
    "HT-50": (0.85, 5100, 6000),
    "HT-51": (1.3, None, None),  # of 1.8 and 0.8
    "HT-52": (0.8, None, None),
    "HT-53": (0.5, 2, 4),  # 0.9 and 0.8 of today's four
    "HT-54": (300, None, None),  # 120.5 + 119.5 + 60
    "HT-55": (2 / 3, None, None),  # W1 W3 of three
    "HT-56": (1, None, None),
    "HT-57": (0.5, None, None),  # C1 C4 of four
    "HT-58": (0.75, None, None),  # all but S4
    "HT-59": (50, None, None),  # 10 + 40
    "HT-60": (0.8, 200, 250),
    "HT-61": (0.095, 950, 10_000),
    "HT-62": (0, None, None),  # r5 and r6 are open, both about waste
    # Dust of 30 and of (40 + 60) / 2 in two hours: w = 0.6, (50 + 0.6 x 30) / 1.6 = 42.5 µg/m³ lies 17.5 of 25
    # above the first band: 50 + 50 x 17.5 / 25. PM10 is 64, ozone 19.
    "MT-01": (85, None, None),
    "MT-02": (17, None, None),
    "MT-03": (30_000 / 113_315, 30, 113_315),  # the mean of 50 t and 10 t on two days of October
    "MT-04": (4 / 17, 4, 17),
    "MT-05": (10_000 / 10_500, 10_000, 10_500),
    "MT-06": (10_500 / 15_500, 10_500, 15_500),
    "MT-07": (75, 150, 2),  # 60 and 90
    "MT-08": (30, None, None),
    "MT-09": (1200, None, None),
    "MT-10": (5.8, None, None),
}
LEVELS = {
    "HT-30": Level.WATCH,
    "HT-31": Level.EMERGENCY,
    "HT-32": Level.NORMAL,
    "HT-33": Level.WATCH,
    "HT-35": Level.WATCH,
    "HT-41": Level.WATCH,
    "HT-37": Level.WATCH,
    "HT-48": Level.WATCH,
    "HT-52": Level.WATCH,
    "HT-57": Level.ALERT,
    "MT-09": Level.ALERT,
}
