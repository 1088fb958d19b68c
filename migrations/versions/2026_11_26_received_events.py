"""Events that are kept, and acted on when others have been."""

import sqlalchemy as sa
from alembic import op

revision = "received_events"
down_revision = "show_lists"
branch_labels = None
depends_on = None

_CHECK = "ck_ingest_events_status_is_known"


def upgrade() -> None:
    op.drop_constraint(op.f(_CHECK), "ingest_events")
    op.create_check_constraint(
        op.f(_CHECK),
        "ingest_events",
        "status IN ('received', 'accepted', 'parked', 'ignored', 'unreadable')",
    )
    op.create_index(
        "ix_ingest_events_waiting",
        "ingest_events",
        ["received_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'received'"),
    )


def downgrade() -> None:
    op.drop_index("ix_ingest_events_waiting", table_name="ingest_events")
    op.execute(
        "UPDATE ingest_events SET status = 'unreadable', reason = 'not acted on' WHERE status = 'received'"
    )
    op.drop_constraint(op.f(_CHECK), "ingest_events")
    op.create_check_constraint(
        op.f(_CHECK), "ingest_events", "status IN ('accepted', 'parked', 'ignored', 'unreadable')"
    )
