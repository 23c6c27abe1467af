"""What a form of remarks said that was not kept, on its way back to whoever sent it.

It travels in a cookie of a few minutes that is theirs alone: words for nobody else would stand in an address, in every
log on its way.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import flask

from data.remarks.remark import LONGEST, Form

COOKIE = "lantern_remark"
LASTS = 600
FIELDS = ("text", "first", "last", "area", "audience")
LARGEST = 4000  # what a browser keeps of a cookie


def give(answer: flask.Response, whose: str, remark: int) -> None:
    """Send the form of the current request back with an answer; ``whose`` is who sent it beside which KPI."""
    form = flask.request.form
    said = [form.get(name, "").replace("\r\n", "\n")[: LONGEST if name == "text" else 64] for name in FIELDS]
    held = urlsafe_b64encode(json.dumps([whose, remark, *said], ensure_ascii=False).encode()).decode()
    if len(held) < LARGEST:
        secure = flask.request.is_secure
        answer.set_cookie(COOKIE, held, max_age=LASTS, httponly=True, samesite="Lax", secure=secure, path="/")


def taken(whose: str, fault: str) -> Form:
    """The form that came back with the current request; a blank one where there is none of theirs."""
    try:
        held = json.loads(urlsafe_b64decode(flask.request.cookies.get(COOKIE, "")))
    except ValueError:
        held = None
    if not isinstance(held, list) or len(held) != 2 + len(FIELDS) or held[0] != whose:
        return Form(fault)
    return Form(fault, held[1] if isinstance(held[1], int) else 0, *map(str, held[2:]))
