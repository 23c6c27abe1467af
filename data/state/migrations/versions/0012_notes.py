"""What people had written about a report when it was drafted, kept with its paper."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.add_column("papers", sa.Column("notes", sa.JSON))


def downgrade() -> None:
    """Backwards."""
    with op.batch_alter_table("papers") as table:
        table.drop_column("notes")
