"""A draft as a paper: sections in their order, tables and figures numbered, every word in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from data.areas.outline import Outlines
from data.catalogue.report import (
    EventsPart,
    FigurePart,
    HeadingPart,
    LackingPart,
    MapPart,
    Section,
    SplitPart,
    StoryPart,
    SummaryPart,
    TablePart,
    TextPart,
    named,
)
from data.kpis.result import KpiResult
from data.messages import t
from data.reports.draft import Draft
from data.reports.finding import lacking
from layouts.analysis.names import dimension
from layouts.columns import columns
from layouts.documents.blocks import (
    Annex,
    Block,
    Heading,
    Letterhead,
    Origin,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from layouts.documents.code import code
from layouts.documents.plate import WIDTH, map_plate, plate, room
from layouts.figures import hero
from layouts.format import moment
from layouts.map import drawing, sentence
from layouts.reports import lists, story, tables
from layouts.reports.notes import notes
from layouts.reports.words import date, filled, place_and_date, subject

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
         "XVIII", "XIX", "XX")  # fmt: skip
FIGURE_HEIGHT, TALL, CODE_WIDTH = 150.0, 190.0, 56.0  # pt; tall are those of a scale of three named levels
MAP_WIDTH, MAP_HEIGHT = 330.0, 226.0


def paper(draft: Draft, outlines: Outlines | None, address: str) -> Paper:
    """The whole paper; ``address`` leads to the same report on a screen."""
    return _Composer(draft, outlines, address).paper()


class _Composer:
    """Counts tables and figures while it goes through the sections."""

    def __init__(self, draft: Draft, outlines: Outlines | None, address: str) -> None:
        self.draft, self.outlines, self.address = draft, outlines, address
        self.language = draft.edition.language
        self.numbers = {"table": 0, "figure": 0}
        self.headings = 0
        self.slot = ""
        self.notes = set(draft.notes)
        self.writers: dict[type, Callable[[Any], Iterator[Block]]] = {
            HeadingPart: self.heading, TextPart: self.text, SummaryPart: self.summary, StoryPart: self.story,
            TablePart: self.table, SplitPart: self.split, FigurePart: self.figure, MapPart: self.map,
            EventsPart: self.events, LackingPart: self.lacking,
        }  # fmt: skip

    def paper(self) -> Paper:
        language, draft = self.language, self.draft
        return Paper(
            language, t(language, "report.kind"), subject(draft, language),
            self._letterhead(), tuple(self._blocks()), self._foot(),
            t(language, "report.warning") if draft.simulated else "", draft.made_at, draft.id,
        )  # fmt: skip

    def _letterhead(self) -> Letterhead:
        report, language = self.draft.edition.report, self.language
        return Letterhead(
            report.parent.get(language) if report.parent else "", report.issuer.get(language),
            t(language, "report.number", symbol=report.symbol), t(language, "report.country"),
            t(language, "report.motto"), place_and_date(report.place.get(language), self.draft.made_at, language),
        )  # fmt: skip

    def _foot(self) -> tuple[str, str]:
        named = dict.fromkeys(s.source.name.get(self.language) for result in self.draft.results for s in result.sources)
        as_of = max((r.stamp.as_of for r in self.draft.results if r.stamp.as_of), default=self.draft.made_at)
        left = t(
            self.language, "report.foot.sources", sources=lists.listed(tuple(named), self.language),
            as_of=moment(self.language, as_of, year=True), snapshot=self.draft.stamp.snapshot,
        )  # fmt: skip
        return left, t(self.language, "report.foot.id", id=self.draft.id)

    def _blocks(self) -> Iterator[Block]:
        report, language = self.draft.edition.report, self.language
        if report.opening:
            yield from self._paragraph("opening", filled(report.opening.get(language), self.draft, language))
        body = [section for section in report.sections if not section.annex]
        for place, section in enumerate(body):
            yield from self._section(place, section)
        if report.closing:
            text = filled(report.closing.get(language), self.draft, language)
            yield from self._paragraph("closing", t(language, "report.end", text=text.rstrip(".")))
        yield self._signature()
        yield self._origin()
        annexes = [section for section in report.sections if section.annex and self._wanted(section)]
        for place, section in enumerate(annexes):
            yield PageBreak()
            yield self._annex(section, ROMAN[place] if len(annexes) > 1 else "")
            yield from self._parts(len(body) + place, section)

    def _wanted(self, section: Section) -> bool:
        """Whether an annex has anything: one of figures that lack is left out where none does."""
        return any(not isinstance(part, LackingPart) for part in section.parts) or bool(lacking(self.draft))

    def _annex(self, section: Section, number: str) -> Annex:
        report, language = self.draft.edition.report, self.language
        attached = t(
            language, "report.annex.attached", symbol=report.symbol, date=date(self.draft.made_at, language),
            issuer=report.issuer.get(language),
        )  # fmt: skip
        title = t(language, "report.annex", number=number).strip()
        return Annex(title, section.heading.get(language), attached)

    def _section(self, place: int, section: Section) -> Iterator[Block]:
        yield Heading(f"{ROMAN[place]}. {section.heading.get(self.language).upper()}")
        yield from self._parts(place, section)

    def _parts(self, place: int, section: Section) -> Iterator[Block]:
        self.headings = 0
        for index, part in enumerate(section.parts):
            self.slot = f"{place + 1}.{index + 1}"
            for block in self.writers[type(part)](part):
                yield self._numbered(block)
        yield from self._notes(section)

    def _notes(self, section: Section) -> Iterator[Block]:
        """What people wrote about the KPIs of a section with a table, each once, the first ones of many."""
        if not any(isinstance(part, TablePart | SplitPart) for part in section.parts):
            return
        names = {name for part in section.parts for name in named(part)}
        kpis = {self.draft.kpis[name].id for name in names}
        here = [note for note in self.draft.notes if note.kpi in kpis and note in self.notes]
        self.notes.difference_update(here)
        yield from notes(here, self.draft, self.language)

    def _numbered(self, block: Block) -> Block:
        if isinstance(block, Table):
            return replace(block, number=self.numbers["table"])
        return replace(block, number=self.numbers["figure"]) if isinstance(block, Picture) else block

    def _paragraph(self, slot: str, text: str) -> Iterator[Paragraph]:
        """The words of the rules or those of staff; who emptied them wants no paragraph."""
        edit = self.draft.edits.get(slot)
        if edit != "":
            yield Paragraph(text, slot) if edit is None else Paragraph(edit, slot, edited=True)

    def heading(self, part: HeadingPart) -> Iterator[Block]:
        self.headings += 1
        yield Heading(f"{self.headings}. {part.heading.get(self.language)}", 2)

    def text(self, part: TextPart) -> Iterator[Block]:
        yield from self._paragraph(self.slot, filled(part.text.get(self.language), self.draft, self.language))

    def summary(self, part: SummaryPart) -> Iterator[Block]:
        yield from self._paragraph(self.slot, story.summary(self.draft, part.summary, self.language))

    def story(self, part: StoryPart) -> Iterator[Block]:
        for name, told in story.stories(self.draft, part.story, part.by, self.language):
            yield from self._paragraph(f"{self.slot}.{name}", told)

    def table(self, part: TablePart) -> Iterator[Block]:
        yield tables.indicators(self.draft, part.table, self._caption(part, "table"), self.language)

    def split(self, part: SplitPart) -> Iterator[Block]:
        result = self.draft.split(part.split, part.by)
        name = dimension(result.kpi, self.draft.catalogue, part.by, self.language)
        caption = self._caption(part, "table")
        yield tables.divided(self.draft, result, part.top, caption, name[:1].upper() + name[1:], self.language)

    def figure(self, part: FigurePart) -> Iterator[Block]:
        result = self.draft.drawn(part)
        high = TALL if len(result.kpi.status.words) > 2 else FIGURE_HEIGHT
        drawn = columns(result, self.language) if part.drawn == "bars" else hero(result, self.language, room=room(high))
        if drawn is None:
            yield Paragraph(self._bare(result))
            return
        notes = (
            (self._dashed(result),) if any(p.compare and p.compare.number is not None for p in result.points) else ()
        )
        yield Picture(self._caption(part, "figure"), plate(drawn, high), WIDTH, high, drawn.alt, notes)

    def map(self, part: MapPart) -> Iterator[Block]:
        result = self.draft.split(part.map, "area")
        parts = {one.key: one for one in result.parts}
        if not parts or self.outlines is None:
            yield Paragraph(self._bare(result))
            return
        high = MAP_HEIGHT
        svg = map_plate(drawing(result, parts, self.outlines, self.language), MAP_WIDTH, high)
        notes = (t(self.language, "report.note.schematic"), *self._dashes(result))
        caption = self._caption(part, "figure")
        yield Picture(caption, svg, MAP_WIDTH, high, sentence(result, parts, self.language), notes)

    def _dashes(self, result: KpiResult) -> Iterator[str]:
        """Why areas of a map have no number."""
        bare = dict.fromkeys(one.value.presence for one in result.parts if one.value.number is None)
        for presence in bare:
            yield t(self.language, "report.note.dash", why=t(self.language, f"report.why.{presence.value}"))

    def events(self, part: EventsPart) -> Iterator[Block]:
        table = lists.alerts if part.events == "alerts" else lists.days
        yield table(self.draft, self._caption(part, "table"), self.language)

    def lacking(self, part: LackingPart) -> Iterator[Block]:
        yield lists.lacks(self.draft, self._caption(part, "table"), self.language)

    def _caption(self, part: Any, kind: str) -> str:
        self.numbers[kind] = number = self.numbers[kind] + 1
        name = filled(part.name.get(self.language), self.draft, self.language)
        return t(self.language, f"report.{kind}", number=number, name=name)

    def _bare(self, result: KpiResult) -> str:
        name = result.kpi.name.get(self.language)
        return t(self.language, "report.bare", name=name, why=t(self.language, "report.why.missing"))

    def _dashed(self, result: KpiResult) -> str:
        against = t(self.language, f"report.against.{result.query.compare.value}")
        return t(self.language, "report.note.prev", against=against)

    def _signature(self) -> Signature:
        report, language = self.draft.edition.report, self.language
        signer = report.signer
        return Signature(
            t(language, "report.recipients"), tuple(f"- {one.get(language)}" for one in report.recipients),
            signer.authority.get(language) if signer.authority else "", signer.post.get(language).upper(),
            t(language, "report.signature"), signer.name,
        )  # fmt: skip

    def _origin(self) -> Origin:
        draft, language = self.draft, self.language
        text = t(
            language, "report.origin", id=draft.id, made_at=moment(language, draft.made_at, year=True),
            snapshot=draft.stamp.snapshot, address=self.address,
        )  # fmt: skip
        return Origin(code(self.address, CODE_WIDTH), CODE_WIDTH, text, self.address)
