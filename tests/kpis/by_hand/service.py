"""Decision 766 and what else is told of services: counted from `november` and `november_service`."""

from __future__ import annotations

BY_HAND: dict[str, tuple[float, float | None, float | None]] = {
    # 3 + 3 + 16/7, 100/7, 5.625 + 36/7, 2.5 + 4, 40/9 + 9, 2 + 40/7 + 20/7. Of several datasets levels are those
    # of the day they all tell of: on the 23rd d7 had not come, and 5 of 7 were handled on time.
    "DVC-22": (3 + 3 + 16 / 7 + 100 / 7 + 5.625 + 36 / 7 + 2.5 + 4 + 40 / 9 + 9 + 2 + 40 / 7 + 20 / 7, None, None),
    "DVC-23": (4 * 3 / 4 + 6 * 2 / 4 + 8 * 2 / 7, None, None),  # p1 p2 p3 of four in force; p1 p3; d1 d3 of seven
    "DVC-24": (12.5, 5, 8),  # 20 points times 5 of 8, as DVC-10
    "DVC-25": (6 * 0.75 / 0.8 + 6 * (3 / 7) / 0.5, None, None),  # p1 p2 p5 of four; d1 d3 d7 of seven
    "DVC-26": (4 * 0.5 / 0.8 + 6 * 2 / 3, None, None),  # p1 of p1 p2; d1 d8 of d1 d2 d8
    "DVC-27": (6 * (2 / 3) / 0.9 + 12 * 3 / 4, None, None),  # 5 and 4 of 5, 3, 4 points; r1 r2 r4 of four
    "DVC-28": (6 * 1 / 3 + 8 * (4 / 7) / 0.8 + 8 * (2 / 7) / 0.8, None, None),  # d1 of d1 d2 d5; as DVC-18, DVC-21
    "DVC-29": (1 / 4, 1, 4),  # p1
    "DVC-30": (1 / 2, 1, 2),  # p1 of p1 p2
    "DVC-31": (7 / 113_315 * 1000, 7, 113_315),
    "DVC-32": (6, None, None),
    "DVC-33": (6 / 113_315 * 1000, 6, 113_315),
    "DVC-34": (3 / 4, 3, 4),  # r3 was twelve hours late
    "DVC-35": (2 / 7, 2, 7),  # d1 d3
    "DVC-36": (1 / 3, 1, 3),  # d1
    "DVC-37": (2 / 3, 2, 3),
}
