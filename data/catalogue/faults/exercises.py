"""Faults of exercises: walls, boards and sources there are none of, and figure files that cannot be played."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.catalogue.exercise import Exercise, Part
from data.catalogue.faults.fault import Fault, near
from data.catalogue.faults.playlists import scene_faults
from data.catalogue.script import ScriptError, written

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue


def exercise_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """What an exercise names has to be there, and its script has to be playable from beginning to end."""
    for exercise in catalogue.exercises.values():
        if exercise.playlist not in catalogue.playlists:
            remedy = near(exercise.playlist, [*catalogue.playlists])
            yield Fault("exercises", exercise.id, ("playlist",), f"no playlist '{exercise.playlist}'", remedy)
        for index, scene in enumerate(exercise.scenes):
            yield from scene_faults(catalogue, "exercises", exercise.id, ("scenes", index), scene)
            yield from _told(catalogue, exercise, index)
        for index, part in enumerate(exercise.plays):
            yield from _part(catalogue, exercise, ("plays", index), part)


def _told(catalogue: Catalogue, exercise: Exercise, index: int) -> Iterator[Fault]:
    """Every tile of a scene is scripted: a wall in an exercise shows no number of the real city, and no gap."""
    board = catalogue.boards.get(exercise.scenes[index].board)
    played = {source.dataset for part in exercise.plays if (source := catalogue.sources.get(part.source))}
    for name in board.staged.kpis if board else ():
        lacking = {dataset for kpi in [catalogue.kpi(name)] if kpi for dataset in kpi.datasets} - played
        for dataset in sorted(lacking):
            message = f"board '{exercise.scenes[index].board}' shows {name}, of which nothing is told"
            remedy = f"play a source of dataset '{dataset}', or choose another board"
            yield Fault("exercises", exercise.id, ("scenes", index, "board"), message, remedy)


def _part(catalogue: Catalogue, exercise: Exercise, path: tuple[str | int, ...], part: Part) -> Iterator[Fault]:
    source = catalogue.sources.get(part.source)
    if source is None:
        remedy = near(part.source, [*catalogue.sources])
        yield Fault("exercises", exercise.id, (*path, "source"), f"no source '{part.source}'", remedy)
        return
    dataset = catalogue.datasets.get(source.dataset)
    if dataset is None:
        return  # said where the source is
    try:
        told = written(catalogue.folder, part, dataset)
    except ScriptError as error:
        yield Fault("exercises", exercise.id, (*path, "file"), error.message, error.remedy)
        return
    if not any(cue.at <= exercise.end for cue in told):
        message = f"{part.file} tells nothing up to the end of the exercise"
        yield Fault("exercises", exercise.id, (*path, "file"), message, "write rows within from and to")
