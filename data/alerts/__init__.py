"""Alerts: readings of rules, the machine that makes events of them, and the log both are repeated from."""

from data.alerts.event import Event
from data.alerts.machine import Standing, Transition, step
from data.alerts.reading import Reading

__all__ = ["Event", "Reading", "Standing", "Transition", "step"]
