"""Reports: what a department hands in, as sections of sentences, tables, figures and maps that name KPIs."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from data.catalogue.text import Entry, Text

PeriodKind = Literal["hour", "day", "week", "month", "quarter", "half", "nine_months", "year"]
Drawn = Literal["line", "bars"]
Happened = Literal["alerts", "calendar"]
Names = Annotated[tuple[str, ...], Field(min_length=1, max_length=60)]
Format = Literal["pdf", "docx", "xlsx", "pptx", "parquet", "csv", "geojson", "gpkg", "png", "svg"]


class HeadingPart(Entry):
    """A heading within a section."""

    heading: Text


class TextPart(Entry):
    """A paragraph that always stands: ``{DL-02}`` in it is the value of that KPI, ``{period}`` the period."""

    text: Text


class SummaryPart(Entry):
    """How many of these KPIs reach their target, and which do not."""

    summary: Names


class StoryPart(Entry):
    """Sentences about KPIs, one paragraph each: value, change, plan, extremes, what brought the change, what lacks.

    ``by`` names the dimension in which the cause of a change is looked for.
    """

    story: Names
    by: str | None = None


class TablePart(Entry):
    """KPIs as lines: actual, plan, share of plan, same period, change, rating."""

    table: Names
    name: Text


class SplitPart(Entry):
    """One KPI by area or by a dimension, the largest first, at most ``top`` and the rest unsaid but counted."""

    split: str
    by: str = "area"
    top: Annotated[int, Field(ge=2, le=60)] = 12
    name: Text


class FigurePart(Entry):
    """One KPI over the period; ``trend`` draws that many buckets of ``grain`` up to its end instead."""

    figure: str
    name: Text
    drawn: Drawn = "line"
    grain: Literal["hour", "day", "week", "month", "quarter", "year"] | None = None
    trend: Annotated[int, Field(ge=2, le=120)] | None = None


class MapPart(Entry):
    """One KPI by area on the outlines of the city."""

    map: str
    name: Text


class EventsPart(Entry):
    """What happened in the period: alerts by rule and level, or the days of the city's calendar."""

    events: Happened
    name: Text


class LackingPart(Entry):
    """What figures lack, and whose business it is."""

    lacking: Literal["figures"]
    name: Text


KINDS = {
    "heading": HeadingPart, "text": TextPart, "summary": SummaryPart, "story": StoryPart, "table": TablePart,
    "split": SplitPart, "figure": FigurePart, "map": MapPart, "events": EventsPart, "lacking": LackingPart,
}  # fmt: skip


def _kind(raw: Any) -> str | None:
    if not isinstance(raw, dict):
        return next((kind for kind, model in KINDS.items() if isinstance(raw, model)), None)
    return next((kind for kind in KINDS if kind in raw), None)


Part = Annotated[
    Annotated[HeadingPart, Tag("heading")]
    | Annotated[TextPart, Tag("text")]
    | Annotated[SummaryPart, Tag("summary")]
    | Annotated[StoryPart, Tag("story")]
    | Annotated[TablePart, Tag("table")]
    | Annotated[SplitPart, Tag("split")]
    | Annotated[FigurePart, Tag("figure")]
    | Annotated[MapPart, Tag("map")]
    | Annotated[EventsPart, Tag("events")]
    | Annotated[LackingPart, Tag("lacking")],
    Discriminator(
        _kind,
        custom_error_type="part_kind",
        custom_error_message="a part of a section starts with one of " + ", ".join(KINDS),
    ),
]


class Section(Entry):
    """A numbered section: I, II, III. An ``annex`` begins a new page after the signature."""

    heading: Text
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    annex: bool = False


class Signer(Entry):
    """Who signs: ``authority`` such as TL. CHỦ TỊCH where one signs for another, and the post."""

    authority: Text | None = None
    post: Text
    name: str = ""


class Schedule(Entry):
    """When a report is made by itself: at ``at`` (hh:mm) after the end of its period, ``days`` later still.

    A week that ends on Monday 0:00 with ``at: '06:30'`` is made on Monday at 6:30, an hour with ``at: '00:05'`` five
    minutes past. With ``during`` only periods are made that an event at alert or above of one of these rules touched.
    """

    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    days: Annotated[int, Field(ge=0, le=60)] = 0
    during: tuple[str, ...] = ()
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = ("pdf",)

    @property
    def after(self) -> timedelta:
        """How long after the end of a period it is made."""
        hours, minutes = self.at.split(":")
        return timedelta(days=self.days, hours=int(hours), minutes=int(minutes))


class Report(Entry):
    """A report of the city. ``version`` rises whenever what it says changes.

    ``cut_off`` is the last day of a state reporting period (Nghị định 09/2019/NĐ-CP: 14, so that October is 15
    September to 14 October); without it a period is whole calendar units.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    version: Annotated[int, Field(ge=1)]
    name: Text
    subject: Text
    kind: PeriodKind
    cut_off: Annotated[int, Field(ge=1, le=28)] | None = None
    parent: Text | None = None
    issuer: Text
    symbol: Annotated[str, Field(max_length=40)]
    place: Text
    opening: Text | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=20)]
    closing: Text | None = None
    recipients: tuple[Text, ...] = ()
    signer: Signer
    schedule: Schedule | None = None

    @model_validator(mode="after")
    def _cut_off_of_months(self) -> Report:
        if self.cut_off is not None and self.kind in ("hour", "day", "week"):
            raise ValueError(f"cut_off is of months and longer; a {self.kind} has none")
        return self

    @property
    def kpis(self) -> tuple[str, ...]:
        """Codes or ids of every KPI named, without repeats, texts left out."""
        return tuple(dict.fromkeys(name for section in self.sections for part in section.parts for name in named(part)))


def named(part: Any) -> tuple[str, ...]:
    """Codes or ids of the KPIs a part names."""
    for kind in ("summary", "story", "table"):
        if (names := getattr(part, kind, None)) is not None:
            return names
    return tuple(name for kind in ("split", "figure", "map") if (name := getattr(part, kind, None)))
