"""The keys a place of an entry may have, for whoever misspelt one."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel


def meant(model: type[BaseModel], loc: tuple[str | int, ...]) -> str | None:
    """The known key closest to the unknown one at the end of ``loc``, where an error of ``model`` says it stands."""
    here = [model]
    for part in loc[:-1]:
        here = list(_inside(here, part)) or here  # the place of an item in a list leads nowhere
    known = [field.alias or name for one in here for name, field in one.model_fields.items()]
    return next(iter(get_close_matches(str(loc[-1]), known, n=1)), None)


def _inside(here: list[type[BaseModel]], part: str | int) -> Iterator[type[BaseModel]]:
    """The models behind one step: the branch of a union that has this name, or what the key holds."""
    branches = [one for one in here if part in (one.__name__, getattr(one, "kind", None))]
    if len(here) > 1 and branches:
        yield from branches
        return
    for one in here:
        for name, field in one.model_fields.items():
            if part == (field.alias or name):
                yield from _models(field.annotation)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
