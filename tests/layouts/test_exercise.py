"""The mark of an exercise: over the whole screen, drawn and no background, and all under it stays readable."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import product
from pathlib import Path

import pytest
from dash import html

from layouts.html import render
from layouts.tokens import tokens
from layouts.wall.exercise import marked
from tests.kpis.delivered import hoian

ROOT = Path(__file__).parents[2]
CSS = (ROOT / "assets" / "wall_exercise.css").read_text(encoding="utf-8")
EXERCISE = hoian().exercises["flood_2025_10"]
AT = datetime(2025, 10, 29, 18, 0)
READ = 4.5  # WCAG 2.2 AA for text of any size
PAIRS = [
    *product(("ink", "ink-2", "ink-3"), ("bg", "surface", "surface-2")),
    *((f"sev-{name}-ink", ground) for name in ("ok", "watch", "alert", "emerg", "stale")
      for ground in ("surface", f"sev-{name}-tint")),
    *((f"sev-{name}-on", f"sev-{name}") for name in ("watch", "alert", "emerg")),
    ("ink", "sev-alert-tint"), ("ink-2", "sev-alert-tint"), ("ink", "sev-emerg-tint"), ("ink-2", "sev-emerg-tint"),
    ("map-label", "map-land"),
]  # fmt: skip


def colour(text: str) -> tuple[float, ...]:
    text = "".join(2 * digit for digit in text[1:]) if len(text) == 4 else text[1:]
    return tuple(int(text[place : place + 2], 16) for place in (0, 2, 4))


def over(mark: str, ground: tuple[float, ...]) -> tuple[float, ...]:
    red, green, blue, share = (float(part) for part in re.findall(r"[\d.]+", mark))
    return tuple(share * top + (1 - share) * below for top, below in zip((red, green, blue), ground, strict=True))


def light(shown: tuple[float, ...]) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [part / 255 for part in shown]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def rule(name: str) -> str:
    """What the style sheet says of a class."""
    (found,) = re.findall(rf"^\.{name}\{{([^}}]*)\}}", CSS, re.MULTILINE)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_under_the_mark_keeps_its_contrast(theme) -> None:
    """A letter of the mark may lie over a glyph, over its ground, or over both."""
    held = dict(tokens(theme))
    for name, stronger in re.findall(r"--([a-z0-9-]+):var\(--([a-z0-9-]+)\)", rule("exercised")):
        held[name] = held[stronger]
    wrong = {}
    for ink, ground in PAIRS:
        text, below = colour(held[ink]), colour(held[ground])
        ways = [(over(held["exercise-mark"], text), below), (text, over(held["exercise-mark"], below))]
        ways.append((ways[0][0], ways[1][1]))
        worst = min(contrast(*way) for way in ways)
        if worst < min(READ, contrast(text, below)):
            wrong[ink, ground] = round(worst, 2)
    assert not wrong
    assert contrast(colour(held["exercise-on"]), colour(held["exercise"])) >= 7
    bare = contrast(over(held["exercise-mark"], colour(held["surface"])), colour(held["surface"]))
    assert bare >= 1.15  # it is seen


@pytest.mark.parametrize(("language", "word", "said"), [
    ("vi", "DIỄN TẬP", "Lũ tháng 10/2025 · 29/10/2025 18:00 theo kịch bản · nhanh gấp 240 lần"),
    ("en", "EXERCISE", "Flood of October 2025 · 29 Oct 2025 18:00 of the script · 240 times as fast"),
])  # fmt: skip
def test_a_scene_is_marked_in_words_and_over_all_of_it(language, word, said) -> None:
    text = render(marked(html.Section("scene"), EXERCISE, AT, 240, "flood", language)).replace("\u00a0", " ")
    assert said in text and text.count(word) > 10
    assert f">{word}</text>" in text and 'fill="url(#mark-flood)"' in text
    assert text.startswith('<div class="exercised"><section>scene</section>')


def test_the_mark_reaches_the_edges_and_is_no_background() -> None:
    mark = rule("exercise-mark")
    assert "calc(-1*var(--safe-y)" in mark and "calc(-1*var(--safe-x)" in mark and "pointer-events:none" in mark
    assert "background" not in mark
