"""Health: whether a city's own machine is well, told to those who run it."""

from data.health.check import Check, worst
from data.health.examination import Examination
from data.health.pulse import Pulse

__all__ = ["Check", "Examination", "Pulse", "worst"]
