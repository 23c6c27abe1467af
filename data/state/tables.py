"""The tables of the state, as the code of today knows them; migrations bring a database there."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

USERS = sa.Table(
    "users",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("display", sa.String(200), nullable=False),
    sa.Column("password", sa.String(200)),
    sa.Column("organisation", sa.String(64)),
    sa.Column("roles", sa.JSON, nullable=False),
    sa.Column("areas", sa.JSON),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("language", sa.String(2)),
    sa.Column("theme", sa.String(8)),
    sa.Column("landing", sa.String(64)),
)
SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("began_at", sa.DateTime, nullable=False),
    sa.Column("seen_at", sa.DateTime, nullable=False),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("agent", sa.String(200), nullable=False),
    sa.Column("ended_at", sa.DateTime),
)
IDENTITIES = sa.Table(
    "identities",
    METADATA,
    sa.Column("issuer", sa.String(200), primary_key=True),
    sa.Column("subject", sa.String(200), primary_key=True),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
)
ATTEMPTS = sa.Table(
    "attempts",
    METADATA,
    sa.Column("key", sa.String(140), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", sa.DateTime, nullable=False),
)
ENTRIES = sa.Table(
    "entries",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", sa.String(64), nullable=False),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("act", sa.String(32), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
)
HEADS = sa.Table(
    "heads",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
)
JOURNEYS = sa.Table(
    "journeys",
    METADATA,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("provider", sa.String(64), nullable=False),
    sa.Column("state", sa.String(64), nullable=False),
    sa.Column("nonce", sa.String(64), nullable=False),
    sa.Column("verifier", sa.String(128), nullable=False),
    sa.Column("there", sa.Text, nullable=False),
    sa.Column("began_at", sa.DateTime, nullable=False, index=True),
)
VIEWS = sa.Table(
    "views",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), index=True),
    sa.Column("organisation", sa.String(64), index=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("pinned", sa.Boolean, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
    sa.Column("removed_at", sa.DateTime),
    sa.Column("origin", sa.Integer, sa.ForeignKey("views.id")),
    sa.Column("proposed", sa.Boolean, nullable=False),
    sa.CheckConstraint("(user_id IS NULL) <> (organisation IS NULL)", name="one_owner"),
)
SHARES = sa.Table(
    "shares",
    METADATA,
    sa.Column("view_id", sa.Integer, sa.ForeignKey("views.id"), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(64), primary_key=True),
)
EVENTS = sa.Table(
    "events",
    METADATA,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("rule", sa.String(64), nullable=False),
    sa.Column("part", sa.String(100), nullable=False),
    sa.Column("began_at", sa.DateTime, nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("peak", sa.Integer, nullable=False),
    sa.Column("number", sa.Float),
    sa.Column("changed_at", sa.DateTime, nullable=False),
    sa.Column("ended_at", sa.DateTime, index=True),
    sa.Column("taken_by", sa.Integer, sa.ForeignKey("users.id")),
    sa.Column("taken_at", sa.DateTime),
    sa.Column("steps", sa.JSON),
)
SCREENS = sa.Table(
    "screens",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("code", sa.String(6), unique=True),
    sa.Column("code_until", sa.DateTime),
    sa.Column("made_at", sa.DateTime, nullable=False, index=True),
    sa.Column("name", sa.String(64)),
    sa.Column("room", sa.String(64)),
    sa.Column("playlist", sa.String(64)),
    sa.Column("language", sa.String(2)),
    sa.Column("theme", sa.String(8)),
    sa.Column("paired_at", sa.DateTime),
    sa.Column("paired_by", sa.String(64)),
    sa.Column("revoked_at", sa.DateTime),
    sa.Column("seen_at", sa.DateTime),
    sa.Column("frame_at", sa.DateTime),
    sa.Column("scene", sa.String(64)),
    sa.Column("size", sa.String(16)),
)
PAPERS = sa.Table(
    "papers",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("report", sa.String(64), nullable=False, index=True),
    sa.Column("period", sa.String(16), nullable=False),
    sa.Column("area", sa.String(64), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("snapshot", sa.Integer, nullable=False),
    sa.Column("standing", sa.String(8), nullable=False),
    sa.Column("name", sa.String(160), nullable=False),
    sa.Column("edits", sa.JSON, nullable=False),
    sa.Column("made_at", sa.DateTime, nullable=False),
    sa.Column("made_by", sa.String(64), nullable=False),
    sa.Column("checked_at", sa.DateTime),
    sa.Column("checked_by", sa.String(64)),
    sa.Column("issued_at", sa.DateTime),
    sa.Column("issued_by", sa.String(64)),
)
PAPER_FILES = sa.Table(
    "paper_files",
    METADATA,
    sa.Column("paper_id", sa.Integer, sa.ForeignKey("papers.id"), primary_key=True),
    sa.Column("kind", sa.String(8), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, index=True),
    sa.Column("size", sa.Integer, nullable=False),
)
