"""Headers every answer carries: what a browser may load, and that nothing leaves this server."""

from __future__ import annotations

import flask
from dash import Dash

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    # Plotly writes style attributes; everything else is styled by class.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register(server: flask.Flask, app: Dash) -> None:
    """Put the headers on every answer; call it when all clientside callbacks are registered."""
    scripts = " ".join([POLICY["script-src"], *app.csp_hashes()])
    policy = "; ".join(f"{name} {value}" for name, value in {**POLICY, "script-src": scripts}.items())

    @server.after_request
    def headers(response: flask.Response) -> flask.Response:
        response.headers["Content-Security-Policy"] = policy
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
