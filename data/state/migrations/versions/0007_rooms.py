"""Rooms: the place of a screen, and the hand on a room."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.add_column("screens", sa.Column("place", sa.String(64)))
    op.create_table(
        "hands",
        sa.Column("room", sa.String(64), primary_key=True),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("scene", sa.String(64), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("spent", sa.Float, nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
        sa.Column("held_until", sa.DateTime, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Backwards: a screen of a room goes on with the playlist of that room."""
    op.drop_table("hands")
    with op.batch_alter_table("screens") as table:
        table.drop_column("place")
