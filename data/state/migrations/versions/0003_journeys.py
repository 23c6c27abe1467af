"""Journeys: who was sent to another sign-in and is not back yet."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "journeys",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("provider", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("there", sa.Text, nullable=False),
        sa.Column("began_at", sa.DateTime, nullable=False, index=True),
    )


def downgrade() -> None:
    """Backwards."""
    op.drop_table("journeys")
