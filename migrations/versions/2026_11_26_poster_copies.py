"""Posters in several sizes, and one of a few pixels for the time until a picture has arrived."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "poster_copies"
down_revision = "encodings_elsewhere"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "shows",
        sa.Column(
            "poster_copies",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
    )
    op.add_column("shows", sa.Column("poster_preview", sa.Text(), nullable=True))
    op.add_column("shows", sa.Column("copied_poster_url", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("shows", "copied_poster_url")
    op.drop_column("shows", "poster_preview")
    op.drop_column("shows", "poster_copies")
