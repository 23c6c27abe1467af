"""Which edition of a report an address or a form asks for."""

from __future__ import annotations

from collections.abc import Mapping

from data.kpis.sight import Sight
from data.reports.draft import Edition
from data.reports.drafting import edition
from data.reports.period import newest, parse
from layouts.reports.asked import Asked


def asked_of(seen: Sight, name: str, told: Mapping[str, str]) -> Asked:
    """What an address or a form asks of a report; what it leaves out is the newest period, the city, its language."""
    report = seen.catalogue.reports[name]
    language = told.get("language", "")
    default = newest(report.kind, seen.clock.now(), report.cut_off).name
    return Asked(report, told.get("period", "").strip()[:16] or default, told.get("area", "")[:64],
                 language if language in ("vi", "en") else seen.catalogue.city.language)  # fmt: skip


def meant(seen: Sight, asked: Asked) -> Edition:
    """The edition asked for; PeriodError or DraftError where there is none."""
    report = asked.report
    period = parse(asked.period, report.kind, report.cut_off)
    return edition(seen.catalogue, report.id, period, asked.area or None, asked.language)
