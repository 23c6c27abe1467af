"""The walls of the house: who may import whom, where time, words and colours may stand."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from data.catalogue import LANGUAGES
from data.messages import messages

ROOT = Path(__file__).parents[1]
ROOMS = ("data", "layouts", "callbacks")
ABOVE = {"data": {"layouts", "callbacks", "app"}, "layouts": {"callbacks", "app"}, "callbacks": {"app"}}
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
SOURCES += [path for path in (ROOT / "app.py",) if path.is_file()]
LAYOUTS_MAY_USE = (
    "data.alerts.event", "data.areas", "data.calendar", "data.catalogue", "data.formula",
    "data.kpis.contribution", "data.kpis.query", "data.kpis.record", "data.outlook.river",
    "data.kpis.result", "data.kpis.rows", "data.kpis.sieve", "data.messages", "data.reports.draft",
    "data.reports.finding",
    "data.reports.period", "data.reports.record", "data.reports.change", "data.reports.note", "data.reports.order",
    "data.reports.pairs",
    "data.remarks.remark",
)  # fmt: skip
SHAPELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
UNDRAWN = "₂≤≥→▲▼Δ"  # the fonts have no such glyphs
CLOCK_CALLS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "monotonic"),
    ("time", "localtime"),
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything a file says, from the top."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))


@cache
def imports(path: Path) -> list[str]:
    """Dotted names a file imports, those inside functions included."""
    found: list[str] = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively; write the whole name"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def within(dotted: str, rooms: tuple[str, ...] | set[str]) -> bool:
    return any(dotted == room or dotted.startswith(room + ".") for room in rooms)


@cache
def strings(path: Path) -> list[tuple[int, str]]:
    """Every string in a file but its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_there_is_something_to_test():
    assert len(SOURCES) > 30
    assert {path.relative_to(ROOT).parts[0] for path in SOURCES} >= set(ROOMS)


def test_imports_never_run_back():
    found = [
        f"{name(path)} imports {dotted}"
        for path in SOURCES
        for dotted in imports(path)
        if within(dotted, ABOVE.get(path.relative_to(ROOT).parts[0], set()))
    ]
    assert not found, "\n".join(found)


def test_data_knows_no_screen():
    found = [
        f"{name(path)} imports {dotted}"
        for path in SOURCES
        if name(path).startswith("data/")
        for dotted in imports(path)
        if within(dotted, ("dash", "plotly", "flask"))
    ]
    assert not found, "\n".join(found)


WRITERS = {("layouts/documents/parquet.py", dotted) for dotted in ("pyarrow", "pyarrow.parquet")}
ARROW = ("pyarrow", "pyarrow.compute", "pyarrow.csv", "pyarrow.parquet")
WRITERS |= {("layouts/documents/rows.py", dotted) for dotted in ARROW}
WRITERS |= {("layouts/documents/book.py", dotted) for dotted in ("pyarrow", "pyarrow.compute")}


def test_layouts_take_values_only():
    found = [
        f"{name(path)} imports {dotted}"
        for path in SOURCES
        if name(path).startswith("layouts/")
        for dotted in imports(path)
        if (within(dotted, ("duckdb", "sqlalchemy", "pyarrow", "flask")) and (name(path), dotted) not in WRITERS)
        or (within(dotted, ("data",)) and not within(dotted, LAYOUTS_MAY_USE))
    ]
    assert not found, "\n".join(found)


def test_what_layouts_use_leads_to_no_store():
    seen: set[Path] = set()
    open_ = [path for path in SOURCES if name(path).startswith("layouts/")]
    while open_:
        path = open_.pop()
        if path in seen:
            continue
        seen.add(path)
        for dotted in imports(path):
            assert not within(dotted, ("duckdb", "sqlalchemy", "data.store")), f"{name(path)} imports {dotted}"
            parts = dotted.split(".")
            steps = (ROOT.joinpath(*parts[:n]) for n in range(1, len(parts) + 1))
            open_ += [
                file for step in steps for file in (step.with_suffix(".py"), step / "__init__.py") if file.is_file()
            ]
    assert ROOT / "data" / "catalogue" / "kpi.py" in seen


@pytest.mark.parametrize("library", ["pandas", "numpy", "geopandas"])
def test_heavy_libraries_stay_out(library):
    assert not [name(path) for path in SOURCES for dotted in imports(path) if within(dotted, (library,))]


