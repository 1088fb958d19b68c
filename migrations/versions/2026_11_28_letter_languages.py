"""A letter is in its reader's language: that of the request that gave cause to it. The last release writes English."""

import sqlalchemy as sa
from alembic import op

revision = "letter_languages"
down_revision = "show_windows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outgoing_mails", sa.Column("language", sa.Text(), server_default=sa.text("'en'"), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("outgoing_mails", "language")
