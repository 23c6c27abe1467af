"""Headers every answer carries: what a browser may load, and that nothing leaves this server."""

from __future__ import annotations

import flask
from dash import Dash
from dash.exceptions import DependencyException

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

    # A script of a package that is not there is an address that is not there.
    server.register_error_handler(DependencyException, lambda error: flask.Response(status=404))

    @server.after_request
    def headers(response: flask.Response) -> flask.Response:
        response.headers["Content-Security-Policy"] = policy
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
