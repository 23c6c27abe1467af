"""The measure grammar: what a KPI counts, as structure.

Leaves read a dataset; nodes combine measures. Every kind knows the leaves under it, so
the planner can fuse them, and whether it may be rolled up.

    {count: dossier, time: closed_at, where: [...]}         rows
    {sum: visit, of: visitors, time: at}                    a column added up
    {mean: satisfaction, of: score, time: rated_at}         ratio of sums, never mean of ratios
    {last: water_level, of: level, time: at, over: max}     level of the latest reading per key
    {open_at: dossier, from: received_at, to: closed_at}    stock: how many are open at t
    {distinct: dossier, of: applicant, time: received_at}   exact, from rows
    {quantile: dossier, of: working_days, time: closed_at, p: 0.9}   exact, from rows
    {peak: M, every: hour}                                  the largest bucket of a sum
    {ratio: {of: M, to: M}}    {sum: [M, M]}    {difference: [M, M]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

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
    """Rows entered (``from``) and not yet left (``to``) at the end of the bucket."""

    kind: ClassVar[str] = "open_at"
    open_at: str
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


class Node(Entry):
    """A measure made of measures."""

    def parts(self) -> tuple[Measure, ...]:
        """The measures directly under this one."""
        raise TypeError(f"{type(self).__name__} has no parts")

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf below, left to right."""
        for part in self.parts():
            yield from part.leaves()


class Peak(Node):
    """Largest value of a sum over buckets of ``every``; never the peak of peaks."""

    peak: Measure
    every: Literal["hour", "day", "month"]

    def parts(self) -> tuple[Measure, ...]:
        return (self.peak,)


class RatioParts(Entry):
    """Numerator ``of`` and denominator ``to``."""

    of: Measure
    to: Measure


class Ratio(Node):
    """Sum over sum. A denominator of zero is *not applicable*, never 0 or 100 %."""

    ratio: RatioParts

    def parts(self) -> tuple[Measure, ...]:
        return (self.ratio.of, self.ratio.to)


class Sum(Node):
    """Measures added, each with its own time role."""

    sum: Annotated[tuple[Measure, ...], Field(min_length=2)]

    def parts(self) -> tuple[Measure, ...]:
        return self.sum


class Difference(Node):
    """The first measure less the others."""

    difference: Annotated[tuple[Measure, ...], Field(min_length=2)]

    def parts(self) -> tuple[Measure, ...]:
        return self.difference


KINDS = {
    "count": Count,
    "total": Total,
    "mean": Mean,
    "last": Last,
    "open_at": OpenAt,
    "distinct": Distinct,
    "quantile": Quantile,
    "peak": Peak,
    "ratio": Ratio,
    "sum": Sum,
    "difference": Difference,
}


def _kind(raw: Any) -> str | None:
    """Name the measure kind from the one key that says it."""
    if not isinstance(raw, dict):
        return next((name for name, model in KINDS.items() if isinstance(raw, model)), None)
    if "sum" in raw:
        return "sum" if isinstance(raw["sum"], list | tuple) else "total"
    return next((name for name in KINDS if name in raw), None)


Measure = Annotated[
    Annotated[Count, Tag("count")]
    | Annotated[Total, Tag("total")]
    | Annotated[Mean, Tag("mean")]
    | Annotated[Last, Tag("last")]
    | Annotated[OpenAt, Tag("open_at")]
    | Annotated[Distinct, Tag("distinct")]
    | Annotated[Quantile, Tag("quantile")]
    | Annotated[Peak, Tag("peak")]
    | Annotated[Ratio, Tag("ratio")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[Difference, Tag("difference")],
    Discriminator(
        _kind,
        custom_error_type="measure_kind",
        custom_error_message="a measure starts with one of " + ", ".join(k for k in KINDS if k != "total"),
    ),
]

for _model in (RatioParts, Ratio, Peak, Sum, Difference):
    _model.model_rebuild()
