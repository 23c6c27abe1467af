"""What an address asks is read, or left alone where it asks too much."""

from __future__ import annotations

from callbacks.search import LONGEST, MOST, terms


def test_the_first_value_of_every_key_counts():
    assert terms("?q=c%E1%BA%A7u+an&domain=x&q=other&empty=") == {"q": "cầu an", "domain": "x"}
    assert terms("") == terms("?") == {}


def test_an_address_that_asks_too_much_asks_nothing():
    assert terms("?" + "&".join(["a=1"] * MOST)) == {"a": "1"}
    assert terms("?" + "&".join(["a=1"] * (MOST + 1))) == {}
    assert terms("?q=" + "x" * LONGEST) == {}
