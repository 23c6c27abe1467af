"""Tokens: one file, two themes, no colour left unresolved."""

from __future__ import annotations

import pytest

from layouts.tokens import parse, tokens


def test_light_and_dark_resolve_references() -> None:
    themes = parse(
        "/* --ink: red; */ :root{--river:#0F7C80;--gap:1rem}"
        ":root,[data-theme=light]{--accent:var(--river);--ink:#111}"
        "[data-theme=dark]{--ink:#EEE;--line:var(--ink)}"
    )
    assert dict(themes["light"]) == {"river": "#0F7C80", "gap": "1rem", "accent": "#0F7C80", "ink": "#111"}
    assert themes["dark"]["ink"] == "#EEE"
    assert themes["dark"]["line"] == "#EEE"
    assert themes["dark"]["accent"] == "#0F7C80"


def test_media_and_density_do_not_leak() -> None:
    themes = parse(
        ":root{--t-fast:120ms}@media (prefers-reduced-motion:reduce){:root{--t-fast:0ms}}"
        "[data-density=wall]{--t-fast:9s}"
    )
    assert themes["light"]["t-fast"] == "120ms"


@pytest.mark.parametrize("css", [":root{--a:var(--b)}", ":root{--a:var(--b);--b:var(--a)}"])
def test_a_reference_that_leads_nowhere_is_an_error(css: str) -> None:
    with pytest.raises(ValueError, match="token"):
        parse(css)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_product_tokens_are_complete(theme: str) -> None:
    values = tokens(theme)
    assert not [name for name, value in values.items() if "var(" in value]
    for name in (
        "ink",
        "ink-2",
        "ink-3",
        "surface",
        "line-grid",
        "data-now",
        "data-prev",
        "data-target",
        "sev-alert",
    ):
        assert values[name].startswith("#"), name
    assert tokens("light")["data-now"] != tokens("dark")["data-now"]
