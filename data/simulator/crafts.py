"""Monthly reports of the culture centre: craft villages, and records of culture digitised.

Five craft villages; artisans and visitors are an assumption.
"""

from __future__ import annotations

from datetime import date

from data.simulator.chance import stream
from data.simulator.monthly import Report
from data.simulator.places import code
from data.simulator.season import MONTHS

# Village: ward, artisans, visitors a year.
VILLAGES = {
    "kim_bong": ("cam_kim", 46, 62_000),
    "thanh_ha": ("thanh_ha", 68, 255_000),
    "tra_que": ("cam_ha", 205, 180_000),
    "tre_dua": ("cam_thanh", 38, 340_000),
    "long_den": ("minh_an", 63, 41_000),
}
# Kind: records at the end of 2023, digitised of them, added and digitised each month.
RECORDS = {"relic": (1_360, 610, 0, 14), "living": (420, 130, 3, 7), "han_nom": (5_200, 1_450, 4, 66),
           "photo": (38_000, 9_100, 90, 560)}  # fmt: skip
FLOOD_MONTHS = {(2025, 10): 0.7, (2025, 11): 0.55}


def village_report(seed: int) -> Report:
    """Artisans and visitors by village; in the month after the flood one village stood still."""

    def report(month: date, final: bool) -> bytes:
        random = stream(seed, "crafts", month)
        lines = ["thang,lang,dia_ban,nghe_nhan,luot_khach"]
        for village, (ward, artisans, visitors) in VILLAGES.items():
            still = (month.year, month.month) == (2025, 11) and village == "kim_bong"
            weight = MONTHS[month.month - 1] / sum(MONTHS) * FLOOD_MONTHS.get((month.year, month.month), 1.0)
            working = 0 if still else artisans + random.randint(-3, 3)
            came = 0 if still else round(visitors * weight * random.lognormvariate(0, 0.06) * (1 if final else 0.97))
            lines.append(f"{month:%Y-%m-%d},{village},{code(ward, month)},{working},{came}")
        return ("\n".join(lines) + "\n").encode()

    return report


def record_report(month: date, final: bool) -> bytes:
    """Records of culture and how many are digitised; counted, so the final report is the first."""
    since = max(0, (month.year - 2023) * 12 + month.month - 12)
    lines = ["thang,loai,tong_so,da_so_hoa"]
    for kind, (records, digitised, added, done) in RECORDS.items():
        held = records + added * since
        lines.append(f"{month:%Y-%m-%d},{kind},{held},{min(held, digitised + done * since)}")
    return ("\n".join(lines) + "\n").encode()
