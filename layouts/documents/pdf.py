"""A paper as PDF: typeset from a fixed template, tagged (PDF/UA-1), with our own letters embedded.

The same paper gives the same bytes: nothing of the machine, its fonts, its clock or its language goes in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from io import BytesIO
from typing import Any

from layouts.documents.blocks import Paper
from layouts.documents.letters import shown
from layouts.documents.typesetter import typeset

STANDARD = "ua-1"
POINTS = 72  # of an inch


def pdf(paper: Paper) -> bytes:
    """The whole file."""
    return typeset("paper.typ", {"paper": described(paper)}, paper.made_at, format="pdf", pdf_standards=STANDARD)


def pages(paper: Paper, density: float) -> list[bytes]:
    """Every page as PNG, ``density`` dots per inch, to be looked at before it is printed."""
    made = typeset("paper.typ", {"paper": described(paper)}, paper.made_at, format="png", ppi=density)
    return [made] if isinstance(made, bytes) else list(made)


def printed(content: bytes, density: float) -> Iterator[bytes]:
    """Every page of a PDF that was made before as PNG: what it holds, whatever the template is by now."""
    from pypdfium2 import PdfDocument  # a page never needs it

    with closing(PdfDocument(content)) as book:
        for page in book:
            out = BytesIO()
            page.render(scale=density / POINTS).to_pil().save(out, "png")
            yield out.getvalue()


def described(paper: Paper) -> dict[str, Any]:
    """The paper as the template reads it: every block with its type, the date as numbers."""
    at = paper.made_at
    blocks = [{"type": type(block).__name__} | asdict(block) for block in paper.blocks]
    date = [at.year, at.month, at.day, at.hour, at.minute, at.second]
    return shown(asdict(paper) | {"blocks": blocks, "date": date, "made_at": None})
