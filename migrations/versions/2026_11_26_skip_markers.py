"""Intro, recap and credits of a show, for players to skip."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "skip_markers"
down_revision = "parked_events"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "shows",
        sa.Column(
            "markers",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("shows", "markers")
