"""Our page over a store, in a process of its own, which loads what a web worker loads and nothing else.

python -m tests.bench.serving CITY STORE PORT
"""

from __future__ import annotations

import sys
from pathlib import Path

from werkzeug.serving import make_server

from app import serve
from data.catalogue import load
from data.kpis.service import open_service
from tests.bench.moment import UNTIL
from tests.callbacks.change import change
from tests.standing import StandingClock

if __name__ == "__main__":
    catalogue, clock = load(Path(sys.argv[1])), StandingClock(UNTIL)
    app, watch = serve(catalogue, open_service(catalogue, Path(sys.argv[2]), clock), clock)
    watch.start()
    warm = app.server.test_client()  # a worker that has answered both kinds of request before
    warm.get("/")
    warm.post("/_dash-update-component", json=change("/", ""), headers={"Origin": "http://localhost"})
    make_server("127.0.0.1", int(sys.argv[3]), app.server, threaded=True).serve_forever()
