"""What rates of a period are found by."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index("case_due_ever_idx", "case_", ["district_code", "due_at"])
    op.create_index("case_closed_idx", "case_", ["district_code", "closed_at"])
    op.create_index(
        "case_event_reopen_idx",
        "case_event",
        ["district_code", "at"],
        postgresql_where=sa.text("kind = 'reopen'"),
    )
    op.create_index(
        "case_clock_call_idx",
        "case_clock",
        ["district_code", "started_at"],
        postgresql_where=sa.text("clock = 'report_in'"),
    )


def downgrade() -> None:
    op.drop_index("case_clock_call_idx", table_name="case_clock")
    op.drop_index("case_event_reopen_idx", table_name="case_event")
    op.drop_index("case_closed_idx", table_name="case_")
    op.drop_index("case_due_ever_idx", table_name="case_")
