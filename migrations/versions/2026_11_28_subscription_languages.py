"""People are told what happens in the language of whoever subscribed them. The last release tells it in English."""

import sqlalchemy as sa
from alembic import op

revision = "subscription_languages"
down_revision = "letter_languages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "notification_subscriptions",
        sa.Column("language", sa.Text(), server_default=sa.text("'en'"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("notification_subscriptions", "language")
