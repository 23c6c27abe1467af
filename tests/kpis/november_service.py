"""The register of procedures in the November of `tests.kpis.november`."""

from __future__ import annotations

from datetime import datetime

from tests.kpis.delivered import Row
from tests.kpis.november import at


def procedure(number: str, online: str, on_time: bool, complete: bool, **more: object) -> Row:
    """A procedure in force since 2024, without fee, as the register of 23 November holds it."""
    usual = {"published_at": datetime(2024, 3, 1), "withdrawn_at": None, "updated_at": at(23)}
    flags = {"on_time": on_time, "complete": complete, "has_fee": False, "pays_online": False}
    return usual | {"procedure_id": number, "title": number, "online": online} | flags | more


PROCEDURES = [
    procedure("p1", "full", True, True, has_fee=True, pays_online=True),
    procedure("p2", "partial", True, False, has_fee=True),
    procedure("p3", "none", True, True),
    procedure("p4", "full", True, True, withdrawn_at=at(20, month=10)),
    procedure("p5", "partial", False, False),
]
ROWS = {"procedures": PROCEDURES}
