"""Since when a show waits for a reviewer, in which round, who watches it, and by which reasons it was rejected."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "review_queue"
down_revision = "ingest_queue"
branch_labels = None
depends_on = None

_NO_WORDS = sa.text("'{}'::text[]")


def upgrade() -> None:
    op.add_column("shows", sa.Column("in_review_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column(
        "shows", sa.Column("review_round", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.execute("UPDATE shows SET review_round = 1, in_review_at = updated_at WHERE state <> 'draft'")
    op.create_index(
        "ix_shows_review_queue",
        "shows",
        ["in_review_at", "id"],
        postgresql_where=sa.text("state = 'in_review' AND deleted_at IS NULL"),
    )
    op.add_column("reviews", sa.Column("round", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column(
        "reviews", sa.Column("reasons", postgresql.ARRAY(sa.Text()), server_default=_NO_WORDS, nullable=False)
    )
    op.create_table(
        "review_claims",
        sa.Column("show_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("reviewer_name", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["users.id"], name=op.f("fk_review_claims_reviewer_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["show_id"], ["shows.id"], name=op.f("fk_review_claims_show_id_shows"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("show_id", name=op.f("pk_review_claims")),
    )


def downgrade() -> None:
    op.drop_table("review_claims")
    op.drop_column("reviews", "reasons")
    op.drop_column("reviews", "round")
    op.drop_index("ix_shows_review_queue", table_name="shows")
    op.drop_column("shows", "review_round")
    op.drop_column("shows", "in_review_at")
