"""The service: asks of a snapshot, and every screen, file and alert asks it.

A batch is planned as a whole, runs one statement for each dataset it touches, and is kept
under the stamps of those datasets: the same question of unchanged data costs no query.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path

import duckdb

from data.areas.vintage import estimates, restatements
from data.calendar.working import working_days
from data.catalogue import Catalogue
from data.clock.clock import Clock
from data.kpis.answer import Answer
from data.kpis.budget import Budget
from data.kpis.frame import Frame
from data.kpis.listing import page, stream
from data.kpis.quality import Feeds, source_states
from data.kpis.query import KpiQuery
from data.kpis.question import Question
from data.kpis.result import KpiResult, Presence, SourceState, Value
from data.kpis.rows import Batches, RowColumn, RowPage
from data.kpis.scope import EVERYTHING, Scope
from data.kpis.sieve import Sieve
from data.kpis.statement import planned, written
from data.store.atom import shapes
from data.store.reader import Reader
from data.store.snapshot import Snapshot

LOG = logging.getLogger(__name__)
MOST_ANSWERS = 4096
# A dataset that cannot be read darkens the numbers that need it, and only them; it is asked again next time.
FAILED = Answer(Value(None, Presence.NOT_APPLICABLE), refusal="refusal.failed")
# What took longer than its asker may ask is asked again next time, too.
SLOW = Answer(Value(None, Presence.NOT_APPLICABLE), refusal="refusal.slow")
# What lies outside the asker's areas is answered as what does not apply, whether or not there is anything.
HIDDEN = Answer(Value(None, Presence.NOT_APPLICABLE))


class KpiService:
    """Answers `KpiQuery`s from the newest snapshot. Safe to call from many threads."""

    def __init__(self, catalogue: Catalogue, reader: Reader, clock: Clock) -> None:
        self.catalogue, self.reader, self.clock = catalogue, reader, clock
        self.working = working_days(catalogue.city.calendar)
        restated = restatements(catalogue.areas, catalogue.city.since)
        self.estimates = cache(partial(estimates, restated))
        self.statements = 0
        self._answers = _Answers()

    def ask(
        self,
        queries: Sequence[KpiQuery],
        scope: Scope = EVERYTHING,
        snapshot: Snapshot | None = None,
        budget: Budget | None = None,
    ) -> list[KpiResult]:
        """Answer a batch in order; KeyError for a KPI the catalogue does not have.

        ``snapshot`` asks a past state of the data, as it was known then. What is not read within the ``budget`` is
        refused as slow.
        """
        snapshot, now = self._moment(snapshot)
        questions = [Question(self.catalogue, snapshot.manifest, query, now, scope) for query in queries]
        keys = [(question.key, scope, snapshot.recomputed) for question in questions]
        asked = dict(zip(keys, questions, strict=True))
        held = self._answers.all(
            keys, lambda lacking: self._answer(snapshot, {k: asked[k] for k in lacking}, scope, budget or Budget())
        )
        feeds = Feeds(self.catalogue, snapshot.manifest, now)
        return [answer.result(q, now, feeds, snapshot.recomputed) for answer, q in zip(held, questions, strict=True)]

    def _moment(self, snapshot: Snapshot | None) -> tuple[Snapshot, datetime]:
        """The state of the data that is asked, and the moment it is asked as of."""
        if snapshot is None:
            return self.reader.snapshot(), self.clock.now()
        return snapshot, datetime.fromisoformat(snapshot.manifest.created_at)

    def _answer(
        self, snapshot: Snapshot, questions: Mapping[tuple, Question], scope: Scope, budget: Budget
    ) -> dict[tuple, Answer]:
        plan = planned(questions.values())
        frame, failed, slow = Frame(), set(), set()
        cursor = snapshot.cursor()
        with budget.over(cursor):
            for statement in plan.statements(snapshot.rows_sql, scope):
                if budget.spent:
                    slow.add(statement.dataset)
                    continue
                self.statements += 1
                try:
                    frame.fill(statement, cursor.execute(statement.sql, statement.values).fetchall())
                except duckdb.InterruptException:
                    slow.add(statement.dataset)
                except duckdb.Error as error:
                    LOG.error("dataset %s cannot be read: %s", statement.dataset, error)
                    failed.add(statement.dataset)
        return {key: self._told(q, frame, failed, slow) for key, q in questions.items()}

    def _told(self, question: Question, frame: Frame, failed: set[str], slow: set[str]) -> Answer:
        if question.hidden:
            return HIDDEN
        if failed.intersection(question.kpi.datasets):
            return FAILED
        if slow.intersection(question.kpi.datasets):
            return SLOW
        return Answer.of(question, frame, self.working, self.estimates)

    def sql(self, query: KpiQuery, scope: Scope = EVERYTHING, snapshot: Snapshot | None = None) -> str:
        """What answers a query, as text, files named from the folder of the store; KeyError for a KPI the catalogue
        does not have. "" for who sees a part of the rows: which files there are tells of the others."""
        snapshot, now = self._moment(snapshot)
        question = Question(self.catalogue, snapshot.manifest, query, now, scope)
        if any(scope.parts(dataset.id) for dataset in question.datasets):
            return ""
        text = written(planned([question]).statements(snapshot.rows_sql, scope))
        return text.replace(f"{self.reader.store}/", "")

    def rows(
        self,
        query: KpiQuery,
        scope: Scope = EVERYTHING,
        sort: str = "",
        offset: int = 0,
        limit: int = 50,
        only: tuple[int, int] | None = None,
        snapshot: Snapshot | None = None,
        budget: Budget | None = None,
        sieves: Sequence[Sieve] = (),
    ) -> RowPage:
        """One page of the rows a query counts that ``sieves`` let through; KeyError for a KPI the catalogue does not
        have.

        ``only`` looks for the row of a load and line among them, ``snapshot`` in a past state of the data. No rows,
        and that it was slow, where they are not found within the ``budget``.
        """
        snapshot, now = self._moment(snapshot)
        question = Question(self.catalogue, snapshot.manifest, query, now, scope)
        self.statements += 1
        cursor = snapshot.cursor()
        try:
            with (budget or Budget()).over(cursor):
                return page(snapshot, cursor, question, scope, sort, offset, limit, only, sieves)
        except duckdb.InterruptException:
            return RowPage((), (), 0, offset, sort, slow=True)

    def stream(
        self,
        query: KpiQuery,
        scope: Scope = EVERYTHING,
        snapshot: Snapshot | None = None,
        sieves: Sequence[Sieve] = (),
    ) -> tuple[tuple[RowColumn, ...], Batches | None]:
        """Every row a query counts that ``sieves`` let through, batch by batch; KeyError for a KPI the catalogue does
        not have."""
        snapshot, now = self._moment(snapshot)
        self.statements += 1
        return stream(snapshot, Question(self.catalogue, snapshot.manifest, query, now, scope), scope, sieves)

    @property
    def scope(self) -> Scope:
        """That of a service nobody looks through: everything. Pages ask a `Sight`."""
        return EVERYTHING

    def sources(self) -> tuple[SourceState, ...]:
        """Every source of the city as known now."""
        manifest = self.reader.snapshot().manifest
        return source_states(self.catalogue, manifest, self.catalogue.datasets, self.clock.now())


class _Answers:
    """A bounded cache with single flight: one thread answers, the others wait for it."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple, Answer] = OrderedDict()
        self._flights: dict[tuple, threading.Lock] = {}
        self._lock = threading.Lock()

    def all(self, keys: Sequence[tuple], answer: Callable[[Sequence[tuple]], dict[tuple, Answer]]) -> list[Answer]:
        """The answers to ``keys``, in order; ``answer`` is asked for those not held."""
        found = [self._held.get(key) for key in keys]
        if None not in found:
            return found
        batch = tuple(keys)
        with self._lock:
            flight = self._flights.setdefault(batch, threading.Lock())
        with flight:
            held = {key: self._held.get(key) for key in keys}
            lacking = [key for key, item in held.items() if item is None]
            if lacking:
                held |= answer(lacking)
                self._hold({key: held[key] for key in lacking})
        with self._lock:
            self._flights.pop(batch, None)
        return [held[key] for key in keys]

    def _hold(self, fresh: Mapping[tuple, Answer]) -> None:
        with self._lock:
            self._held.update({key: item for key, item in fresh.items() if item is not FAILED and item is not SLOW})
            while len(self._held) > MOST_ANSWERS:
                self._held.popitem(last=False)


def open_service(catalogue: Catalogue, store: Path, clock: Clock, threads: int = 2) -> KpiService:
    """A service over a store folder."""
    reader = Reader(store, shapes(catalogue), restatements(catalogue.areas, catalogue.city.since), threads)
    return KpiService(catalogue, reader, clock)
