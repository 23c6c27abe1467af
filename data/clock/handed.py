"""Handed: the jobs that pages and commands leave in the store, done by the one who writes it."""

from __future__ import annotations

import logging

from data.clock.clock import Clock
from data.store import jobs
from data.store.jobs import Job, Outcome
from data.store.standing import Overtaken
from data.store.writer import Writer

LOG = logging.getLogger(__name__)


def work(writer: Writer, clock: Clock) -> list[Outcome]:
    """Do every waiting job; [] when there is none."""
    return [_done(writer, clock, job) for job in jobs.waiting(writer.store)]


def _done(writer: Writer, clock: Clock, job: Job) -> Outcome:
    snapshot, refused, by = None, None, None
    try:
        act = writer.undo if job.kind == "undo" else writer.restore
        snapshot = act(job.load).snapshot
    except KeyError:
        refused = "absent"
    except Overtaken as error:
        refused, by = "overtaken", error.by
    outcome = Outcome(
        job.kind, job.load, job.asked_at, job.asked_by, clock.now().isoformat(), snapshot, refused, by
    )  # fmt: skip
    LOG.warning("%s of load %s, asked by %s: %s", job.kind, job.load, job.asked_by, refused or f"snapshot {snapshot}")
    jobs.finish(writer.store, job, outcome)
    return outcome
