"""The named steps of the writer, in order: what progress shows and what tests kill at."""

from __future__ import annotations

from collections.abc import Callable

STEPS = (
    "load.started", "load.pulled", "load.checked", "lake.written", "lake.synced",
    "rollup.computed", "delta.written", "delta.synced", "mart.started", "mart.written", "mart.synced",
    "compaction.started", "compaction.merged", "ledger.written", "manifest.written",
    "publish.started", "publish.pointed", "publish.done", "retention.started", "retention.done",
)  # fmt: skip

OnStep = Callable[[str], None]


def silent(step: str) -> None:
    """Observe nothing."""


class Steps:
    """Tells an observer that a step was reached; an unknown name is a programming error."""

    def __init__(self, observer: OnStep = silent) -> None:
        self._observer = observer

    def reached(self, step: str) -> None:
        """Report one of `STEPS`."""
        if step not in STEPS:
            raise ValueError(f"no step '{step}'")
        self._observer(step)
