"""The typesetter: Typst on a fixed template, with our own letters and nothing of the machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from layouts.documents.ink import ASSETS

FOLDER = Path(__file__).parent
FONTS = ASSETS / "fonts"
DENSITY = 300.0  # dots per inch of a picture in print


class TypesetError(Exception):
    """A paper that cannot be set; says where the template stumbled and what to do."""


def typeset(template: str, inputs: dict[str, Any], at: datetime | None = None, **given: Any) -> Any:
    """What Typst makes of ``template`` and the ``inputs``, each handed over as JSON; TypesetError."""
    import typst  # 20 MB that a page never needs

    stamp = {} if at is None else {"timestamp": int(at.replace(tzinfo=UTC).timestamp())}
    told = {key: json.dumps(value, ensure_ascii=False) for key, value in inputs.items()}
    try:
        return typst.compile(
            str(FOLDER / template), root=str(FOLDER), font_paths=[str(FONTS)], ignore_system_fonts=True,
            sys_inputs=told, **stamp, **given,
        )  # fmt: skip
    except RuntimeError as error:  # of Typst, and of a template that is not there
        remedy = "take csv or xlsx meanwhile, and report this with the report, its period and these words"
        raise TypesetError(f"{template} cannot be set: {error}; {remedy}") from error


def rasters(drawings: Sequence[tuple[str, float, float]]) -> list[bytes]:
    """Each SVG of (width, height) pt as PNG at DENSITY, in order."""
    if not drawings:
        return []
    told = [{"svg": svg, "width": width, "height": height} for svg, width, height in drawings]
    made = typeset("pictures.typ", {"pictures": told}, format="png", ppi=DENSITY)
    return [made] if isinstance(made, bytes) else list(made)
