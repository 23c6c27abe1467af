"""``lantern health``: every check of this machine; exit code 1 when one is an alert."""

from __future__ import annotations

import argparse

from data.catalogue import load
from data.clock.clock import SystemClock
from data.health import Examination, worst
from data.reports.orders import Orders
from data.settings import Settings, demonstrates
from data.state import State
from data.store.manifest import current


def health(settings: Settings, options: argparse.Namespace) -> int:
    """Print every check with its remedy."""
    catalogue = load(settings.city)
    held = State.open(settings.state)
    state = None if demonstrates(settings, catalogue) else held
    clock = SystemClock(catalogue.city.timezone)
    checks = Examination(settings.store, settings.drop, clock, current(settings.store), state, Orders(held)).checks()
    for check in checks:
        value = "" if check.value is None else f"{check.value:g} {check.unit}"
        print(f"{check.level:6} {check.name:18} {value}" + (f"  {check.remedy}" if check.remedy else ""))
    return int(worst(checks) == "alert")
