"""A corpus of spoilt packs: every key of every kind of entry, missing, misspelt or of the wrong type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.catalogue import CatalogueError, Problem, load
from tests.catalogue.pack import FILES, write

NONSENSE = {"nonsense": [1, {"deep": None}]}
LEAST = 120
MAY_BE_EMPTY = {("areas", "parent")}  # an area may lie in none
Case = tuple[str, int, str, str]


def entries(file: str) -> Any:
    """What a file of the small pack says."""
    return yaml.safe_load(FILES[file])


def cases() -> Iterator[Case]:
    """(file, entry, key, defect) of everything that can be spoilt at the top of an entry."""
    for file in FILES:
        said = entries(file)
        for index, entry in enumerate([said] if isinstance(said, dict) else said):
            for key in entry:
                yield file, index, key, "nonsense"
                if (file, key) not in MAY_BE_EMPTY:
                    yield file, index, key, "null"
                yield file, index, key, "misspelt"


CASES = list(cases())


def spoilt(file: str, index: int, key: str, defect: str) -> str:
    """The file with one defect."""
    said = entries(file)
    entry = said if isinstance(said, dict) else said[index]
    value = entry.pop(key)
    if defect == "misspelt":
        entry[f"{key}x"] = value
    else:
        entry[key] = NONSENSE if defect == "nonsense" else None
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False)


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(CatalogueError) as refused:
        load(folder)
    return refused.value.problems


def test_the_corpus_is_large_enough() -> None:
    assert len(CASES) >= LEAST


@pytest.mark.parametrize(("file", "index", "key", "defect"), CASES)
def test_a_spoilt_entry_is_refused_with_file_and_line(
    tmp_path: Path, file: str, index: int, key: str, defect: str
) -> None:
    text = spoilt(file, index, key, defect)
    found = [problem for problem in problems(write(tmp_path, **{file: text})) if problem.file == f"{file}.yaml"]
    assert found
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines and problem.message for problem in found)
    if defect == "misspelt":
        assert [problem for problem in found if f"{key}x" in problem.message], found


@pytest.mark.parametrize("file", [file for file in FILES if file != "city"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("just words\n", "list of entries"),
        ("- id: [\n", ""),
        ("- &a {id: x}\n- *a\n", "anchor"),
        ("- id: x\n  id: y\n", "twice"),
        ("\t- id: x\n", ""),
    ],
)
def test_a_file_that_is_no_list_of_entries_is_said(tmp_path: Path, file: str, text: str, said: str) -> None:
    folder = write(tmp_path, **{file: text})
    found = problems(folder)
    assert found
    if said:
        assert any(problem.file == f"{file}.yaml" and said in problem.message for problem in found), found
