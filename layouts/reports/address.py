"""Where a report is read on a screen."""

from __future__ import annotations

from urllib.parse import urlencode

from data.reports.draft import Draft


def address(draft: Draft, home: str = "") -> str:
    """The address of exactly this edition, as known at its snapshot; ``home`` is where readers reach Lantern."""
    edition = draft.edition
    asked = {"period": edition.period.name}
    if edition.area:
        asked["area"] = edition.area.id
    if edition.language != draft.city.language:
        asked["language"] = edition.language
    return f"{home.rstrip('/')}/reports/{edition.report.id}?{urlencode(asked)}"
