"""When next an available show's window opens or ends is found without reading all shows: it is asked after each change."""

import sqlalchemy as sa
from alembic import op

revision = "show_windows"
down_revision = "renewals_of_sessions"
branch_labels = None
depends_on = None

_INDEXES = {"ix_shows_opening": "available_from", "ix_shows_ending": "available_until"}


def upgrade() -> None:
    for name, column in _INDEXES.items():
        op.create_index(
            name,
            "shows",
            [column],
            postgresql_where=sa.text(f"{column} IS NOT NULL AND state = 'available' AND deleted_at IS NULL"),
        )


def downgrade() -> None:
    for name in reversed(_INDEXES):
        op.drop_index(name, table_name="shows")
