"""Screens on walls: paired by a code, known by a token."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "screens",
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


def downgrade() -> None:
    """Backwards."""
    op.drop_table("screens")
