"""The emblem stands alone: it is drawn where no style sheet reaches."""

from __future__ import annotations

from xml.etree import ElementTree

from layouts.emblem import emblem


def test_it_is_a_small_drawing_that_asks_for_nothing() -> None:
    root = ElementTree.fromstring(emblem())
    assert root.attrib["viewBox"] == "0 0 24 24"
    assert not [node for node in root.iter() if any("href" in name or name == "class" for name in node.attrib)]
    assert len(emblem().encode()) < 1000
