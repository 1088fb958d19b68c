"""Jobs whose films are encoded elsewhere: what was ordered, under which id, and when it was last heard of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "encodings_elsewhere"
down_revision = "analyses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ingest_jobs", sa.Column("ordered_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column("ingest_jobs", sa.Column("encoding_id", sa.Text(), nullable=True))
    op.add_column("ingest_jobs", sa.Column("ordered", postgresql.JSONB(), nullable=True))
    op.add_column("ingest_jobs", sa.Column("heard_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.create_index(
        "ix_ingest_jobs_heard",
        "ingest_jobs",
        ["heard_at"],
        unique=False,
        postgresql_where=sa.text("state = 'running' AND encoding_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_ingest_jobs_heard", table_name="ingest_jobs")
    for column in ("heard_at", "ordered", "encoding_id", "ordered_at"):
        op.drop_column("ingest_jobs", column)