STATE = (
    "data/state/",
    "data/accounts/",
    "data/audit/",
    "data/signin/",
    "data/workspaces/",
    "data/remarks/",
    "data/alerts/",
    "data/walls/screens.py",
    "data/walls/hands.py",
    "data/exercises/",
    "data/reports/papers.py",
    "data/reports/orders.py",
)


def test_only_the_store_the_planner_and_the_state_know_sql():
    found = [
        f"{name(path)} imports {dotted}"
        for path in SOURCES
        if not name(path).startswith(("data/store/", "data/kpis/", "data/sources/", *STATE))
        for dotted in imports(path)
        if within(dotted, ("duckdb", "sqlalchemy"))
    ]
    assert not found, "\n".join(found)


def test_files_and_functions_are_named_after_things():
    found = [name(path) for path in ROOT.rglob("*.py") if ".venv" not in path.parts and path.stem in SHAPELESS]
    for path in SOURCES:
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                words = set(re.sub("([A-Z])", r"_\1", node.name).lower().split("_"))
                found += [f"{name(path)}:{node.lineno} {node.name}"] if words & SHAPELESS else []
    assert not found, "\n".join(found)


def test_only_the_clock_asks_for_the_time():
    found = []
    for path in SOURCES:
        if name(path) == "data/clock/clock.py":
            continue
        for node in nodes(path):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
                owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                if (owner, node.attr) in CLOCK_CALLS:
                    found.append(f"{name(path)}:{node.lineno} {owner}.{node.attr}")
        found += [f"{name(path)} imports {d}" for d in imports(path) if d in ("time.time", "time.monotonic")]
    assert not found, "\n".join(found)


def test_nothing_is_swallowed():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert not found, "\n".join(found)


def test_colours_stand_in_the_tokens_only():
    found = [f"{name(path)}:{line} {text}" for path in SOURCES for line, text in strings(path) if HEX.search(text)]
    for path in sorted((ROOT / "assets").rglob("*")):
        ours = path.name != "tokens.css" and path.parent.name != "plotly"
        if path.suffix in (".css", ".js") and ours:
            text = re.sub(r"url\([^)]*\)", "", path.read_text(encoding="utf-8"))
            found += [f"{name(path)} {colour}" for colour in HEX.findall(text)]
    assert not found, "\n".join(found)


def test_nothing_is_styled_in_place():
    found = [
        f"{name(path)}:{node.value.lineno}"
        for path in SOURCES
        if not name(path).startswith("data/")
        for node in nodes(path)
        if isinstance(node, ast.keyword) and node.arg == "style"
    ]
    found += [f"{name(path)}:{line}" for path in SOURCES for line, text in strings(path) if " style=" in text]
    assert not found, "\n".join(found)


def test_both_languages_say_the_same_things():
    vi, en = (messages(language) for language in LANGUAGES)
    assert set(vi) == set(en)
    assert {key for key, text in vi.items() if not text} == {key for key, text in en.items() if not text}
    # Dates and ordinals are put together differently; everything else fills the same holes.
    found = [key for key in vi if not key.startswith("format.") and holes(vi[key]) != holes(en[key])]
    assert not found, found


def holes(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)", text))


def test_every_message_can_be_drawn():
    found = [key for language in LANGUAGES for key, text in messages(language).items() if set(text) & set(UNDRAWN)]
    assert not found


@cache
def spoken() -> tuple[frozenset[str], tuple[re.Pattern, ...]]:
    """Every string of the code, and a pattern for every f-string that starts with a word and a dot."""
    words, patterns = set(), []
    for path in SOURCES:
        words |= {text for _, text in strings(path)}
        for node in nodes(path):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else ".+" for v in node.values]
                if re.match(r"[a-z_]+\\\.", parts[0]):
                    patterns.append(re.compile("".join(parts)))
    return frozenset(words), tuple(patterns)


def test_every_message_is_used():
    words, patterns = spoken()
    found = [key for key in messages("vi") if key not in words and not any(p.fullmatch(key) for p in patterns)]
    assert not found, found


def test_every_key_asked_for_exists():
    known = messages("vi")
    found = []
    for path in SOURCES:
        for node in nodes(path):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "t"
                and len(node.args) > 1
            ):
                continue
            key = node.args[1]
            keys = [key.body, key.orelse] if isinstance(key, ast.IfExp) else [key]
            for one in keys:
                if isinstance(one, ast.Constant) and one.value not in known:
                    found.append(f"{name(path)}:{node.lineno} {one.value}")
    assert not found, "\n".join(found)
