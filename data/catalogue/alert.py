"""Alerts: when a number, or the silence of a source, is somebody's business."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.catalogue.source import Seconds
from data.catalogue.text import Entry, Text

Severity = Literal["watch", "alert", "emergency"]
SHORTEST_STAY = 600  # seconds: ten minutes, so that a wall does not flicker


class Step(Entry):
    """One step of a playbook: what is done, by whom, within how long of the beginning."""

    do: Text
    owner: Text
    within: Seconds


class Alert(Entry):
    """A rule. With ``kpi`` it looks at a KPI's own thresholds, of the whole city or of each part (``by`` area or a
    dimension); with ``source`` at how long nothing has come from it (``silent_for``), with ``screens`` at each screen
    on a wall that has not painted for so long.

    A level is entered when it has held ``for`` that long in event time, at once where life is at stake (``safety``);
    it is left when the value has been better than the threshold by ``margin`` (display unit) for ``clear_for``, and
    not before ``stay``. ``least`` is the lowest level that is an event. ``scene`` is the board that comes forward.
    """

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    name: Text
    kpi: str | None = None
    by: str | None = None
    source: str | None = None
    screens: bool = False
    silent_for: Seconds | None = None
    least: Severity = "watch"
    held_for: Annotated[Seconds | Literal[0], Field(alias="for")] = 0
    safety: bool = False
    margin: Annotated[float, Field(ge=0)] = 0
    clear_for: Seconds = SHORTEST_STAY
    stay: Seconds = SHORTEST_STAY
    owner: Text | None = None
    deadline: Seconds | None = None
    scene: str | None = None
    playbook: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _one_thing(self) -> Alert:
        if [self.kpi is not None, self.source is not None, self.screens].count(True) != 1:
            raise ValueError("write kpi, or source or screens with silent_for: a value and its absence are two rules")
        if (self.kpi is None) != (self.silent_for is not None):
            raise ValueError("silent_for and source, or screens, go together")
        if self.source is None and self.owner is None:
            raise ValueError("write owner: an alert without one is nobody's business")
        if self.kpi is None and (self.by or self.margin or self.safety or self.held_for):
            raise ValueError("a source or a screen is silent or not: by, margin, safety and for belong to a kpi")
        return self
