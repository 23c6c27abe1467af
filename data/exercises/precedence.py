"""What a real alert does to an exercise: it wins, at once and for good."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from data.alerts.event import Event
from data.catalogue.alert import Alert

ALERT = 2


def overruling(
    events: Iterable[Event], rules: Mapping[str, Alert], boards: Collection[str], since: datetime
) -> Event | None:
    """The real event an exercise has to give way to: one that takes the wall, or any other at alert or above that
    has begun or worsened ``since`` the exercise began. What has lasted for days and takes no wall stops nobody."""
    for event in events:
        rule = rules.get(event.rule)
        if rule is None or event.ended_at is not None or event.level < ALERT:
            continue
        if rule.scene in boards or event.changed_at > since:
            return event
    return None
