"""Barriers: what axe-core, which knows the rules of WCAG 2.2 AA, finds in a page that would keep somebody out.

Two rules take most of its time: the contrast of every word, which is held elsewhere for every token, and how near
targets lie to each other, which pages are asked in turn. `make torture` asks every page everything.
"""

from __future__ import annotations

from importlib import resources

from playwright.sync_api import Page

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ASKED = """async ([levels, rules]) => {
  const found = await axe.run(document, {
    resultTypes: ['violations'], runOnly: {type: 'tag', values: levels}, rules,
  });
  return found.violations.filter(({impact}) => impact === 'serious' || impact === 'critical').flatMap(({id, nodes}) =>
    nodes.slice(0, 5).map(({target, any, all}) =>
      `${id} ${target.join(' ')}: ${[...any, ...all].map((one) => one.message)}`));
}"""


def barriers(page: Page, contrast: bool = False, targets: bool = True) -> list[str]:
    """Every serious or critical fault, by rule and element. Asked from outside, so that the page's own policy, which
    runs no script but ours, stays as it is."""
    page.evaluate(AXE)
    rules = {"color-contrast": {"enabled": contrast}, "target-size": {"enabled": targets}}
    return page.evaluate(ASKED, [LEVELS, rules])
