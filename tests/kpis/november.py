"""The rows of one November, few enough to count by hand.

It is Tuesday 24 November 2026, 19:42. The newest dossier came at 18:30, so that levels of
dossiers are known at 19:00; the newest report at 17:00, so theirs are known at 18:00.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from data.kpis.service import KpiService
from data.store.writer import Writer
from tests.kpis.delivered import Row, city, copied


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """A moment of November 2026."""
    return datetime(year, month, day, hour, minute)


def dossier(number: str, received: datetime, due: datetime, closed: datetime | None = None, **more: object) -> Row:
    """A dossier at the counter of Hội An Ward, of civil status, without fee, on paper."""
    usual = {"area": "20410", "field": "civil", "channel": "counter", "applicant": number}
    flags = {"has_fee": False, "paid_online": None, "digitised": False, "reused": False, "synced": False}
    named = {"dossier_id": number, "received_at": received, "due_at": due, "closed_at": closed}
    return usual | flags | named | more


def report(number: str, reported: datetime, due: datetime, closed: datetime | None = None, **more: object) -> Row:
    """A report about waste in Hội An Ward by phone, never reopened."""
    usual = {"area": "20410", "category": "waste", "channel": "phone", "reopened": 0}
    return usual | {"report_id": number, "reported_at": reported, "due_at": due, "closed_at": closed} | more


def visitors(moment: datetime, gate: str, market: str, count: int, zone: str = "PC-CC") -> Row:
    """Visitors of one hour through one gate."""
    return {"at": moment, "gate": gate, "zone": zone, "market": market, "visitors": count}


PAID = {"has_fee": True, "paid_online": True}
DIGITAL = {"digitised": True, "reused": True, "synced": True, "e_result": True}
DOSSIERS = [
    dossier("old", at(3, 9, year=2025), at(12, 17, year=2025), at(10, 9, year=2025)),
    # carried over from October, returned on the minute it was due: ten working days
    dossier("d5", at(28, 10, month=10), at(11, 17), at(11, 17), applicant="D", score=4, rated_at=at(16, 8)),
    # on time, four working days
    dossier(
        "d1",
        at(2, 8),
        at(9, 17),
        at(6, 10),
        channel="online",
        applicant="A",
        score=5,
        rated_at=at(7, 8),
        **PAID,
        **DIGITAL,
    ),
    # late, seven working days
    dossier(
        "d2",
        at(3, 9),
        at(10, 17),
        at(12, 9),
        applicant="B",
        score=3,
        rated_at=at(13, 8),
        has_fee=True,
        paid_online=False,
        digitised=True,
    ),
    # open, not yet due
    dossier("d3", at(5, 8), at(25, 17), channel="online", applicant="A", field="land", **DIGITAL),
    # open, a week overdue
    dossier("d4", at(10, 14), at(17, 17), channel="post", applicant="C", area="20413"),
    # open, due a minute before what is known ends
    dossier("d6", at(20, 15), at(24, 18, 59), applicant="E", area="20401"),
    # open, due exactly when what is known ends: not yet late
    dossier("d8", at(23, 8), at(24, 19), applicant="B", **PAID),
    dossier("d7", at(24, 18, 30), at(30, 17), channel="online", applicant="F", digitised=True),
]
REPORTS = [
    report("r1", at(2, 8), at(4, 8), at(3, 8)),
    report("r2", at(3, 10), at(5, 10), at(3, 16), reopened=1, category="noise"),
    report("r3", at(5), at(7), at(7, 12), area="20413"),
    report("r4", at(9), at(11), at(9, 2), channel="app"),
    report("r5", at(20, 9), at(22, 9)),
    report("r6", at(24, 17), at(26, 17), area="20413"),
]
VISITORS = [
    visitors(at(22, 20), "g5", "korea", 60, "PC-CH"),
    visitors(at(23, 10), "g1", "domestic", 30),
    visitors(at(23, 10), "g1", "korea", 20),
    visitors(at(23, 10), "g2", "domestic", 25, "PC-TP"),
    visitors(at(23, 11), "g2", "west", 40, "PC-TP"),
    visitors(at(23, 11), "g1", "domestic", 10),
    visitors(at(23, 11), "g3", "other", 5, "PC-BD"),
]
ZONES = {"PC-CC": 100, "PC-TP": 200, "PC-BD": 50, "PC-AH": 70, "PC-CH": 30}
CROWD = [
    *({"at": at(24, 19, 35), "zone": zone, "people": 999} for zone in ZONES),
    *({"at": at(24, 19, 40), "zone": zone, "people": people} for zone, people in ZONES.items()),
]
LEVELS = [
    {"at": at(24, 19), "station": "hoi_an", "level": 1.2},
    {"at": at(24, 19, 30), "station": "hoi_an", "level": 1.23},
    {"at": at(24, 19, 30), "station": "cau_lau", "level": 2.05},
    {"at": at(24, 19, 30), "station": "ai_nghia", "level": 9.9},
]
AIR = [
    {"at": at(24, 18), "station": "old_town", "area": "20410", "pm25": 30.0},
    {"at": at(24, 18), "station": "an_bang", "area": "20401", "pm25": -999},
    {"at": at(24, 19), "station": "old_town", "area": "20410", "pm25": 40.0},
    {"at": at(24, 19), "station": "an_bang", "area": "20401", "pm25": 60.0},
]
LAMPS = [
    {"at": at(22, 19), "cabinet": "C3", "area": "20410", "lamps": 40, "lit": 0},  # not heard of since
    {"at": at(24, 19, 15), "cabinet": "C1", "area": "20410", "lamps": 100, "lit": 50},
    {"at": at(24, 19, 30), "cabinet": "C1", "area": "20410", "lamps": 100, "lit": 97},
    {"at": at(24, 19, 30), "cabinet": "C2", "area": "20413", "lamps": 60, "lit": 60},
]
NOVEMBER = {
    "dossiers": DOSSIERS,
    "citizen_reports": REPORTS,
    "visitors": VISITORS,
    "crowd": CROWD,
    "water_level": LEVELS,
    "air": AIR,
    "lamps": LAMPS,
}


def loaded(folder: Path) -> tuple[KpiService, Writer]:
    """A city that holds ``NOVEMBER``, of its own: loaded once in a process, copied for whoever asks."""
    return copied(_once(), folder)


@cache
def _once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lantern-november-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    service, writer = city(folder, NOVEMBER)
    service.reader.close()
    writer.close()
    return folder
