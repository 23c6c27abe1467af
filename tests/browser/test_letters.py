"""Every letter a reader may be shown is in the fonts that are shipped, none is borrowed from the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.messages import messages
from tests.browser.conftest import Opens
from tests.browser.town import Site

SHOW = """text => {
  const node = document.createElement('p');
  node.id = 'letters';
  node.textContent = text;
  document.body.appendChild(node);
  return document.fonts.ready.then(() => true);
}"""


def letters(pack: Path) -> str:
    """Those of all messages and of the whole pack."""
    said = [text for language in ("vi", "en") for text in messages(language).values()]
    written = [path.read_text(encoding="utf-8") for path in sorted(pack.rglob("*.yaml"))]
    return "".join(sorted({letter for text in [*said, *written] for letter in text if letter.isprintable()} - {" "}))


@pytest.mark.parametrize("path", ["/", "/wall/hall"])
def test_no_letter_is_borrowed(site: Site, visits: Opens, pack_folder: Path, path: str) -> None:
    page = visits(site.url).page
    page.goto(site.url + path)
    known = letters(pack_folder)
    assert len(known) > 150 and "ỹ" in known and "Đ" in known
    page.evaluate(SHOW, known)
    page.wait_for_timeout(300)
    channel = page.context.new_cdp_session(page)
    for method in ("DOM.enable", "CSS.enable"):
        channel.send(method)
    root = channel.send("DOM.getDocument")["root"]["nodeId"]
    node = channel.send("DOM.querySelector", {"nodeId": root, "selector": "#letters"})["nodeId"]
    fonts = channel.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    borrowed = {one["familyName"]: one["glyphCount"] for one in fonts if not one["isCustomFont"]}
    assert fonts and not borrowed, f"{borrowed} of {known}"
