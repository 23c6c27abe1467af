"""Roles: what a user may do, and which part of the city they see. A pack may write its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.catalogue.text import Entry, Text

Action = Literal[
    "view", "explore", "export", "annotate", "approve", "edit_catalogue", "work_alerts", "manage_screens",
    "run_exercises", "manage_users",
]  # fmt: skip
ACTIONS: tuple[str, ...] = Action.__args__  # type: ignore[attr-defined]


class Role(Entry):
    """``may`` names actions. ``areas``, ``datasets`` and ``own_organisation`` (rows of the user's own) narrow what is
    seen, left out they do not. ``small_counts`` shows numbers of few cases and the rows under them, ``personal``
    personal columns too."""

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    name: Text
    may: Annotated[tuple[Action, ...], Field(min_length=1)]
    areas: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    datasets: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    own_organisation: bool = False
    small_counts: bool = False
    personal: bool = False

    @model_validator(mode="after")
    def _view_comes_first(self) -> Role:
        if "view" not in self.may:
            raise ValueError("whoever may do anything may view: write view among the actions")
        return self


def _role(name: str, vi: str, en: str, *may: Action, **shows: bool) -> Role:
    return Role(id=name, name=Text(vi=vi, en=en), may=("view", *may), **shows)


# The roles of a city that writes none.
STANDARD: dict[str, Role] = {
    role.id: role
    for role in (
        _role("leader", "Lãnh đạo", "Leader", "explore", "export", "approve"),
        _role("analyst", "Chuyên viên phân tích", "Analyst", "explore", "export", "annotate", small_counts=True),
        _role("staff", "Cán bộ", "Staff", "explore", "export", small_counts=True),
        _role("steward", "Cán bộ dữ liệu", "Data steward", "explore", "export", "annotate", "edit_catalogue",
              personal=True),
        _role("operator", "Trực điều hành", "Operator", "explore", "work_alerts", "manage_screens", "run_exercises"),
        _role("admin", "Quản trị hệ thống", "Administrator", "explore", "export", "annotate", "approve",
              "edit_catalogue", "work_alerts", "manage_screens", "run_exercises", "manage_users"),
    )
}  # fmt: skip
