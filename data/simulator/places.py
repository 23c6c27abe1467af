"""Places of the city as departments write them: the code in force on the day.

Everything happens in one of the thirteen wards and communes of before 1 July 2025; from that
day on departments write the code of the new unit it belongs to. Weights are plausible
populations, an assumption.
"""

from __future__ import annotations

from datetime import date

from data.simulator.chance import Weighted
from data.simulator.season import MERGER

OLD = {
    "minh_an": "20398",
    "cam_pho": "20404",
    "son_phong": "20410",
    "cam_nam": "20428",
    "cam_kim": "20425",
    "cam_chau": "20413",
    "cua_dai": "20416",
    "cam_thanh": "20431",
    "thanh_ha": "20407",
    "tan_an": "20401",
    "cam_an": "20419",
    "cam_ha": "20422",
    "tan_hiep": "20434",
}
NEW = {
    **dict.fromkeys(("minh_an", "cam_pho", "son_phong", "cam_nam", "cam_kim"), "20410"),
    **dict.fromkeys(("cam_chau", "cua_dai", "cam_thanh"), "20413"),
    **dict.fromkeys(("thanh_ha", "tan_an", "cam_an", "cam_ha"), "20401"),
    "tan_hiep": "20434",
}
RESIDENTS = Weighted(
    [
        ("minh_an", 6.3), ("cam_pho", 11.2), ("son_phong", 7.1), ("cam_nam", 7.8), ("cam_kim", 4.8),
        ("cam_chau", 13.7), ("cua_dai", 6.5), ("cam_thanh", 10.9),
        ("thanh_ha", 15.7), ("tan_an", 11.9), ("cam_an", 6.8), ("cam_ha", 8.0), ("tan_hiep", 2.6),
    ]
)  # fmt: skip
STREETS = Weighted(
    [
        ("minh_an", 22), ("cam_pho", 14), ("son_phong", 9), ("cam_nam", 6), ("cam_kim", 3),
        ("cam_chau", 11), ("cua_dai", 7), ("cam_thanh", 8),
        ("thanh_ha", 10), ("tan_an", 9), ("cam_an", 8), ("cam_ha", 5), ("tan_hiep", 2),
    ]
)  # fmt: skip
ZONES = {"PC-CC": 0.27, "PC-TP": 0.26, "PC-BD": 0.20, "PC-AH": 0.17, "PC-CH": 0.10}
GATES = {
    "g1": ("PC-CC", 0.31),
    "g2": ("PC-TP", 0.24),
    "g3": ("PC-BD", 0.17),
    "g4": ("PC-AH", 0.18),
    "g5": ("PC-CH", 0.10),
}
UNKNOWN = "99999"


def code(place: str, day: date) -> str:
    """The code of a ward's unit as written on ``day``."""
    return (OLD if day < MERGER else NEW)[place]
