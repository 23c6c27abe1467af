"""Tourism, culture and relics: what a person counts from `tests.kpis.november_tourism`."""

from __future__ import annotations

BY_HAND: dict[str, tuple[float, float | None, float | None]] = {
    "DL-10": (450 / 8500, 450, 8500),  # 100 + 200 + 50 + 70 + 30 people
    "DL-11": (15, 450, 30),
    "DL-12": (200, None, None),  # Trần Phú
    "DL-13": (7.6, None, None),  # 4 + 2 + 1 + 0 + 0.6
    "DL-14": (7.0, None, None),  # 3 + 2.5 + 0.5 + 1 + 0
    "DL-15": (0.6, None, None),  # 7.6 - 7.0
    "DL-16": (125, None, None),  # 60 + 20 + 40 + 5
    "DL-17": ((65**2 + 80**2 + 40**2 + 5**2) / 190**2, None, None),
    "DL-18": (36, None, None),  # 24 + 12
    "DL-19": (45 / 3000, 45, 3000),  # the 20th: 30 + 15
    "DL-20": (4, None, None),
    "DL-21": (2, None, None),  # the 21st and 22nd
    "DL-22": (81 / 4, 81, 4),  # 30 15 24 12
    "DL-23": (20, None, None),  # of the day
    "DL-24": (10, None, None),
    "DL-25": (85, None, None),
    # What is sold on the 24th is sold: 95 tickets, though the gates have told of no visitor since the 23rd.
    "DL-26": (95 / 190, 95, 190),
    "DL-27": (11.0, 11_000_000, 1_000_000),  # 10 at 80,000 and 85 at 120,000
    "DL-28": (0, 0, 6),
    "DL-29": (95 / 113_315 * 100, 95, 113_315),  # 60 on the 22nd, 130 on the 23rd
    "DL-30": (500, None, None),
    "DL-31": (1000, None, None),
    "DL-32": (660 / 1600, 660, 1600),
    "DL-33": (2, 1000, 500),
    "DL-34": (400 / 500, 400, 500),
    "DL-35": (1.5, 1500, 1000),  # 200.5 + 700 + 499.5 + 100 million đồng
    "DL-36": (3, 1500, 500),
    "DL-37": (500 / 300, 500, 300),  # March of March, August and November 2025
    "DL-38": (0.5**2 + 0.25**2 + 0.25**2, None, None),  # 200 100 100
    "DL-39": (0, None, None),  # r2 is closed; r5 and r6 are about waste
    "VH-01": (3, None, None),  # E2 E3 E4
    "VH-02": (3500, None, None),
    "VH-03": (4 / 113_315 * 100_000, 4, 113_315),
    "VH-04": (2, None, None),  # nobody works in long_den
    "VH-05": (1600, None, None),
    "VH-06": (260, None, None),
    "VH-07": (4, None, None),  # D5 was taken off
    "VH-08": (1, None, None),  # D2
    "VH-09": (2 / 4, 2, 4),  # D1 D3
    "VH-10": (2, None, None),
    "VH-11": (3, None, None),
    "VH-12": (1600 / 4000, 1600, 4000),
    "VH-13": (17, None, None),
    "VH-14": (1 / 4, 1, 4),  # 21
}
