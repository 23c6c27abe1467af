"""The register of administrative procedures: one JSON document, written anew every Monday."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from data.simulator.chance import stream

COUNT = 268
BEGUN = date(2022, 1, 3)
FIELDS = (
    "Hộ tịch",
    "Chứng thực",
    "Đất đai",
    "Đăng ký kinh doanh",
    "Bảo trợ xã hội",
    "Xây dựng",
    "Văn hóa",
    "Môi trường",
)
WITHDRAWN, ON_TIME, COMPLETE, FEE = 0.06, 0.965, 0.94, 0.55


@dataclass(frozen=True, slots=True)
class Procedures:
    """All procedures; more of them are online and payable from year to year."""

    seed: int

    def content(self, day: date) -> str:
        """The register as it stands on the morning of ``day``."""
        known = [_procedure(self.seed, number, day) for number in range(1, COUNT + 1)]
        return json.dumps(
            {"ngay_lap": day.isoformat(), "du_lieu": {"thu_tuc": [item for item in known if item]}},
            ensure_ascii=False, indent=1,
        )  # fmt: skip


def _procedure(seed: int, number: int, day: date) -> dict | None:
    random = stream(seed, "procedure", number)
    published = BEGUN + timedelta(days=int(random.random() ** 2 * 1500))
    if published > day:
        return None
    ends = published + timedelta(days=random.randrange(200, 1400)) if random.random() < WITHDRAWN else None
    years = (day - BEGUN).days / 365
    level, payable = random.random(), random.random()
    has_fee = random.random() < FEE
    return {
        "ma": f"1.{number:06d}.H17",
        "ten": f"{random.choice(FIELDS)}: thủ tục số {number}",
        "cap_nhat": f"{day} 00:00",
        "cong_bo": {
            "ngay": f"{published} 00:00", "bai_bo": f"{ends} 00:00" if ends and ends <= day else None,
            "dung_han": random.random() < ON_TIME, "day_du": random.random() < COMPLETE,
        },
        "truc_tuyen": "full" if level < 0.2 + 0.07 * years else "partial" if level < 0.45 + 0.085 * years else "none",
        "phi": {"co_phi": has_fee, "thanh_toan_truc_tuyen": has_fee and payable < 0.35 + 0.1 * years},
    }  # fmt: skip
