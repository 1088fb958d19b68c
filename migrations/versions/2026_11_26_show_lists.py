"""The lists that editors look through: what changed last, and what was deleted."""

from alembic import op

revision = "show_lists"
down_revision = "poster_copies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_shows_updated ON shows (updated_at DESC, id DESC) WHERE deleted_at IS NULL")
    op.execute(
        "CREATE INDEX ix_shows_deleted ON shows (deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_index("ix_shows_deleted", table_name="shows")
    op.drop_index("ix_shows_updated", table_name="shows")
