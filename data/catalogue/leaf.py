"""Leaves of the measure grammar: what reads the rows of one dataset."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from data.catalogue.condition import Where
from data.catalogue.text import Entry

Over = Literal["sum", "max", "min", "mean"]


class Leaf(Entry):
    """A measure that reads rows of one dataset at one of its times."""

    where: Where

    @property
    def dataset(self) -> str:
        """Id of the dataset read."""
        return getattr(self, self.__class__.kind)

    def leaves(self) -> Iterator[Leaf]:
        """This leaf itself."""
        yield self


class Count(Leaf):
    """Number of rows whose ``time`` falls in the bucket."""

    kind: ClassVar[str] = "count"
    count: str
    time: str


class Total(Leaf):
    """Sum of a numeric column over rows whose ``time`` falls in the bucket."""

    kind: ClassVar[str] = "sum"
    sum: str
    of: str
    time: str


class Mean(Leaf):
    """Sum of a column over the number of rows that have it."""

    kind: ClassVar[str] = "mean"
    mean: str
    of: str
    time: str


class Last(Leaf):
    """Latest value per key; ``over`` says how keys combine across an area.

    Without ``over`` two keys in one answer are refused: levels of two rivers do not add.
    """

    kind: ClassVar[str] = "last"
    last: str
    of: str
    time: str
    over: Over | None = None


class OpenAt(Leaf):
    """Rows entered (``from``) and not yet left (``to``) at the end of the bucket.

    With ``of`` that column of theirs added up: the area of the sites then open.
    """

    kind: ClassVar[str] = "open_at"
    open_at: str
    of: str | None = None
    entered: str = Field(alias="from")
    left: str = Field(alias="to")


class Distinct(Leaf):
    """Exact number of different values of a column, read from rows."""

    kind: ClassVar[str] = "distinct"
    distinct: str
    of: str
    time: str


class Quantile(Leaf):
    """Continuous quantile ``p`` of a column over rows, read from rows."""

    kind: ClassVar[str] = "quantile"
    quantile: str
    of: str
    time: str
    p: Annotated[float, Field(gt=0, lt=1)]
