"""The cast: the catalogue of a city as an exercise plays it.

Indicators, boards, thresholds and outlooks are the city's own. Sources are those that are played, each reading what
the script tells; rules are those that can be told something; the one playlist shows the scenes of the exercise.
"""

from __future__ import annotations

from dataclasses import replace

from data.catalogue import Catalogue, Playlist, Reading, Source
from data.catalogue.alert import Alert
from data.catalogue.exercise import Exercise


def cast(catalogue: Catalogue, exercise: Exercise, playlist: str) -> Catalogue:
    """The city of an exercise, for the walls of a playlist."""
    sources = {part.source: _played(catalogue.sources[part.source]) for part in exercise.plays}
    told = {source.dataset for source in sources.values()}
    shown = Playlist(id=playlist, name=exercise.name, scenes=exercise.scenes)
    return replace(
        catalogue,
        sources=sources,
        alerts={key: rule for key, rule in catalogue.alerts.items() if _speaks(catalogue, rule, set(sources), told)},
        playlists={playlist: shown},
        outlooks={
            key: held for key, held in catalogue.outlooks.items() if _known(catalogue, held.kpi, told)
        },
        exercises={},
    )  # fmt: skip


def _played(source: Source) -> Source:
    """A source that reads the lines of the script: columns by their own names, and simulated, whatever it was."""
    return source.model_copy(
        update={
            "connector": "csv", "at": "drop", "path": f"{source.id}.csv", "deliver": "append", "columns": {},
            "join": {}, "constants": {}, "authority": "simulated",
            "read": Reading(encoding="utf-8", delimiter=",", decimal=".", dates="ymd"),
        }
    )  # fmt: skip


def _speaks(catalogue: Catalogue, rule: Alert, sources: set[str], told: set[str]) -> bool:
    if rule.screens:
        return False
    return rule.source in sources if rule.source is not None else _known(catalogue, rule.kpi or "", told)


def _known(catalogue: Catalogue, name: str, told: set[str]) -> bool:
    kpi = catalogue.kpi(name)
    return kpi is not None and set(kpi.datasets) <= told
