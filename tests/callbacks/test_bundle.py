"""Bundles: every sheet and script a page needs, once, under an address that changes with them."""

from __future__ import annotations

import re
from pathlib import Path

import flask
import pytest

from callbacks.bundle import APART, ASSETS, KINDS, bundle, register


@pytest.fixture
def client():
    server = flask.Flask("bundles")
    register(server)
    return server.test_client()


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_in_it_in_the_order_of_names_but_what_is_fetched_by_name(kind):
    held, place = bundle(kind).body.decode(), 0
    for path in sorted(ASSETS.glob(f"*.{kind}")):
        at = held.find(path.read_text())
        if path.name.startswith(APART):
            assert at < 0, path.name
        else:
            assert at >= place, path.name
            place = at


def test_another_content_has_another_address(tmp_path: Path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, text in ((one, "a{}"), (other, "b{}")):
        folder.mkdir()
        (folder / "a.css").write_text(text)
    assert bundle("css", one).address != bundle("css", other).address


def test_a_version_is_kept_for_a_year_and_what_names_none_is_asked_for_again(client):
    kept = client.get(bundle("js").address)
    assert "immutable" in kept.headers["Cache-Control"] and kept.mimetype == "text/javascript"
    assert client.get("/assets/lantern.js").headers["Cache-Control"] == "no-cache"
    assert client.get("/assets/lantern.js", headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304
    assert client.get("/assets/lantern.txt").status_code == 404


def test_a_script_of_it_cannot_run_into_the_next():
    for path in ASSETS.glob("*.js"):
        assert re.search(r"\}\)\(\);\s*$", path.read_text()), path.name
