"""Events that could not be acted on, through no fault of theirs."""

from alembic import op

revision = "failed_events"
down_revision = "received_events"
branch_labels = None
depends_on = None

_CHECK = "ck_ingest_events_status_is_known"


def upgrade() -> None:
    op.drop_constraint(op.f(_CHECK), "ingest_events")
    op.create_check_constraint(
        op.f(_CHECK),
        "ingest_events",
        "status IN ('received', 'accepted', 'parked', 'ignored', 'unreadable', 'failed')",
    )


def downgrade() -> None:
    op.execute("UPDATE ingest_events SET status = 'unreadable' WHERE status = 'failed'")
    op.drop_constraint(op.f(_CHECK), "ingest_events")
    op.create_check_constraint(
        op.f(_CHECK),
        "ingest_events",
        "status IN ('received', 'accepted', 'parked', 'ignored', 'unreadable')",
    )
