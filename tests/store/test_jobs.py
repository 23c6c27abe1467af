"""Jobs wait until they are done, are done once, and leave word of what became of them."""

from __future__ import annotations

from data.store import jobs
from data.store.jobs import Job, Outcome

LATER = Job("undo", 7, "2026-11-24T19:43:00", "127.0.0.1")
FIRST = Job("restore", 5, "2026-11-24T19:42:00", "127.0.0.1")


def test_jobs_wait_in_the_order_they_were_asked(tmp_path) -> None:
    assert jobs.waiting(tmp_path) == []
    for job in (LATER, FIRST, LATER):
        jobs.hand(tmp_path, job)
    assert jobs.waiting(tmp_path) == [FIRST, LATER]


def test_a_finished_job_waits_no_longer(tmp_path) -> None:
    jobs.hand(tmp_path, LATER)
    done = Outcome("undo", 7, LATER.asked_at, LATER.asked_by, "2026-11-24T19:43:01", snapshot=12)
    jobs.finish(tmp_path, LATER, done)
    assert jobs.waiting(tmp_path) == []
    assert jobs.outcomes(tmp_path) == [done]


def test_what_is_no_job_is_left_alone(tmp_path) -> None:
    folder = tmp_path / jobs.FOLDER
    folder.mkdir()
    for name, text in {
        "undo-3.json": "{not json", "undo-4.json": '{"kind": "undo"}', "undo-x.json": "{}", "purge-1.json": "{}",
        "undo-5.json": '{"kind": "drop", "load": 5, "asked_at": "", "asked_by": ""}',
    }.items():  # fmt: skip
        (folder / name).write_text(text)
    assert jobs.waiting(tmp_path) == []
    assert len(list(folder.iterdir())) == 5
