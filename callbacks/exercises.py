"""The page of exercises, the forms that begin and stop one, and the record of what happened in one."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import flask
from dash.development.base_component import Component

from callbacks.asker import asker
from callbacks.guard import Guard
from callbacks.session import session
from callbacks.theatre import Theatre
from data.alerts.events import Events
from data.catalogue.exercise import FASTEST, SLOWEST
from data.exercises.run import STATE, Run, lasts
from data.exercises.runs import RunError, Runs
from data.kpis.sight import Sight
from data.state.state import State
from layouts import exercises as layout

SAID = ("started", "stopped", "playing", "alert", "speed", "playlist")
REFUSED = 302  # another answer than that of an act: what was refused is not noted as done


def page(sight: Sight, guard: Guard, said: str, language: str) -> Component | None:
    """The page of exercises; None where nothing is kept of one."""
    if guard.screens is None:
        return None
    catalogue, now = sight.catalogue, sight.clock.now()
    store = sight.reader.store
    past = [_played(run, store, sight) for run in Runs(guard.screens.state).newest()]
    playing = past[0] if past and past[0].end is None and past[0].until > now else None
    scripts = [
        layout.Script(one.id, one.name, one.text, one.start, one.end, one.speed, one.playlist, lasts(one, one.speed))
        for one in catalogue.exercises.values()
    ]
    playlists = {key: held.name.get(language) for key, held in catalogue.playlists.items()}
    earlier = [one for one in past if one is not playing]
    known = said if said in SAID else ""
    return layout.exercises(scripts, playing, earlier, playlists, known, (SLOWEST, FASTEST), language)


def _played(run: Run, store, sight: Sight) -> layout.Played:
    exercise = sight.catalogue.exercises.get(run.exercise)
    over = run.over(sight.clock.now())
    recorded = (run.folder(store) / STATE).is_file()
    return layout.Played(
        run.id, exercise.name if exercise else None, run.exercise, run.playlist, run.speed, run.began_at, run.began_by,
        run.until, over, run.ended_by, recorded,
    )  # fmt: skip


def start(guard: Guard, theatre: Theatre, name: str) -> flask.Response:
    """Begin an exercise on the walls of a playlist; 404 for one there is none of."""
    runs, exercise = _runs(theatre), guard.catalogue.exercises.get(name)
    if exercise is None:
        flask.abort(404)
    form, now = flask.request.form, guard.clock.now()
    playlist, speed = form.get("playlist", exercise.playlist), form.get("speed", str(exercise.speed))
    if playlist not in guard.catalogue.playlists:
        return _back("playlist", REFUSED)
    try:
        fast = int(speed) if speed.isascii() and speed.isdigit() and len(speed) < 6 else 0
        runs.start(exercise, playlist, fast, asker().name, now, theatre.overruled(now))
    except RunError as error:
        return _back(error.why, REFUSED)
    return _back("started")


def stop(guard: Guard, theatre: Theatre, number: int) -> flask.Response:
    """Stop a run; 404 for one there is none of, and nothing happens to one that has ended."""
    try:
        _runs(theatre).end(number, guard.clock.now(), "stopped", asker().name)
    except KeyError:
        flask.abort(404)
    return _back("stopped")


def record(guard: Guard, theatre: Theatre, number: int) -> flask.Response:
    """What the rules made of a run, as CSV that says in its name and in every line what it is; 404 when it is gone."""
    try:
        run = _runs(theatre).run(number)
    except KeyError:
        flask.abort(404)
    folder = run.folder(theatre.service.reader.store)
    if not (folder / STATE).is_file():
        flask.abort(404)
    state = State.open(f"sqlite:///{folder / STATE}")
    try:
        events = Events(state).every()
    finally:
        state.close()
    language = session(guard.catalogue.city.language).language
    exercise = guard.catalogue.exercises.get(run.exercise)
    name = exercise.name.get(language) if exercise else run.exercise
    text = layout.record(events, guard.catalogue.alerts, name, run.id, language)
    headers = {
        "Content-Disposition": f'attachment; filename="{layout.FILE[language]}_{run.exercise}_{run.id}.csv"',
        "Cache-Control": "no-store",
    }
    return flask.Response("\ufeff" + text, mimetype="text/csv", headers=headers)


def _runs(theatre: Theatre) -> Runs:
    if theatre.runs is None:
        flask.abort(404)
    return theatre.runs


def _back(said: str, status: int = 303) -> flask.Response:
    return flask.redirect(f"/exercises?{urlencode({'said': said})}", status)


def register(server: flask.Flask, guard: Guard, theatre: Theatre) -> None:
    """Serve the forms and the record; the page is one of the pages."""
    rules = (
        ("/exercises/<name>/start", "exercise_start", start, ["POST"]),
        ("/exercises/<int:number>/stop", "exercise_stop", stop, ["POST"]),
        ("/exercises/<int:number>/events.csv", "exercise_record", record, ["GET"]),
    )
    for rule, endpoint, act, methods in rules:
        server.add_url_rule(rule, endpoint, partial(act, guard, theatre), methods=methods)
