"""The cast: the catalogue of a city as an exercise plays it.

Indicators, thresholds, rules and outlooks are the city's own, as far as the script tells anything of them. Sources are
those that are played, each reading what the script tells; the one playlist shows the scenes of the exercise.
"""

from __future__ import annotations

from dataclasses import replace

from data.catalogue import Board, Catalogue, Playlist, Reading, Source
from data.catalogue.exercise import Exercise


def cast(catalogue: Catalogue, exercise: Exercise, playlist: str) -> Catalogue:
    """The city of an exercise, for the walls of a playlist: nothing in it but what is told."""
    sources = {part.source: _played(catalogue.sources[part.source]) for part in exercise.plays}
    told = {source.dataset for source in sources.values()}
    kpis = {key: kpi for key, kpi in catalogue.kpis.items() if set(kpi.datasets) <= told}
    boards = {scene.board: _staged(catalogue.boards[scene.board]) for scene in exercise.scenes}
    spoken = set(kpis) | {kpi.code for kpi in kpis.values()}
    return replace(
        catalogue,
        sources=sources,
        datasets={key: held for key, held in catalogue.datasets.items() if key in told},
        kpis=kpis,
        boards=boards,
        alerts={key: rule for key, rule in catalogue.alerts.items() if rule.kpi in spoken or rule.source in sources},
        playlists={playlist: Playlist(id=playlist, name=exercise.name, scenes=exercise.scenes)},
        outlooks={key: held for key, held in catalogue.outlooks.items() if held.kpi in spoken},
        exercises={},
    )


def _staged(board: Board) -> Board:
    """A board as walls show it, and no other way."""
    return board.model_copy(update={"rows": board.staged.rows, "wall": None})


def _played(source: Source) -> Source:
    """A source that reads the lines of the script: columns by their own names, and simulated, whatever it was."""
    return source.model_copy(
        update={
            "connector": "csv", "at": "drop", "path": f"{source.id}.csv", "deliver": "append", "columns": {},
            "join": {}, "constants": {}, "authority": "simulated",
            "read": Reading(encoding="utf-8", delimiter=",", decimal=".", dates="ymd"),
        }
    )  # fmt: skip
