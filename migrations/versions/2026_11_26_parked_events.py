"""Events wait for what they are about, and those of one encoding have an order."""

import sqlalchemy as sa
from alembic import op

revision = "parked_events"
down_revision = "upload_details"
branch_labels = None
depends_on = None

_CHECK = "ck_ingest_events_status_is_known"


def upgrade() -> None:
    op.add_column("ingest_jobs", sa.Column("told_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column("ingest_events", sa.Column("told_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.drop_constraint(op.f(_CHECK), "ingest_events")
    op.create_check_constraint(
        op.f(_CHECK), "ingest_events", "status IN ('accepted', 'parked', 'ignored', 'unreadable')"
    )
    op.create_index(
        "ix_ingest_events_parked",
        "ingest_events",
        ["guid"],
        unique=False,
        postgresql_where=sa.text("status = 'parked'"),
    )


def downgrade() -> None:
    op.drop_index("ix_ingest_events_parked", table_name="ingest_events")
    op.execute("UPDATE ingest_events SET status = 'ignored' WHERE status = 'parked'")
    op.drop_constraint(op.f(_CHECK), "ingest_events")
    op.create_check_constraint(
        op.f(_CHECK), "ingest_events", "status IN ('accepted', 'ignored', 'unreadable')"
    )
    op.drop_column("ingest_events", "told_at")
    op.drop_column("ingest_jobs", "told_at")
