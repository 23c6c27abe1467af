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
    {average: M, every: month}                              the mean of the filled buckets of a sum
    {change: M, over: 3 hours}                              a level less the level that long before
    {first: [M, M]}                                         the first that is present; never added
    {area: population}                                      figure of the asked area: or km2, capacity
    {number: 8500}                                          a published figure of the city itself
    {index: vn_aqi, parts: {pm25: M, …}}                    an index of parts: vn_aqi, score, hhi
    {ratio: {of: M, to: M, per: 1000}}    {sum: [M, M]}    {difference: [M, M]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from data.catalogue.leaf import Count, Distinct, Last, Leaf, Mean, OpenAt, Quantile, Total
from data.catalogue.source import Seconds
from data.catalogue.text import Entry, Text

Every = Literal["hour", "day", "month", "year"]
Placed = tuple[tuple[str | int, ...], "Measure"]
Pollutant = Literal["pm25", "pm10", "o3", "no2", "so2", "co"]


class Node(Entry):
    """A measure made of measures."""

    def parts(self) -> tuple[Measure, ...]:
        """The measures directly under this one."""
        return tuple(part for _, part in self.placed())

    def placed(self) -> tuple[Placed, ...]:
        """The measures directly under this one, each with where it stands in the file."""
        raise TypeError(f"{type(self).__name__} has no parts")

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf below, left to right."""
        for part in self.parts():
            yield from part.leaves()


class Peak(Node):
    """Largest value of a sum over buckets of ``every``; never the peak of peaks."""

    peak: Measure
    every: Every

    def placed(self) -> tuple[Placed, ...]:
        return ((("peak",), self.peak),)


class Average(Node):
    """Mean over the buckets of ``every`` that hold anything; an empty bucket is no zero."""

    average: Measure
    every: Every

    def placed(self) -> tuple[Placed, ...]:
        return ((("average",), self.average),)


class Change(Node):
    """A level less the level ``over`` (seconds) before it; missing where either is."""

    change: Measure
    over: Seconds

    def placed(self) -> tuple[Placed, ...]:
        return ((("change",), self.change),)


class First(Node):
    """The first measure that is present for a bucket; two are never added for the same one."""

    first: Annotated[tuple[Measure, ...], Field(min_length=2)]

    def placed(self) -> tuple[Placed, ...]:
        return tuple((("first", number), part) for number, part in enumerate(self.first))


class Constant(Node):
    """A figure of the asked area, official or planned; not applicable where there is none."""

    area: Literal["population", "km2", "capacity"]

    def placed(self) -> tuple[Placed, ...]:
        return ()


class Fixed(Node):
    """A figure that does not depend on area or time: a capacity, the hectares of a protected zone."""

    number: Annotated[float, Field(gt=0)]

    def placed(self) -> tuple[Placed, ...]:
        return ()


class AirQuality(Node):
    """VN_AQI of Decision 1459/QĐ-TCMT of 12 November 2019; concentrations in µg/m³."""

    index: Literal["vn_aqi"]
    named: Annotated[dict[Pollutant, Measure], Field(alias="parts", min_length=1)]

    def placed(self) -> tuple[Placed, ...]:
        return tuple((("parts", name), part) for name, part in self.named.items())


class ScorePart(Entry):
    """A part of a score: ``weight`` points at ``full_at`` (stored unit) and above, less in proportion.

    ``ours`` says that the weight is the city's own choice, not a published one.
    """

    of: Measure
    weight: Annotated[float, Field(gt=0)]
    full_at: Annotated[float, Field(gt=0)] = 1.0
    ours: bool = False
    name: Text | None = None


class Score(Node):
    """Points of all parts added, as far as they apply; the weight of what does not is shared out."""

    index: Literal["score"]
    named: Annotated[dict[str, ScorePart], Field(alias="parts", min_length=2)]

    def placed(self) -> tuple[Placed, ...]:
        return tuple((("parts", name, "of"), part.of) for name, part in self.named.items())


class Concentration(Node):
    """Herfindahl–Hirschman: the squares of the parts' shares added, 0..1; 1 is one part alone."""

    index: Literal["hhi"]
    named: Annotated[dict[str, Measure], Field(alias="parts", min_length=2)]

    def placed(self) -> tuple[Placed, ...]:
        return tuple((("parts", name), part) for name, part in self.named.items())


Index = AirQuality | Score | Concentration


class RatioParts(Entry):
    """Numerator ``of`` and denominator ``to``; ``per`` 1000 states it per thousand of ``to``."""

    of: Measure
    to: Measure
    per: Annotated[float, Field(gt=0)] = 1.0


class Ratio(Node):
    """Sum over sum. A denominator of zero is *not applicable*, never 0 or 100 %."""

    ratio: RatioParts

    def placed(self) -> tuple[Placed, ...]:
        return ((("ratio", "of"), self.ratio.of), (("ratio", "to"), self.ratio.to))


class Sum(Node):
    """Measures added, each with its own time role."""

    sum: Annotated[tuple[Measure, ...], Field(min_length=2)]

    def placed(self) -> tuple[Placed, ...]:
        return tuple((("sum", number), part) for number, part in enumerate(self.sum))


class Difference(Node):
    """The first measure less the others."""

    difference: Annotated[tuple[Measure, ...], Field(min_length=2)]

    def placed(self) -> tuple[Placed, ...]:
        return tuple((("difference", number), part) for number, part in enumerate(self.difference))


KINDS = {
    "count": Count,
    "total": Total,
    "mean": Mean,
    "last": Last,
    "open_at": OpenAt,
    "distinct": Distinct,
    "quantile": Quantile,
    "peak": Peak,
    "average": Average,
    "change": Change,
    "first": First,
    "area": Constant,
    "number": Fixed,
    "ratio": Ratio,
    "sum": Sum,
    "difference": Difference,
    "index": AirQuality | Score | Concentration,
}
INDEXES: dict[str, type[Node]] = {"vn_aqi": AirQuality, "score": Score, "hhi": Concentration}


def _kind(raw: Any) -> str | None:
    """Name the measure kind from the one key that says it."""
    if not isinstance(raw, dict):
        return next((name for name, model in (KINDS | INDEXES).items() if isinstance(raw, model)), None)
    if "sum" in raw:
        return "sum" if isinstance(raw["sum"], list | tuple) else "total"
    if "index" in raw:
        return next((name for name in INDEXES if name == raw["index"]), None)
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
    | Annotated[Average, Tag("average")]
    | Annotated[Change, Tag("change")]
    | Annotated[First, Tag("first")]
    | Annotated[Constant, Tag("area")]
    | Annotated[Fixed, Tag("number")]
    | Annotated[AirQuality, Tag("vn_aqi")]
    | Annotated[Score, Tag("score")]
    | Annotated[Concentration, Tag("hhi")]
    | Annotated[Ratio, Tag("ratio")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[Difference, Tag("difference")],
    Discriminator(
        _kind,
        custom_error_type="measure_kind",
        custom_error_message="a measure starts with one of " + ", ".join(k for k in KINDS if k != "total"),
    ),
]

_NODES = (Peak, Average, Change, First, Constant, Fixed, AirQuality, ScorePart, Score, Concentration, Sum, Difference)
for _model in (RatioParts, Ratio, *_NODES):
    _model.model_rebuild()


def flows(measure: Measure) -> bool:
    """Whether a measure grows with its period, so that a plan or threshold for a day is none for a year."""
    if isinstance(measure, Sum | Difference | First):
        return any(map(flows, measure.parts()))
    if isinstance(measure, Ratio):
        return isinstance(measure.ratio.to, Constant | Fixed) and flows(measure.ratio.of)
    return isinstance(measure, Count | Total | Distinct)
