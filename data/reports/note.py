"""A note: what somebody wrote for everybody beside a KPI, as a report prints it and as it is kept with a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from data.remarks.remark import Remark


@dataclass(frozen=True, slots=True)
class Note:
    """About the days from ``first`` to ``last`` of the KPI of an id, of an ``area`` or of the city."""

    kpi: str
    first: date
    last: date
    area: str | None
    text: str
    author: str
    written_at: datetime

    @classmethod
    def of(cls, kpi: str, remark: Remark) -> Note:
        """The note a remark makes."""
        said = remark.wording
        return cls(kpi, said.first, said.last, said.area, said.text, remark.author, remark.written_at)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Note:
        """The note that was told."""
        days = {name: date.fromisoformat(told[name]) for name in ("first", "last")}
        return cls(**{**told, **days, "written_at": datetime.fromisoformat(told["written_at"])})

    def told(self) -> dict[str, Any]:
        """What is kept of it."""
        days = {name: getattr(self, name).isoformat() for name in ("first", "last", "written_at")}
        return asdict(self) | days
