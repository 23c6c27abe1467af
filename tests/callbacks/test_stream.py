"""Push: every stream hears of every snapshot, whoever was the first to open it."""

from __future__ import annotations

import threading
from datetime import datetime

from callbacks.stream import Watch
from data.clock.clock import FixedClock

SOON = 5


class Published:
    """Stands for a reader: ``number`` moves as soon as anybody looks."""

    def __init__(self) -> None:
        self.newest = self.number = 1

    def refresh(self) -> bool:
        changed, self.number = self.number != self.newest, self.newest
        return changed


def heard_after(publish: str) -> list[str]:
    """What a stream says next when snapshot 2 was opened by the watch itself or by a request before it."""
    reader = Published()
    watch = Watch(reader, FixedClock(datetime(2026, 11, 20, 9, 0)))  # type: ignore[arg-type]
    watch.start()
    lines, heard = watch.lines(), []
    assert [next(lines), next(lines)][1] == "id: 1.0900\ndata: 1.0900\n\n"
    waiting = threading.Thread(target=lambda: heard.append(next(lines)), daemon=True)
    waiting.start()
    reader.newest = 2
    if publish == "request":
        reader.refresh()
    waiting.join(SOON)
    watch.stop()
    return heard


def test_who_comes_first_is_told_of_the_snapshot_they_open() -> None:
    reader = Published()
    reader.number, reader.newest = 0, 3
    assert Watch(reader, FixedClock(datetime(2026, 11, 20, 9, 0))).mark() == "3.0900"  # type: ignore[arg-type]


def test_a_stream_hears_of_a_snapshot_the_watch_opened() -> None:
    assert heard_after("watch") == ["id: 2.0900\ndata: 2.0900\n\n"]


def test_a_stream_hears_of_a_snapshot_a_request_opened() -> None:
    assert heard_after("request") == ["id: 2.0900\ndata: 2.0900\n\n"]
