"""Rendering: a draft as the kinds of file there are. The libraries that write them are brought when they write.

What several files share, the paper and its pictures, is made once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from data.areas.outline import Outlines
from data.catalogue.report import FigurePart, Format, MapPart
from data.kpis.result import KpiResult
from data.reports.draft import Draft
from layouts.documents.blocks import Paper, Picture
from layouts.documents.facts import Document
from layouts.reports.annex import annex
from layouts.reports.deck import deck
from layouts.reports.paper import paper

KINDS: tuple[str, ...] = Format.__args__  # type: ignore[attr-defined]
PACKED = ("png", "svg")  # every figure a file, all of them in one ZIP
MAPPED = ("geojson", "gpkg")


class NothingDrawn(Exception):
    """A file of maps or figures of a report that has none; says so."""


@dataclass(frozen=True)
class Rendering:
    """A draft that becomes files; the same draft and address give the same bytes."""

    draft: Draft
    outlines: Outlines | None
    address: str

    def file(self, kind: str) -> bytes:
        """The whole file of one of KINDS; KeyError for another, NothingDrawn where there is nothing to draw."""
        writers: dict[str, Callable[[], bytes]] = {
            "pdf": self._pdf, "docx": self._docx, "xlsx": self._xlsx, "pptx": self._pptx, "parquet": self._parquet,
            "csv": self._csv, "geojson": self._geojson, "gpkg": self._gpkg, "png": self._png, "svg": self._svg,
        }  # fmt: skip
        return writers[kind]()

    @cached_property
    def paper(self) -> Paper:
        """The draft as a paper."""
        return paper(self.draft, self.outlines, self.address)

    @cached_property
    def annex(self) -> Document:
        """The numbers of the draft."""
        return annex(self.draft, self.address)

    @property
    def illustrated(self) -> Paper:
        """The paper, if it has figures or maps; NothingDrawn where it has none."""
        if not any(isinstance(block, Picture) for block in self.paper.blocks):
            raise NothingDrawn(f"report '{self.draft.edition.report.id}' has no figure; ask for pdf, or csv")
        return self.paper

    def _pdf(self) -> bytes:
        from layouts.documents.pdf import pdf

        return pdf(self.paper)

    def _docx(self) -> bytes:
        from layouts.documents.word import word

        return word(self.paper)

    def _xlsx(self) -> bytes:
        from layouts.documents.workbook import workbook

        return workbook(self.annex)

    def _pptx(self) -> bytes:
        from layouts.documents.slides import slides

        return slides(deck(self.draft))

    def _parquet(self) -> bytes:
        from layouts.documents.parquet import parquet

        return parquet(self.annex)

    def _csv(self) -> bytes:
        from layouts.documents.separated import separated

        return separated(self.annex)

    @property
    def mapped(self) -> list[KpiResult]:
        """The answers its maps show, each indicator once; NothingDrawn where it has no map."""
        parts = [part for section in self.draft.edition.report.sections for part in section.parts]
        found = {part.map: self.draft.split(part.map, "area") for part in parts if isinstance(part, MapPart)}
        if not found or self.outlines is None:
            raise NothingDrawn(f"report '{self.draft.edition.report.id}' has no map; ask for pdf, or csv")
        return list({one.kpi.id: one for one in found.values()}.values())

    def _geojson(self) -> bytes:
        from layouts.documents.geojson import geojson

        return geojson(self.annex, self.outlines or Outlines(), self.mapped).encode()

    def _gpkg(self) -> bytes:
        from layouts.documents.geopackage import geopackage

        return geopackage(self.annex, self.outlines or Outlines(), self.mapped)

    def _png(self) -> bytes:
        from layouts.documents.figures import pictures

        return pictures(self.illustrated)

    def _svg(self) -> bytes:
        from layouts.documents.figures import vectors

        return vectors(self.illustrated)


def kinds(draft: Draft, outlines: Outlines | None) -> tuple[str, ...]:
    """The kinds of file a draft can become."""
    parts = [part for section in draft.edition.report.sections for part in section.parts]
    mapped = outlines is not None and any(isinstance(part, MapPart) for part in parts)
    drawn = mapped or any(isinstance(part, FigurePart) for part in parts)
    left_out = (() if mapped else MAPPED) + (() if drawn else PACKED)
    return tuple(kind for kind in KINDS if kind not in left_out)


def suffix(kind: str) -> str:
    """How the name of a file of a kind ends."""
    return f"{kind}.zip" if kind in PACKED else kind
