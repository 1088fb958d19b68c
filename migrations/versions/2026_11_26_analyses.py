"""Looks at films by programs, and which reviews are a program's, which only advice."""

import sqlalchemy as sa
from alembic import op

revision = "analyses"
down_revision = "skip_markers"
branch_labels = None
depends_on = None

_CHECK = "ck_reviews_verdict_is_known"


def upgrade() -> None:
    op.add_column(
        "reviews", sa.Column("by_agent", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column(
        "reviews", sa.Column("decided", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    # Until now the verdict of a program was told by its having no account, and being no former one.
    op.execute(
        "UPDATE reviews SET by_agent = true WHERE reviewer_id IS NULL"
        " AND reviewer_name IN (SELECT name FROM api_keys)"
    )
    op.drop_constraint(op.f(_CHECK), "reviews")
    op.create_check_constraint(op.f(_CHECK), "reviews", "verdict IN ('approve', 'reject', 'refer')")
    op.create_table(
        "analyses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("show_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("hls_url", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("interruptions", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("finished_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'completed', 'failed', 'superseded')",
            name=op.f("ck_analyses_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_analyses_review_id_reviews"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["show_id"], ["shows.id"], name=op.f("fk_analyses_show_id_shows"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyses")),
    )
    op.create_index("ix_analyses_show_id", "analyses", ["show_id", sa.literal_column("id DESC")])


def downgrade() -> None:
    op.drop_index("ix_analyses_show_id", table_name="analyses")
    op.drop_table("analyses")
    op.drop_constraint(op.f(_CHECK), "reviews")
    op.execute("DELETE FROM reviews WHERE verdict = 'refer'")
    op.create_check_constraint(op.f(_CHECK), "reviews", "verdict IN ('approve', 'reject')")
    op.drop_column("reviews", "decided")
    op.drop_column("reviews", "by_agent")
