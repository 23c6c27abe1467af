"""Exercises: a scripted day that is played into walls, and into nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from data.catalogue.playlist import Scene
from data.catalogue.source import Seconds
from data.catalogue.text import Entry, Text

SLOWEST, FASTEST = 1, 600  # faster, and a step of ten minutes takes longer than it lasts
LONGEST = timedelta(days=14)


class Part(Entry):
    """What is told of one ``source``: the rows of ``file``, a CSV below the pack in the columns of its dataset, with
    ``cited`` for where each row is from. With ``every`` its numbers are also told in between, on a straight line."""

    source: str
    file: str
    every: Seconds | None = None


class Exercise(Entry):
    """The time from ``from`` to ``to``, told by ``plays`` to the walls that show ``playlist``, as ``scenes``, at
    ``speed`` times the speed of life. Rows from before ``from`` are known when it begins."""

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    name: Text
    text: Text
    start: Annotated[datetime, Field(alias="from")]
    end: Annotated[datetime, Field(alias="to")]
    speed: Annotated[int, Field(ge=SLOWEST, le=FASTEST)] = 60
    playlist: str
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=8)]
    plays: Annotated[tuple[Part, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _some_time(self) -> Exercise:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("from and to are the city's own time; write no zone")
        if not timedelta(0) < self.end - self.start <= LONGEST:
            raise ValueError("to is after from, by 14 days at most")
        if len({part.source for part in self.plays}) < len(self.plays):
            raise ValueError("a source is told once; put its rows into one file")
        return self
