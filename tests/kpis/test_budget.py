"""Budgets: a really slow question is broken off in time, its asker's leaving ends it, and nobody else waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from callbacks.views import afforded
from data.calendar.period import Grain
from data.kpis.budget import Budget
from data.kpis.query import KpiQuery
from data.kpis.scope import EVERYTHING
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.store.snapshot import Snapshot
from layouts.address import parse
from tests.kpis.delivered import NOW
from tests.kpis.november import loaded

AGES = "SELECT count(*) FROM range(3000000) a, range(3000000) b WHERE a.range * b.range % 7 = 3"
PATIENT = 20  # seconds in which an answer that is not slow is there on any machine


class Slow:
    """A cursor that reads nothing of one dataset in steps of ``words`` before it has counted for ages."""

    def __init__(self, cursor, words: str) -> None:
        self.cursor, self.words = cursor, words

    def execute(self, sql: str, values=None):
        if self.words in sql:
            self.cursor.execute(AGES)
        return self.cursor.execute(sql, values)

    def interrupt(self) -> None:
        self.cursor.interrupt()


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[KpiService]:
    held, writer = loaded(tmp_path_factory.mktemp("budgeted"))
    yield held
    writer.close()


@contextmanager
def slow(monkeypatch: pytest.MonkeyPatch, words: str) -> Iterator[None]:
    """Whatever statement holds ``words`` takes ages."""
    cursor = Snapshot.cursor
    with monkeypatch.context() as patched:
        patched.setattr(Snapshot, "cursor", lambda self: Slow(cursor(self), words))
        yield


@pytest.fixture
def asker(service) -> KpiService:
    """The service with nothing kept."""
    return KpiService(service.catalogue, service.reader, service.clock)


def view(service: KpiService, code: str = "DVC-01", search: str = "from=2026-11-01&to=2026-11-20&compare=none"):
    kpi = service.catalogue.codes[code]
    return parse(search, kpi, service.catalogue, NOW.date()), kpi


def test_a_slow_question_is_refused_when_its_budget_is_spent(asker, monkeypatch):
    seen, _ = view(asker)
    with slow(monkeypatch, "dossier"):
        began = time.monotonic()
        found = asker.ask([seen.query()], budget=Budget(0.3))[0]
        took = time.monotonic() - began
        assert found.refusal == "refusal.slow" and found.value.number is None
        assert took < PATIENT
        listed = asker.rows(seen.query(), budget=Budget(0.3))
        assert listed.slow and listed.rows == ()
    again = asker.ask([seen.query()], budget=Budget(PATIENT))[0]
    assert again.refusal is None and again.value.number, "what was too slow is asked again, not remembered"
    assert asker.rows(seen.query(), budget=Budget(PATIENT)).rows


def test_other_datasets_of_the_batch_that_were_read_before_are_told(asker, monkeypatch):
    visits, dossiers = KpiQuery("DL-02", view(asker)[0].period), view(asker)[0].query()
    with slow(monkeypatch, "dossier"):
        found = asker.ask([visits, dossiers], budget=Budget(0.5))
    assert [result.refusal for result in found] == [None, "refusal.slow"]


def test_who_hangs_up_ends_their_question(asker, monkeypatch):
    seen, _ = view(asker)
    left = threading.Event()
    threading.Timer(0.3, left.set).start()
    with slow(monkeypatch, "dossier"):
        began = time.monotonic()
        found = asker.ask([seen.query()], budget=Budget(gone=left.is_set))[0]
    assert found.refusal == "refusal.slow" and 0.2 < time.monotonic() - began < PATIENT


def test_a_slow_question_keeps_nobody_else_waiting(asker, monkeypatch):
    """While one counts for ages others are answered; and it ends when its asker leaves."""
    slow_view, _ = view(asker)
    left, found = threading.Event(), []
    with slow(monkeypatch, "dossier"):
        running = threading.Thread(
            target=lambda: found.extend(asker.ask([slow_view.query()], budget=Budget(gone=left.is_set)))
        )
        running.start()
        for day in (3, 4, 5):
            query = KpiQuery("DL-02", view(asker, "DL-02", f"from=2026-11-01&to=2026-11-{day:02}")[0].period)
            assert asker.ask([query], EVERYTHING, budget=Budget(PATIENT))[0].refusal is None
        assert running.is_alive(), "it is still counting"
        left.set()
        running.join(PATIENT)
    assert not running.is_alive() and found[0].refusal == "refusal.slow"


def test_a_view_that_asks_too_much_is_shown_in_wider_steps_and_says_so(asker, monkeypatch):
    seen, kpi = view(asker, "DL-02", "from=2026-11-01&to=2026-11-24&compare=none&grain=hour")
    assert seen.grain is Grain.HOUR
    with slow(monkeypatch, "'hour'"):
        shown, found = afforded(Sight(asker, EVERYTHING, budget=Budget(0.3)), seen, kpi)
    assert shown.grain is Grain.DAY
    assert [notice.key for notice in shown.notices] == ["view.slow.hour"]
    assert found[0].query.grain is Grain.DAY and found[0].refusal is None
    assert found[0].value.number == asker.ask([seen.query()])[0].value.number > 0, "the number of the whole is the same"


def test_where_no_step_is_wide_enough_the_refusal_stands(asker, monkeypatch):
    seen, kpi = view(asker)
    with slow(monkeypatch, "dossier"):
        shown, found = afforded(Sight(asker, EVERYTHING, budget=Budget(0.2)), seen, kpi)
    assert shown == seen and found[0].refusal == "refusal.slow"


def test_a_budget_that_is_not_spent_changes_nothing(asker):
    seen, _ = view(asker)
    assert asker.ask([seen.query()], budget=Budget(PATIENT)) == asker.ask([seen.query()])
    assert not [thread for thread in threading.enumerate() if thread.name == "budget"]
