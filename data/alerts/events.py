"""Events in the state: written by the process that looks, read by everybody, worked on by people later."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from data.alerts.event import Event
from data.calendar.period import Period
from data.state.state import State
from data.state.tables import EVENTS

COLUMNS = ("id", "rule", "part", "began_at", "level", "peak", "number", "changed_at", "ended_at")


@dataclass(frozen=True, slots=True)
class Events:
    """Every event there was; one that is written again is the same row."""

    state: State

    def write(self, events: Iterable[Event]) -> None:
        """Keep events as they are now; who has taken one on is left as it is."""
        with self.state.writing() as connection:
            for event in events:
                row = asdict(event)
                changed = connection.execute(EVENTS.update().where(EVENTS.c.id == event.id).values(**row))
                if changed.rowcount == 0:
                    connection.execute(EVENTS.insert().values(**row))

    def settle(self, standing: Collection[str], now: datetime) -> None:
        """End whatever lasts here and does not stand: the log is right, of a store that was replaced too."""
        lasting = EVENTS.c.ended_at.is_(None)
        with self.state.writing() as connection:
            known = connection.execute(sa.select(EVENTS.c.id).where(lasting)).scalars()
            gone = [name for name in known if name not in standing]
            connection.execute(EVENTS.update().where(EVENTS.c.id.in_(gone)).values(ended_at=now, changed_at=now))

    def open(self) -> Sequence[Event]:
        """Those that last, the worst first, then the newest."""
        asked = _asked().where(EVENTS.c.ended_at.is_(None)).order_by(EVENTS.c.level.desc(), EVENTS.c.began_at.desc())
        return self._found(asked)

    def ended(self, since: datetime) -> Sequence[Event]:
        """Those that ended since a moment, the newest first."""
        return self._found(_asked().where(EVENTS.c.ended_at >= since).order_by(EVENTS.c.ended_at.desc()))

    def newest(self, most: int) -> Sequence[Event]:
        """The last to begin, the newest first."""
        return self._found(_asked().order_by(EVENTS.c.began_at.desc(), EVENTS.c.id).limit(most))

    def named(self, name: str) -> Sequence[Event]:
        """The event of an id, if there is one."""
        return self._found(_asked().where(EVENTS.c.id == name))

    def every(self) -> Sequence[Event]:
        """All there were, in order of their beginning."""
        return self._found(_asked().order_by(EVENTS.c.began_at, EVENTS.c.id))

    def touching(self, period: Period) -> Sequence[Event]:
        """Those that lasted at some moment of a period, the earliest first."""
        lasted = EVENTS.c.ended_at.is_(None) | (EVENTS.c.ended_at > period.start)
        asked = _asked().where(EVENTS.c.began_at < period.end, lasted).order_by(EVENTS.c.began_at, EVENTS.c.id)
        return self._found(asked)

    def revision(self) -> str:
        """What changes whenever an event does."""
        asked = sa.select(sa.func.count(), sa.func.max(EVENTS.c.changed_at), sa.func.max(EVENTS.c.ended_at))
        with self.state.reading() as connection:
            count, changed, ended = connection.execute(asked).one()
        return "-".join(f"{at:%y%m%d%H%M%S}" if at else "0" for at in (changed, ended)) + f"-{count}"

    def _found(self, asked: sa.Select) -> list[Event]:
        with self.state.reading() as connection:
            return [Event(*row) for row in connection.execute(asked)]


def _asked() -> sa.Select:
    return sa.select(*(EVENTS.c[name] for name in COLUMNS))
