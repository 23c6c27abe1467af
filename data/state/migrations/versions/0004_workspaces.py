"""Workspaces: views that are kept, and whom they are shared with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "views",
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
    op.create_table(
        "shares",
        sa.Column("view_id", sa.Integer, sa.ForeignKey("views.id"), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
    )


def downgrade() -> None:
    """Backwards."""
    op.drop_table("shares")
    op.drop_table("views")
