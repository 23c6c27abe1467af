"""Events of alerts, and who has taken them on."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "events",
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


def downgrade() -> None:
    """Backwards."""
    op.drop_table("events")
