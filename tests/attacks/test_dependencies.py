"""What comes from others: the locks, and the script that was published."""

from __future__ import annotations

import hashlib
import re
from importlib import metadata

import pytest

from layouts.plotly import SCRIPT
from tests.test_architecture import ROOT

LOCKS = ("requirements.lock", "requirements-test.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_one_version_with_hashes_from_nowhere_in_particular(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index|--find-links|--extra-index", text)
    packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all(re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", line, re.I) for line in packages)
    assert text.count("--hash=sha256:") >= len(packages)


def test_a_script_of_others_is_the_one_that_was_published():
    (script,) = (ROOT / "assets" / "plotly").glob("*.js")
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert SCRIPT.endswith(script.name)
    assert hashlib.sha256(script.read_bytes()).hexdigest() in told


def test_what_is_installed_is_what_is_locked():
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (ROOT / "requirements.lock").read_text(), re.M))
    installed = {dist.metadata["Name"].lower().replace("_", "-"): dist.version for dist in metadata.distributions()}
    wrong = {
        name: (version, installed[name]) for name, version in locked.items() if installed.get(name, version) != version
    }
    assert wrong == {}
    assert {"dash", "duckdb", "flask"} <= locked.keys() & installed.keys()
