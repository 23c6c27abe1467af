"""The naive page is what ours is measured against: a change to it would move every ratio."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from tests.bench.changing import FROZEN


def test_the_naive_page_is_the_one_that_was_measured():
    source = Path(__file__).with_name("naive.py").read_bytes()
    assert sha256(source).hexdigest() == FROZEN
