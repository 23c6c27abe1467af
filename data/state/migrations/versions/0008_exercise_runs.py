"""Runs of exercises: who began one when, and how it ended."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "exercise_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("exercise", sa.String(64), nullable=False),
        sa.Column("playlist", sa.String(64), nullable=False),
        sa.Column("speed", sa.Integer, nullable=False),
        sa.Column("began_at", sa.DateTime, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("began_by", sa.String(64), nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("ended_by", sa.String(200), nullable=False),
        sa.Column("why", sa.String(16)),
    )


def downgrade() -> None:
    """Backwards."""
    op.drop_table("exercise_runs")
