"""Writing as departments do."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from data.simulator import files

LETTERS = "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
TONED = "".join(
    unicodedata.normalize("NFC", letter + tone) for letter in LETTERS for tone in files.TONES if letter not in "đĐ"
)


@given(st.text(alphabet=LETTERS + TONED + " ,;0123456789-"))
def test_vietnamese_survives_cp1258(text: str) -> None:
    decoded = files.encode(text, "cp1258").decode("cp1258")
    assert unicodedata.normalize("NFC", decoded) == unicodedata.normalize("NFC", text)


def test_a_whole_file_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "new/file.csv"
    files.write(path, b"one")
    files.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file.csv"]


def test_a_live_file_starts_with_its_heading_once(tmp_path: Path) -> None:
    path = tmp_path / "live.csv"
    files.append(path, "a,b", ["1,2"])
    files.append(path, "a,b", ["3,4", "5,6"])
    files.append(path, "a,b", [])
    assert path.read_text() == "a,b\n1,2\n3,4\n5,6\n"


def test_nothing_to_add_makes_no_file(tmp_path: Path) -> None:
    files.append(tmp_path / "live.csv", "a,b", [])
    assert not (tmp_path / "live.csv").exists()
