"""Orders: files of reports to be made, the timetable's first look, and what issued papers are held against."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(120), unique=True),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("report", sa.String(64), nullable=False, index=True),
        sa.Column("period", sa.String(16), nullable=False),
        sa.Column("area", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("standing", sa.String(10), nullable=False, index=True),
        sa.Column("not_before", sa.DateTime, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("fault", sa.String(16), nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("paper", sa.Integer),
        sa.Column("due_at", sa.DateTime),
        sa.Column("began_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_table(
        "timetable",
        sa.Column("report", sa.String(64), primary_key=True),
        sa.Column("since", sa.DateTime, nullable=False),
    )
    op.add_column("papers", sa.Column("figures", sa.JSON))
    op.add_column("papers", sa.Column("verified_with", sa.String(64)))
    op.add_column("papers", sa.Column("verified_at", sa.DateTime))
    op.add_column("papers", sa.Column("deviations", sa.JSON))


def downgrade() -> None:
    """Backwards."""
    for name in ("deviations", "verified_at", "verified_with", "figures"):
        op.drop_column("papers", name)
    op.drop_table("timetable")
    op.drop_table("orders")
