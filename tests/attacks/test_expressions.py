"""Regular expressions: none of ours takes a time that explodes with what it reads."""

from __future__ import annotations

import ast
import re
from re import _constants as constants
from re import _parser as parser

import pytest

from tests.test_architecture import ROOT, nodes

ROOMS = ("callbacks", "commands", "data", "layouts")
CALLS = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)


def expressions() -> list[tuple[str, str]]:
    """Every pattern written as a literal, with its place."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in nodes(path):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                    continue
                named = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                if named and node.func.attr in CALLS and isinstance(node.args[0], ast.Constant):
                    found.append((f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0].value))
    return found


def test_no_repeat_lies_inside_another_that_may_read_the_same():
    """Time explodes where the same text may be shared out between two unbounded repeats in many ways."""
    found = expressions()
    assert len(found) > 15
    assert not [f"{place}: {pattern}" for place, pattern in found if nested(parser.parse(pattern), False)]


def nested(parts: object, inside: bool) -> bool:
    """Whether an unbounded repeat stands at the edge of what another one repeats."""
    for code, given in parts:
        if code in REPEATS:
            _, high, body = given
            endless = high is constants.MAXREPEAT
            if endless and inside and not _fenced(parts):
                return True
            if nested(body, inside or endless):
                return True
        elif (code is constants.SUBPATTERN and nested(given[3], inside)) or (
            code is constants.BRANCH and any(nested(branch, inside) for branch in given[1])
        ):
            return True
    return False


def _fenced(parts: object) -> bool:
    """Whether what is repeated begins or ends with something fixed, which says where each turn ends."""
    codes = [code for code, _ in parts]
    return len(codes) > 1 and any(code in (constants.LITERAL, constants.NOT_LITERAL) for code in (codes[0], codes[-1]))


@pytest.mark.parametrize("bad", [r"(a+)+b", r"(a*)*", r"(\w+)*x", r"([a-z]+|\d+)+!", r"((ab)*)*"])
def test_what_explodes_is_found(bad):
    assert nested(parser.parse(bad), False)


@pytest.mark.parametrize("good", [r"(,\d+)+", r"a+b+", r"([a-z]_)*", r"(?:\.[0-9]+)*", r"[0-9]{1,3}(\.[0-9]{3})*"])
def test_what_does_not_is_not(good):
    assert not nested(parser.parse(good), False)
    assert re.compile(good)
