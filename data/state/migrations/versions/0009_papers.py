"""Papers: drafts of reports, who checked and issued them, and the files that were issued."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "papers",
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
    op.create_table(
        "paper_files",
        sa.Column("paper_id", sa.Integer, sa.ForeignKey("papers.id"), primary_key=True),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, index=True),
        sa.Column("size", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Backwards."""
    op.drop_table("paper_files")
    op.drop_table("papers")
