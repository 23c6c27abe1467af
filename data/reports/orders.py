"""Orders in the state: asked by pages and the timetable, made one after another by processes of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.reports.draft import Edition
from data.reports.order import Act, Order
from data.state.state import State
from data.state.tables import ORDERS, TIMETABLE

FOLDER = "orders"  # within the archive
KEPT = timedelta(days=30)  # how long files to look at are kept
SHOWN = timedelta(days=1)  # and pages
LONGEST = 2000
COLUMNS = tuple(field.name for field in fields(Order))
OPEN = ORDERS.c.standing.in_(("waiting", "working"))


@dataclass(frozen=True, slots=True)
class Orders:
    """Every order there was. An attempt writes only while the order is still in that attempt."""

    state: State

    def place(
        self, act: Act, meant: Edition, kinds: Sequence[str], who: str, now: datetime, paper: int | None = None
    ) -> Order:
        """An order somebody waits for; the same one asked again while it is open is that one."""
        told = {"act": act, "who": who, "paper": paper} | meant.key
        same = sa.and_(OPEN, *(ORDERS.c[name] == value for name, value in told.items()))
        with self.state.writing() as connection:
            open_ = connection.execute(sa.select(ORDERS.c.id, ORDERS.c.kinds).where(same)).all()
            number = next((row.id for row in open_ if row.kinds == list(kinds)), None)
            if number is None:
                row = _fresh(told | {"kinds": list(kinds)}, now)
                number = connection.execute(ORDERS.insert().values(**row)).inserted_primary_key[0]
        return self.order(number)

    def once(self, key: str, given: Mapping[str, object], now: datetime) -> bool:
        """Place an order known by a key, unless there ever was one; whether it was placed."""
        with self.state.writing() as connection:
            if connection.execute(sa.select(ORDERS.c.id).where(ORDERS.c.key == key)).first() is not None:
                return False
            connection.execute(ORDERS.insert().values(key=key, **_fresh(given, now)))
        return True

    def since(self, report: str, now: datetime) -> datetime:
        """When the timetable first looked at a report: what was due before is nobody's business."""
        with self.state.writing() as connection:
            found = connection.execute(sa.select(TIMETABLE.c.since).where(TIMETABLE.c.report == report)).scalar()
            if found is None:
                connection.execute(TIMETABLE.insert().values(report=report, since=now))
        return found or now

    def next(self, now: datetime) -> Order | None:
        """The order to be made next: those somebody waits for go first, and first of them what somebody looks at."""
        due = sa.and_(ORDERS.c.standing == "waiting", ORDERS.c.not_before <= now)
        found = self._found(
            _asked().where(due).order_by(ORDERS.c.due_at.is_not(None), ORDERS.c.act != "preview", ORDERS.c.id).limit(1)
        )
        return found[0] if found else None

    def begin(self, order: Order, now: datetime) -> Order | None:
        """Take an order on; None where it does not wait any more."""
        row = {"standing": "working", "attempt": order.attempt + 1, "began_at": now, "done": 0, "ended_at": None}
        still = sa.and_(ORDERS.c.id == order.id, ORDERS.c.standing == "waiting", ORDERS.c.attempt == order.attempt)
        return self.order(order.id) if self._changed(still, row) else None

    def step(self, order: Order, name: str, done: int) -> bool:
        """Say how far an attempt has come; False where it is to stop, because it was cancelled or another began."""
        return self._changed(_in(order), {"name": name, "done": done})

    def finish(self, order: Order, now: datetime) -> bool:
        """Say that every file is made; False where nobody waits for them any more."""
        row = {"standing": "done", "done": len(order.kinds), "ended_at": now, "fault": "", "error": ""}
        return self._changed(_in(order), row)

    def fail(self, order: Order, fault: str, error: str, now: datetime, final: bool = False) -> None:
        """Say why an attempt came to nothing; it is tried again later, or that was the last one."""
        wait = order.wait(final)
        row: dict[str, object] = {"fault": fault, "error": error[:LONGEST], "done": 0}
        again = {"standing": "waiting", "not_before": now + (wait or timedelta(0))}
        self._changed(_in(order), row | (again if wait is not None else {"standing": "failed", "ended_at": now}))

    def release(self, order: Order) -> None:
        """Give an attempt back that was stopped on purpose: it does not count."""
        self._changed(_in(order), {"standing": "waiting", "attempt": order.attempt - 1, "done": 0})

    def cancel(self, number: int, now: datetime) -> None:
        """Nobody waits for it any more."""
        self._changed(sa.and_(ORDERS.c.id == number, OPEN), {"standing": "cancelled", "ended_at": now})

    def again(self, number: int, now: datetime) -> None:
        """Try anew what failed, from the first attempt on."""
        row = {"standing": "waiting", "attempt": 0, "not_before": now, "fault": "", "error": "", "ended_at": None}
        self._changed(sa.and_(ORDERS.c.id == number, ORDERS.c.standing == "failed"), row)

    def order(self, number: int) -> Order:
        """One order; KeyError if there is none."""
        found = self._found(_asked().where(ORDERS.c.id == number))
        if not found:
            raise KeyError(number)
        return found[0]

    def working(self) -> Sequence[Order]:
        """Those that are being made, or were when whoever made them died."""
        return self._found(_asked().where(ORDERS.c.standing == "working"))

    def of(self, meant: Edition, who: str | None, most: int = 6) -> Sequence[Order]:
        """The newest of an edition that make files: of somebody, or of all with None."""
        files = _asked().where(_same(meant, who), ORDERS.c.act != "preview")
        return self._found(files.order_by(ORDERS.c.id.desc()).limit(most))

    def previews(self, meant: Edition, who: str | None) -> tuple[Order | None, Order | None]:
        """The newest preview of an edition, and the newest that is made: of somebody, or of all with None."""
        pages = _asked().where(_same(meant, who), ORDERS.c.act == "preview").order_by(ORDERS.c.id.desc()).limit(1)
        newest, made = self._found(pages), self._found(pages.where(ORDERS.c.standing == "done"))
        return newest[0] if newest else None, made[0] if made else None

    def last(self, report: str) -> Order | None:
        """The newest the timetable placed for a report."""
        which = sa.and_(ORDERS.c.report == report, ORDERS.c.due_at.is_not(None))
        found = self._found(_asked().where(which).order_by(ORDERS.c.due_at.desc(), ORDERS.c.id.desc()).limit(1))
        return found[0] if found else None

    def troubled(self) -> Sequence[Order]:
        """What the timetable wanted last of a report and has not come to anything."""
        which = sa.and_(ORDERS.c.due_at.is_not(None), ORDERS.c.fault != "", ORDERS.c.standing != "cancelled")
        found = self._found(_asked().where(which).order_by(ORDERS.c.id.desc()))
        return [order for order in found if (last := self.last(order.report)) is not None and last.id == order.id]

    def spent(self, now: datetime) -> Sequence[Order]:
        """Those whose files were kept long enough."""
        pages = sa.and_(ORDERS.c.act == "preview", ORDERS.c.ended_at < now - SHOWN)
        old = sa.or_(pages, ORDERS.c.ended_at < now - KEPT)
        return self._found(_asked().where(old, ORDERS.c.name != ""))

    def forget(self, order: Order) -> None:
        """Its files are gone."""
        self._changed(ORDERS.c.id == order.id, {"name": ""})

    def _changed(self, which: sa.ColumnElement[bool], row: Mapping[str, object]) -> bool:
        with self.state.writing() as connection:
            return connection.execute(ORDERS.update().where(which).values(**row)).rowcount == 1

    def _found(self, asked: sa.Select) -> list[Order]:
        with self.state.reading() as connection:
            return [_order(row) for row in connection.execute(asked)]


def _fresh(given: Mapping[str, object], now: datetime) -> dict[str, object]:
    plain = {"standing": "waiting", "not_before": now, "asked_at": now, "attempt": 0, "done": 0}
    return plain | {"name": "", "fault": "", "error": ""} | dict(given)


def _in(order: Order) -> sa.ColumnElement[bool]:
    return sa.and_(ORDERS.c.id == order.id, ORDERS.c.standing == "working", ORDERS.c.attempt == order.attempt)


def _same(meant: Edition, who: str | None) -> sa.ColumnElement[bool]:
    same = sa.and_(*(ORDERS.c[name] == value for name, value in meant.key.items()))
    return same if who is None else sa.and_(same, ORDERS.c.who == who)


def _asked() -> sa.Select:
    return sa.select(*(ORDERS.c[name] for name in COLUMNS))


def _order(row: sa.Row) -> Order:
    told = row._asdict()
    return Order(**told | {"kinds": tuple(told["kinds"]), "area": told["area"] or None})
