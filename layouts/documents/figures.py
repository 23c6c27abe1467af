"""The figures of a paper as files of their own, at the size and with the marks they are printed with, in one ZIP."""

from __future__ import annotations

import struct
import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import crc32

from layouts.documents.blocks import Paper, Picture
from layouts.documents.letters import legible
from layouts.documents.sealed import EPOCH, UNIX
from layouts.documents.typesetter import DENSITY, rasters
from layouts.tokens import tokens

FACES = "Tinos,'Times New Roman','Liberation Serif',serif"  # of one width, for machines without ours
HEAD, METRE = 33, 1  # bytes of a PNG until its head ends; the unit of what it says of its size
LINE, LETTERS, EDGE = 12.0, 92, 4.0  # pt of a line below the figure, letters of one, pt beside it


def drawn(paper: Paper) -> list[tuple[str, float, float]]:
    """Each figure as SVG with its caption, the name of the paper and its warning; width and height in pt."""
    told = legible(paper)
    return [_sheet(block, told) for block in told.blocks if isinstance(block, Picture)]


def vectors(paper: Paper) -> bytes:
    """A ZIP of SVG files."""
    return _packed((f"figure_{n:02d}.svg", svg.encode()) for n, (svg, *_) in enumerate(drawn(paper), 1))


def pictures(paper: Paper) -> bytes:
    """A ZIP of PNG files at 300 dpi."""
    return _packed((f"figure_{n:02d}.png", sized(one)) for n, one in enumerate(rasters(drawn(paper)), 1))


def sized(picture: bytes) -> bytes:
    """A PNG that says how large it is to be printed (PNG specification, 11.3.5.3), right after its head."""
    told = b"pHYs" + struct.pack(">IIB", *(round(DENSITY / 0.0254),) * 2, METRE)
    return picture[:HEAD] + struct.pack(">I", 9) + told + struct.pack(">I", crc32(told)) + picture[HEAD:]


def _sheet(block: Picture, paper: Paper) -> tuple[str, float, float]:
    lines = [(line, "strong") for line in textwrap.wrap(block.caption, LETTERS)]
    lines += [(line, "") for note in (*block.notes, paper.foot[1]) for line in textwrap.wrap(note, LETTERS)]
    lines += [(paper.warning, "strong")] if paper.warning else []
    high = block.height + LINE * (len(lines) + 0.5)
    ink, ground = tokens("light")["sev-outline"], tokens("light")["surface"]
    told = "".join(_line(text, kind, block.height + LINE * n) for n, (text, kind) in enumerate(lines, 1))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {block.width:g} {high:g}" width="{block.width:g}pt" '
        f'height="{high:g}pt" role="img" lang="{paper.language}"><title>{escape(block.caption)}</title>'
        f"<desc>{escape(block.alt)}</desc><style>.said{{font-family:{FACES};font-size:9.5px;fill:{ink}}}"
        f'.said.strong{{font-weight:700}}</style><rect width="100%" height="100%" fill="{ground}"/>'
        f"{_inner(block)}{told}</svg>"
    )
    return svg.replace("font-family:Tinos;", f"font-family:{FACES};"), block.width, high


def _inner(block: Picture) -> str:
    """The figure within the sheet: a drawing of its own, in the units of the sheet."""
    size = f'width="{block.width:g}pt" height="{block.height:g}pt"'
    return block.svg.replace(size, f'width="{block.width:g}" height="{block.height:g}"', 1)


def _line(text: str, kind: str, at: float) -> str:
    return f'<text class="said {kind}" x="{EDGE:g}" y="{at:g}">{escape(text)}</text>'


def _packed(files: Iterator[tuple[str, bytes]] | Sequence[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as target:
        for name, content in files:
            told = ZipInfo(name, EPOCH)
            told.compress_type = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED
            told.create_system, told.external_attr = UNIX, 0o600 << 16
            target.writestr(told, content)
    return out.getvalue()
