"""Turns and priorities of ingest jobs, and how fast they get on."""

import sqlalchemy as sa
from alembic import op

revision = "ingest_queue"
down_revision = "uploads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ingest_jobs", sa.Column("speed", sa.Double(), nullable=True))
    op.add_column("ingest_jobs", sa.Column("seconds_left", sa.Double(), nullable=True))
    op.add_column(
        "ingest_jobs",
        sa.Column("priority", sa.Text(), server_default=sa.text("'normal'"), nullable=False),
    )
    op.add_column(
        "ingest_jobs", sa.Column("turn", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("ingest_jobs", sa.Column("parked_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_ingest_jobs_priority_is_known"), "ingest_jobs", "priority IN ('low', 'normal', 'high')"
    )
    op.create_index("ix_ingest_jobs_owner_id_state", "ingest_jobs", ["owner_id", "state"], unique=False)
    op.create_index("ix_ingest_jobs_turn", "ingest_jobs", ["turn"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_ingest_jobs_turn", table_name="ingest_jobs")
    op.drop_index("ix_ingest_jobs_owner_id_state", table_name="ingest_jobs")
    op.drop_constraint(op.f("ck_ingest_jobs_priority_is_known"), "ingest_jobs")
    for column in ("parked_at", "turn", "priority", "seconds_left", "speed"):
        op.drop_column("ingest_jobs", column)
