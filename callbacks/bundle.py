"""Bundles: the style sheets and the scripts every page needs as one file each, so that a first visit asks for two."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import flask

ASSETS = Path(__file__).parents[1] / "assets"
KINDS = {"css": "text/css", "js": "text/javascript"}
APART = ("theme", "start", "wall", "remote")  # first letters of those fetched where they are needed, by name
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files of one kind in the order of their names, and the ``version`` that changes with any of them."""

    kind: str
    body: bytes
    version: str

    @property
    def address(self) -> str:
        """Where it is fetched from, beside the fonts its sheets name; another version has another address."""
        return f"/assets/lantern.{self.kind}?m={self.version}"


@cache
def bundle(kind: str, folder: Path = ASSETS) -> Bundle:
    """The bundle of a kind, ``css`` or ``js``, read once."""
    paths = sorted(path for path in folder.glob(f"*.{kind}") if not path.name.startswith(APART))
    body = b"\n".join(path.read_bytes() for path in paths)
    return Bundle(kind, body, hashlib.sha256(body).hexdigest()[:12])


def register(server: flask.Flask) -> None:
    """Serve both; a browser keeps the version it was told of."""
    held: Mapping[str, Bundle] = {kind: bundle(kind) for kind in KINDS}

    @server.get("/assets/lantern.<any(css,js):kind>", endpoint="bundle")
    def send(kind: str) -> flask.Response:
        found = held[kind]
        lasting = flask.request.args.get("m") == found.version
        headers = {"Cache-Control": f"public, max-age={YEAR}, immutable" if lasting else "no-cache"}
        response = flask.Response(found.body, mimetype=KINDS[kind], headers=headers)
        response.set_etag(found.version)
        return response.make_conditional(flask.request)
