"""Entries of the trail that say that a session was renewed go after a month: there are too many to keep for a year."""

from alembic import op

revision = "renewals_of_sessions"
down_revision = "failed_events"
branch_labels = None
depends_on = None

_REFUSAL = """
    CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'address' = to_jsonb(OLD) - 'address' THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' AND OLD.at < now() - interval '365 days' THEN
            RETURN OLD;
        END IF;
        {exception}
        RAISE EXCEPTION 'audit entries are not changed';
    END $$
"""
_RENEWALS = """
        IF TG_OP = 'DELETE' AND OLD.action = 'session_renewed' AND OLD.at < now() - interval '29 days' THEN
            RETURN OLD;
        END IF;
"""


def upgrade() -> None:
    op.execute(_REFUSAL.format(exception=_RENEWALS))


def downgrade() -> None:
    op.execute(_REFUSAL.format(exception=""))
